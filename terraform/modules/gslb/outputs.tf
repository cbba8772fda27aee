output "addresses" {
  description = "By region: what the merchants' name stands for."
  value       = { for name, set in alicloud_ga_ip_set.this : name => set.ip_address_list[0] }
}

output "probes" {
  description = "By region: the health checks as they are set."
  value = {
    for name, group in alicloud_ga_endpoint_group.region :
    name => { interval = group.health_check_interval_seconds, threshold = group.threshold_count, path = group.health_check_path }
  }
}
