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

locals {
  # By router: what is attached to it, its own network and the links to the other sites. A link is one attachment, and each of
  # its ends has a router and a table of its own.
  attachments = {
    east = {
      network = alicloud_cen_transit_router_vpc_attachment.east.transit_router_attachment_id
      north   = alicloud_cen_transit_router_peer_attachment.east_north.transit_router_attachment_id
      witness = alicloud_cen_transit_router_peer_attachment.east_witness.transit_router_attachment_id
    }
    north = {
      network = alicloud_cen_transit_router_vpc_attachment.north.transit_router_attachment_id
      east    = alicloud_cen_transit_router_peer_attachment.east_north.transit_router_attachment_id
      witness = alicloud_cen_transit_router_peer_attachment.north_witness.transit_router_attachment_id
    }
    witness = {
      network = alicloud_cen_transit_router_vpc_attachment.witness.transit_router_attachment_id
      east    = alicloud_cen_transit_router_peer_attachment.east_witness.transit_router_attachment_id
      north   = alicloud_cen_transit_router_peer_attachment.north_witness.transit_router_attachment_id
    }
  }
}

# Attached is not routed: what comes in by an attachment is forwarded by the table that it is associated with, and that table
# knows the networks behind an attachment that propagates into it. `auto_publish_route_enabled` above does the rest: it hands
# the table's routes on, to the network's own table and to the other end of a link.

resource "alicloud_cen_transit_router_route_table" "east" {
  provider = alicloud.east

  transit_router_id               = alicloud_cen_transit_router.east.transit_router_id
  transit_router_route_table_name = "${var.name}-east"
  tags                            = var.tags
}

resource "alicloud_cen_transit_router_route_table_association" "east" {
  provider = alicloud.east
  for_each = local.attachments.east

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.east.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}

resource "alicloud_cen_transit_router_route_table_propagation" "east" {
  provider = alicloud.east
  for_each = local.attachments.east

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.east.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}

resource "alicloud_cen_transit_router_route_table" "north" {
  provider = alicloud.north

  transit_router_id               = alicloud_cen_transit_router.north.transit_router_id
  transit_router_route_table_name = "${var.name}-north"
  tags                            = var.tags
}

resource "alicloud_cen_transit_router_route_table_association" "north" {
  provider = alicloud.north
  for_each = local.attachments.north

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.north.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}

resource "alicloud_cen_transit_router_route_table_propagation" "north" {
  provider = alicloud.north
  for_each = local.attachments.north

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.north.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}

resource "alicloud_cen_transit_router_route_table" "witness" {
  provider = alicloud.witness

  transit_router_id               = alicloud_cen_transit_router.witness.transit_router_id
  transit_router_route_table_name = "${var.name}-witness"
  tags                            = var.tags
}

resource "alicloud_cen_transit_router_route_table_association" "witness" {
  provider = alicloud.witness
  for_each = local.attachments.witness

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.witness.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}

resource "alicloud_cen_transit_router_route_table_propagation" "witness" {
  provider = alicloud.witness
  for_each = local.attachments.witness

  transit_router_route_table_id = alicloud_cen_transit_router_route_table.witness.transit_router_route_table_id
  transit_router_attachment_id  = each.value
}
