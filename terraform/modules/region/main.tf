# One region: its network over three zones, its cluster, the door that traffic comes in by, its key.
# Blast radius: this region. The other neither reads this state nor needs it.

locals {
  zones = { for index, zone in var.zones : zone => index }
  # A /16: nodes get x.x.0.0/19 and following, pods x.x.96.0/19 and following (Terway: a pod has an address of the network).
  node_networks = { for zone, index in local.zones : zone => cidrsubnet(var.cidr, 3, index) }
  pod_networks  = { for zone, index in local.zones : zone => cidrsubnet(var.cidr, 3, index + 3) }
}

resource "alicloud_vpc" "this" {
  vpc_name   = var.name
  cidr_block = var.cidr
  tags       = var.tags
}

resource "alicloud_vswitch" "node" {
  for_each = local.node_networks

  vpc_id       = alicloud_vpc.this.id
  zone_id      = each.key
  cidr_block   = each.value
  vswitch_name = "${var.name}-node-${each.key}"
  tags         = var.tags
}

resource "alicloud_vswitch" "pod" {
  for_each = local.pod_networks

  vpc_id       = alicloud_vpc.this.id
  zone_id      = each.key
  cidr_block   = each.value
  vswitch_name = "${var.name}-pod-${each.key}"
  tags         = var.tags
}

# The way out, to the acquirers, from addresses that they know.
resource "alicloud_nat_gateway" "this" {
  vpc_id            = alicloud_vpc.this.id
  vswitch_id        = alicloud_vswitch.node[var.zones[0]].id
  nat_gateway_name  = var.name
  nat_type          = "Enhanced"
  availability_mode = "CrossAZ"
  payment_type      = "PayAsYouGo"
  tags              = var.tags
}

resource "alicloud_eip_address" "out" {
  address_name         = "${var.name}-out"
  internet_charge_type = "PayByTraffic"
  bandwidth            = "200"
  deletion_protection  = true
  tags                 = var.tags
}

resource "alicloud_eip_association" "out" {
  allocation_id = alicloud_eip_address.out.id
  instance_id   = alicloud_nat_gateway.this.id
  instance_type = "Nat"
}

resource "alicloud_snat_entry" "out" {
  for_each = merge(alicloud_vswitch.node, alicloud_vswitch.pod)

  snat_table_id     = alicloud_nat_gateway.this.snat_table_ids
  source_vswitch_id = each.value.id
  snat_ip           = alicloud_eip_address.out.ip_address

  depends_on = [alicloud_eip_association.out]
}

# Seals Vault, encrypts the cluster's secrets, disks and buckets of this region.
resource "alicloud_kms_key" "this" {
  description            = var.name
  key_spec               = "Aliyun_AES_256"
  key_usage              = "ENCRYPT/DECRYPT"
  automatic_rotation     = "Enabled"
  rotation_interval      = "365d"
  pending_window_in_days = 30
  deletion_protection    = "Enabled"
  tags                   = var.tags
}

# A basic group. An advanced one ("enterprise") cuts its members off from each other and from the world and takes no other
# policy, and ACK adds no rule to a group that it is given. It holds 2,000 addresses; a region has 14 nodes at most.
resource "alicloud_security_group" "node" {
  vpc_id              = alicloud_vpc.this.id
  security_group_name = "${var.name}-node"
  security_group_type = "normal"
  inner_access_policy = "Accept"
  tags                = var.tags
}

locals {
  # Who calls without being a member: payments (8443) and the question for the region's health (8444) come from the balancer
  # and Global Accelerator, which have addresses in this network; the other region's calls (15443) come from an east-west
  # balancer's address here, or from the caller's there where the balancer keeps it. Replication is the database's to admit.
  doors = merge(
    { for port in [8443, 8444, 15443] : "own-${port}" => { cidr = var.cidr, port = port } },
    { for name, cidr in var.peer_cidrs : "${name}-15443" => { cidr = cidr, port = 15443 } },
  )
}

resource "alicloud_security_group_rule" "door" {
  for_each = local.doors

  security_group_id = alicloud_security_group.node.id
  type              = "ingress"
  policy            = "accept"
  ip_protocol       = "tcp"
  port_range        = "${each.value.port}/${each.value.port}"
  cidr_ip           = each.value.cidr
  description       = "door ${each.key}"
}

resource "alicloud_cs_managed_kubernetes" "this" {
  name                         = var.name
  cluster_spec                 = "ack.pro.small"
  version                      = var.kubernetes_version
  vswitch_ids                  = [for zone in var.zones : alicloud_vswitch.node[zone].id]
  pod_vswitch_ids              = [for zone in var.zones : alicloud_vswitch.pod[zone].id]
  service_cidr                 = var.service_cidr
  security_group_id            = alicloud_security_group.node.id
  new_nat_gateway              = false
  slb_internet_enabled         = false
  enable_rrsa                  = true
  encryption_provider_key      = alicloud_kms_key.this.id
  deletion_protection          = true
  control_plane_log_components = ["apiserver", "kcm", "scheduler"]
  tags                         = var.tags

  addons {
    # NetworkPolicy is enforced by Terway, not by the bridge.
    name   = "terway-eniip"
    config = jsonencode({ NetworkPolicy = "true" })
  }

  # Never in both regions on one day: East on Tuesday, North (live/north) on Thursday.
  maintenance_window {
    enable           = true
    maintenance_time = "2026-01-01T02:00:00.000+08:00"
    duration         = "3h"
    weekly_period    = var.maintenance_day
  }
}

# A pool a zone: a zone without capacity does not take nodes from another.
resource "alicloud_cs_kubernetes_node_pool" "zone" {
  for_each = local.zones

  cluster_id            = alicloud_cs_managed_kubernetes.this.id
  node_pool_name        = "${var.name}-${each.key}"
  vswitch_ids           = [alicloud_vswitch.node[each.key].id]
  security_group_ids    = [alicloud_security_group.node.id]
  instance_types        = var.instance_types
  system_disk_category  = "cloud_essd"
  system_disk_size      = 80
  system_disk_encrypted = true
  system_disk_kms_key   = alicloud_kms_key.this.id
  install_cloud_monitor = true
  tags                  = var.tags

  scaling_config {
    min_size = var.nodes_per_zone.min
    max_size = var.nodes_per_zone.max
  }

  labels {
    key   = "paygateway.dev/pool"
    value = "payments"
  }

  management {
    auto_repair = true
  }
}

# The door: the cloud's controller fills it for Istio's ingress gateway, whose Service names its id (`edge_id`) in an annotation
# and its class (istio/install/edge.yaml). The east-west gateways' balancers that controller makes itself (`eastwest_zones`).
resource "alicloud_nlb_load_balancer" "edge" {
  load_balancer_name          = "${var.name}-edge"
  load_balancer_type          = "Network"
  address_type                = "Internet"
  address_ip_version          = "Ipv4"
  vpc_id                      = alicloud_vpc.this.id
  cross_zone_enabled          = true
  deletion_protection_enabled = true
  tags                        = var.tags

  dynamic "zone_mappings" {
    for_each = local.zones
    content {
      zone_id    = zone_mappings.key
      vswitch_id = alicloud_vswitch.node[zone_mappings.key].id
    }
  }
}

# Vault's snapshots; the other region copies them (docs/production.md).
resource "alicloud_oss_bucket" "vault" {
  bucket          = "${var.name}-vault-snapshots"
  redundancy_type = "ZRS"
  storage_class   = "Standard"
  tags            = var.tags

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = alicloud_kms_key.this.id
  }

  versioning {
    status = "Enabled"
  }

  lifecycle_rule {
    id      = "a-month"
    enabled = true
    prefix  = ""

    expiration {
      days = 35
    }
  }
}

resource "alicloud_oss_bucket_public_access_block" "vault" {
  bucket              = alicloud_oss_bucket.vault.bucket
  block_public_access = true
}
