# What Galera needs of the cloud: nodes of its own in two zones, the ports between the sites, and the backups. Galera itself is
# helm/database, which finds these nodes by the label and the taint below. Not PolarDB: its global network has one writer and
# replicates asynchronously, so an acknowledged payment could be lost with a region.

resource "alicloud_cs_kubernetes_node_pool" "database" {
  for_each = var.vswitches

  cluster_id            = var.cluster_id
  node_pool_name        = "${var.name}-database-${each.key}"
  vswitch_ids           = [each.value]
  security_group_ids    = [var.security_group_id]
  instance_types        = var.instance_types
  desired_size          = "1"
  system_disk_category  = "cloud_essd"
  system_disk_size      = 80
  system_disk_encrypted = true
  system_disk_kms_key   = var.kms_key_id
  tags                  = var.tags

  labels {
    key   = "paygateway.dev/pool"
    value = "database"
  }

  taints {
    key    = "paygateway.dev/database"
    value  = "only"
    effect = "NoSchedule"
  }

  # A database node is replaced by hand, one at a time, after a look at the cluster.
  management {
    auto_repair  = false
    auto_upgrade = false
  }
}

locals {
  # 4567 replication, 4568 incremental and 4444 full state transfer. 3306 is open to nobody outside the region.
  replication = merge(
    { witness-4567 = { cidr = var.witness_cidr, port = 4567 } },
    {
      for pair in setproduct(keys(var.peer_cidrs), [4567, 4568, 4444]) :
      "${pair[0]}-${pair[1]}" => { cidr = var.peer_cidrs[pair[0]], port = pair[1] }
    },
  )
}

resource "alicloud_security_group_rule" "replication" {
  for_each = local.replication

  security_group_id = var.security_group_id
  type              = "ingress"
  policy            = "accept"
  ip_protocol       = "tcp"
  port_range        = "${each.value.port}/${each.value.port}"
  cidr_ip           = each.value.cidr
  description       = "galera ${each.key}"
}

resource "alicloud_oss_bucket" "backup" {
  bucket          = "${var.name}-database-backups"
  redundancy_type = "ZRS"
  storage_class   = "Standard"
  tags            = var.tags

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = var.kms_key_id
  }

  versioning {
    status = "Enabled"
  }

  lifecycle_rule {
    id      = "kept"
    enabled = true
    prefix  = ""

    expiration {
      days = var.backup_days
    }
  }
}

resource "alicloud_oss_bucket_public_access_block" "backup" {
  bucket              = alicloud_oss_bucket.backup.bucket
  block_public_access = true
}
