output "vpc_id" {
  description = "For the interconnect."
  value       = alicloud_vpc.this.id
}

output "attachment_vswitches" {
  description = "By zone: where the transit router is attached."
  value       = { (var.zone) = alicloud_vswitch.this.id }
}

output "address" {
  description = "Of the arbitrator."
  value       = alicloud_instance.this.private_ip
}
