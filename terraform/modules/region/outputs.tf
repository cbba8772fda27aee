output "vpc_id" {
  description = "For the interconnect."
  value       = alicloud_vpc.this.id
}

output "attachment_vswitches" {
  description = "By zone: where the transit router is attached (two zones, so that one may fail)."
  value       = { for zone in slice(var.zones, 0, 2) : zone => alicloud_vswitch.node[zone].id }
}

output "node_vswitches" {
  description = "By zone: where nodes live."
  value       = { for zone in var.zones : zone => alicloud_vswitch.node[zone].id }
}

output "cluster_id" {
  description = "The cluster."
  value       = alicloud_cs_managed_kubernetes.this.id
}

output "security_group_id" {
  description = "The nodes'."
  value       = alicloud_security_group.node.id
}

output "kms_key_id" {
  description = "The region's key."
  value       = alicloud_kms_key.this.id
}

output "edge_id" {
  description = "The network load balancer: for gslb, and for the ingress gateway's Service."
  value       = alicloud_nlb_load_balancer.edge.id
}

output "eastwest_zones" {
  description = "zone:vswitch of each zone, as the annotation of the east-west gateways' Services wants it (alibaba-cloud-loadbalancer-zone-maps)."
  value       = join(",", [for zone in var.zones : "${zone}:${alicloud_vswitch.node[zone].id}"])
}

output "out_address" {
  description = "What acquirers see us come from."
  value       = alicloud_eip_address.out.ip_address
}
