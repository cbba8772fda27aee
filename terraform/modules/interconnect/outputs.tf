output "routed" {
  description = "By router: the attachments that its table forwards for, and those that it learns networks from."
  value = {
    east = {
      forwards = keys(alicloud_cen_transit_router_route_table_association.east)
      learns   = keys(alicloud_cen_transit_router_route_table_propagation.east)
    }
    north = {
      forwards = keys(alicloud_cen_transit_router_route_table_association.north)
      learns   = keys(alicloud_cen_transit_router_route_table_propagation.north)
    }
    witness = {
      forwards = keys(alicloud_cen_transit_router_route_table_association.witness)
      learns   = keys(alicloud_cen_transit_router_route_table_propagation.witness)
    }
  }
}
