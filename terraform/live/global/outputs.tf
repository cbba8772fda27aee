output "addresses" {
  description = "By region: what the merchants' name stands for."
  value       = module.gslb.addresses
}

output "failover_seconds" {
  description = "Worst time from a region's death to the first payment elsewhere; the plan fails above the contract."
  value       = module.contract.failover_seconds
}
