output "for_global" {
  description = "Goes into live/global/terraform.tfvars, by hand and by review: nothing reads another's state."
  value = {
    vpc_id       = module.region.vpc_id
    vswitches    = module.region.attachment_vswitches
    cloud_region = module.contract.sites[local.site].cloud_region
    edge_id      = module.region.edge_id
  }
}

output "out_address" {
  description = "For the acquirers' allow-lists."
  value       = module.region.out_address
}

output "edge_id" {
  description = "For the ingress gateway's Service: annotation alibaba-cloud-loadbalancer-id."
  value       = module.region.edge_id
}

output "eastwest_zones" {
  description = "For the east-west gateways' Services: annotation alibaba-cloud-loadbalancer-zone-maps."
  value       = module.region.eastwest_zones
}
