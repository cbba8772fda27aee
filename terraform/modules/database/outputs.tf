output "backup_bucket" {
  description = "Where mariabackup ships to."
  value       = alicloud_oss_bucket.backup.bucket
}
