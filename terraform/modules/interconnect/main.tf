# The private network between the sites: a transit router in each, and all three links, so that no pair talks through a
# third. Blast radius: the sites keep serving by themselves, the database by its majority.

resource "alicloud_cen_instance" "this" {
  provider = alicloud.witness

  cen_instance_name = var.name
  tags              = var.tags
}

resource "alicloud_cen_transit_router" "east" {
  provider = alicloud.east

  cen_id              = alicloud_cen_instance.this.id
  transit_router_name = "${var.name}-east"
  tags                = var.tags
}

resource "alicloud_cen_transit_router_vpc_attachment" "east" {
  provider = alicloud.east

  cen_id                             = alicloud_cen_instance.this.id
  transit_router_id                  = alicloud_cen_transit_router.east.transit_router_id
  vpc_id                             = var.sites.east.vpc_id
  transit_router_vpc_attachment_name = "${var.name}-east"
  auto_publish_route_enabled         = true
  tags                               = var.tags

  dynamic "zone_mappings" {
    for_each = var.sites.east.vswitches
    content {
      zone_id    = zone_mappings.key
      vswitch_id = zone_mappings.value
    }
  }
}

resource "alicloud_cen_transit_router" "north" {
  provider = alicloud.north

  cen_id              = alicloud_cen_instance.this.id
  transit_router_name = "${var.name}-north"
  tags                = var.tags
}

resource "alicloud_cen_transit_router_vpc_attachment" "north" {
  provider = alicloud.north

  cen_id                             = alicloud_cen_instance.this.id
  transit_router_id                  = alicloud_cen_transit_router.north.transit_router_id
  vpc_id                             = var.sites.north.vpc_id
  transit_router_vpc_attachment_name = "${var.name}-north"
  auto_publish_route_enabled         = true
  tags                               = var.tags

  dynamic "zone_mappings" {
    for_each = var.sites.north.vswitches
    content {
      zone_id    = zone_mappings.key
      vswitch_id = zone_mappings.value
    }
  }
}

resource "alicloud_cen_transit_router" "witness" {
  provider = alicloud.witness

  cen_id              = alicloud_cen_instance.this.id
  transit_router_name = "${var.name}-witness"
  tags                = var.tags
}

resource "alicloud_cen_transit_router_vpc_attachment" "witness" {
  provider = alicloud.witness

  cen_id                             = alicloud_cen_instance.this.id
  transit_router_id                  = alicloud_cen_transit_router.witness.transit_router_id
  vpc_id                             = var.sites.witness.vpc_id
  transit_router_vpc_attachment_name = "${var.name}-witness"
  auto_publish_route_enabled         = true
  tags                               = var.tags

  dynamic "zone_mappings" {
    for_each = var.sites.witness.vswitches
    content {
      zone_id    = zone_mappings.key
      vswitch_id = zone_mappings.value
    }
  }
}

resource "alicloud_cen_transit_router_peer_attachment" "east_north" {
  provider = alicloud.east

  cen_id                              = alicloud_cen_instance.this.id
  transit_router_id                   = alicloud_cen_transit_router.east.transit_router_id
  peer_transit_router_id              = alicloud_cen_transit_router.north.transit_router_id
  peer_transit_router_region_id       = var.sites.north.cloud_region
  transit_router_peer_attachment_name = "${var.name}-east-north"
  bandwidth_type                      = "DataTransfer"
  bandwidth                           = var.bandwidth_mbit
  auto_publish_route_enabled          = true
  tags                                = var.tags
}

resource "alicloud_cen_transit_router_peer_attachment" "east_witness" {
  provider = alicloud.east

  cen_id                              = alicloud_cen_instance.this.id
  transit_router_id                   = alicloud_cen_transit_router.east.transit_router_id
  peer_transit_router_id              = alicloud_cen_transit_router.witness.transit_router_id
  peer_transit_router_region_id       = var.sites.witness.cloud_region
  transit_router_peer_attachment_name = "${var.name}-east-witness"
  bandwidth_type                      = "DataTransfer"
  bandwidth                           = var.bandwidth_mbit
  auto_publish_route_enabled          = true
  tags                                = var.tags
}

resource "alicloud_cen_transit_router_peer_attachment" "north_witness" {
  provider = alicloud.north

  cen_id                              = alicloud_cen_instance.this.id
  transit_router_id                   = alicloud_cen_transit_router.north.transit_router_id
  peer_transit_router_id              = alicloud_cen_transit_router.witness.transit_router_id
  peer_transit_router_region_id       = var.sites.witness.cloud_region
  transit_router_peer_attachment_name = "${var.name}-north-witness"
  bandwidth_type                      = "DataTransfer"
  bandwidth                           = var.bandwidth_mbit
  auto_publish_route_enabled          = true
  tags                                = var.tags
}
