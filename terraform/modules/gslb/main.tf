# Where merchants come in: an address in each region's neighbourhood that never changes, and behind both of them both
# regions, by their health.
# Blast radius: everything, so this state holds nothing else that changes often, and lies in the witness's region.

resource "alicloud_ga_accelerator" "this" {
  accelerator_name       = var.name
  payment_type           = "PayAsYouGo"
  bandwidth_billing_type = "CDT"
  tags                   = var.tags
}

resource "alicloud_ga_ip_set" "this" {
  for_each = var.regions

  accelerator_id       = alicloud_ga_accelerator.this.id
  accelerate_region_id = each.value.cloud_region
}

resource "alicloud_ga_listener" "https" {
  accelerator_id  = alicloud_ga_accelerator.this.id
  name            = "${var.name}-https"
  protocol        = "TCP"
  client_affinity = "NONE"

  port_ranges {
    from_port = 443
    to_port   = 443
  }

  depends_on = [alicloud_ga_ip_set.this]
}

# The edge takes payments on 8443, and on 8444 the question whether its region should get traffic (istio/edge).
resource "alicloud_ga_endpoint_group" "region" {
  for_each = var.regions

  accelerator_id                = alicloud_ga_accelerator.this.id
  listener_id                   = alicloud_ga_listener.https.id
  endpoint_group_region         = each.value.cloud_region
  name                          = "${var.name}-${each.key}"
  traffic_percentage            = each.value.percentage
  health_check_enabled          = true
  health_check_protocol         = "https"
  health_check_port             = 8444
  health_check_path             = var.health_path
  health_check_interval_seconds = var.detection.interval_seconds
  threshold_count               = var.detection.evaluation_count
  tags                          = var.tags

  port_overrides {
    listener_port = 443
    endpoint_port = 8443
  }

  endpoint_configurations {
    type     = "NLB"
    endpoint = each.value.edge_id
    weight   = 100
  }
}

# Both addresses: a client that cannot reach one tries the other.
resource "alicloud_alidns_record" "api" {
  for_each = alicloud_ga_ip_set.this

  domain_name = var.domain.zone
  rr          = var.domain.host
  type        = "A"
  value       = each.value.ip_address_list[0]
  ttl         = 600
}
