output "for_global" {
  description = "Goes into live/global/terraform.tfvars."
  value = {
    vpc_id       = module.witness.vpc_id
    vswitches    = module.witness.attachment_vswitches
    cloud_region = module.contract.sites[local.site].cloud_region
  }
}

output "address" {
  description = "Of the arbitrator, for Galera's addresses."
  value       = module.witness.address
}
