# Shares of the traffic, and the design that the budget was computed for.

mock_provider "alicloud" {
  mock_resource "alicloud_ga_ip_set" {
    defaults = { ip_address_list = ["192.0.2.1"] }
  }
}

variables {
  name   = "test"
  tags   = {}
  domain = { zone = "pay.example.com", host = "api" }
  detection = {
    product = "global-accelerator", interval_seconds = 2, evaluation_count = 3, timeout_seconds = 2, propagation_seconds = 7, ttl_seconds = 0
  }
  regions = {
    east  = { cloud_region = "cn-shanghai", edge_id = "nlb-e", percentage = 10 }
    north = { cloud_region = "cn-beijing", edge_id = "nlb-n", percentage = 100 }
  }
}

run "a_fail_back_begins_with_a_tenth" {
  assert {
    condition     = alicloud_ga_endpoint_group.region["east"].traffic_percentage == 10
    error_message = "The share is not set."
  }
  assert {
    condition     = output.probes["east"].path == "/health/region"
    error_message = "The region's own word drives the traffic."
  }
}

run "nobody_serves" {
  command = plan

  variables {
    regions = {
      east  = { cloud_region = "cn-shanghai", edge_id = "nlb-e", percentage = 0 }
      north = { cloud_region = "cn-beijing", edge_id = "nlb-n", percentage = 0 }
    }
  }

  expect_failures = [var.regions]
}

run "dns_cannot_be_set_here" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 60, evaluation_count = 1, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 60
    }
  }

  expect_failures = [var.detection]
}
