# The third vote: one small machine, apart from both regions. Its loss stops nothing, as long as both regions live.

resource "alicloud_vpc" "this" {
  vpc_name   = var.name
  cidr_block = var.cidr
  tags       = var.tags
}

resource "alicloud_vswitch" "this" {
  vpc_id       = alicloud_vpc.this.id
  zone_id      = var.zone
  cidr_block   = cidrsubnet(var.cidr, 2, 0)
  vswitch_name = var.name
  tags         = var.tags
}

resource "alicloud_security_group" "this" {
  vpc_id              = alicloud_vpc.this.id
  security_group_name = var.name
  inner_access_policy = "Drop"
  tags                = var.tags
}

resource "alicloud_security_group_rule" "vote" {
  for_each = var.peer_cidrs

  security_group_id = alicloud_security_group.this.id
  type              = "ingress"
  policy            = "accept"
  ip_protocol       = "tcp"
  port_range        = "4567/4567"
  cidr_ip           = each.value
  description       = "galera ${each.key}"
}

resource "alicloud_instance" "this" {
  instance_name         = var.name
  image_id              = var.image_id
  instance_type         = var.instance_type
  security_groups       = [alicloud_security_group.this.id]
  vswitch_id            = alicloud_vswitch.this.id
  system_disk_category  = "cloud_essd"
  system_disk_size      = 20
  system_disk_encrypted = true
  http_tokens           = "required"
  deletion_protection   = true
  user_data             = base64encode(var.user_data)
  tags                  = var.tags
}
