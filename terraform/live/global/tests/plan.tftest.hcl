# The whole root against the published schema; no cloud answers.

mock_provider "alicloud" {
  mock_resource "alicloud_ga_ip_set" {
    defaults = { ip_address_list = ["192.0.2.1"] }
  }
}
mock_provider "alicloud" {
  alias = "east"
}
mock_provider "alicloud" {
  alias = "north"
}

variables {
  sites = {
    east    = { vpc_id = "vpc-e", vswitches = { "cn-shanghai-e" = "vsw-1", "cn-shanghai-l" = "vsw-2" }, cloud_region = "cn-shanghai" }
    north   = { vpc_id = "vpc-n", vswitches = { "cn-beijing-h" = "vsw-3", "cn-beijing-i" = "vsw-4" }, cloud_region = "cn-beijing" }
    witness = { vpc_id = "vpc-w", vswitches = { "cn-hangzhou-k" = "vsw-5" }, cloud_region = "cn-hangzhou" }
  }
  edge_ids = { east = "nlb-e", north = "nlb-n" }
  domain   = { zone = "pay.example.com", host = "api" }
}

run "probes_are_those_of_the_contract" {
  assert {
    condition = alltrue([
      for group in values(module.gslb.probes) :
      group.interval == module.contract.detection.interval_seconds && group.threshold == module.contract.detection.evaluation_count
    ])
    error_message = "The budget was computed with other probes than those that are set."
  }
  assert {
    condition     = output.failover_seconds <= 60
    error_message = "The chosen design misses the goal."
  }
}

run "a_region_can_be_drained" {
  command = plan

  variables {
    traffic = { east = 0, north = 100 }
  }
}

run "every_site_reaches_both_others" {
  assert {
    condition = alltrue([
      for site, table in module.interconnect.routed : alltrue([
        for attached in [table.forwards, table.learns] :
        toset(attached) == setsubtract(["network", "east", "north", "witness"], [site])
      ])
    ])
    error_message = "A router forwards for, and learns from, its own network and both links."
  }
}
