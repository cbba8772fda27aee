# Who may reach the nodes without being one of them.

mock_provider "alicloud" {}

variables {
  name            = "test"
  tags            = {}
  cidr            = "10.1.0.0/16"
  peer_cidrs      = { north = "10.2.0.0/16" }
  zones           = ["cn-shanghai-e", "cn-shanghai-l", "cn-shanghai-n"]
  maintenance_day = "Tuesday"
}

run "the_other_region_comes_in_by_the_east_west_gateways_alone" {
  assert {
    condition = toset([
      for rule in values(alicloud_security_group_rule.door) : rule.port_range if rule.cidr_ip == "10.2.0.0/16"
    ]) == toset(["15443/15443"])
    error_message = "The other region needs 15443 and nothing else."
  }
}

run "balancers_and_probes_come_from_this_network" {
  assert {
    condition = toset([
      for rule in values(alicloud_security_group_rule.door) : rule.port_range if rule.cidr_ip == "10.1.0.0/16"
    ]) == toset(["8443/8443", "8444/8444", "15443/15443"])
    error_message = "The edge, its health and the east-west gateways are what a balancer asks."
  }
}

run "nobody_else_comes_in" {
  assert {
    condition = alltrue([
      for rule in values(alicloud_security_group_rule.door) : contains(["10.1.0.0/16", "10.2.0.0/16"], rule.cidr_ip)
    ])
    error_message = "A door is open to more than the two regions."
  }
}

# An advanced group would cut the nodes off from each other, whatever its policy says.
run "nodes_reach_each_other" {
  assert {
    condition     = alicloud_security_group.node.security_group_type == "normal" && alicloud_security_group.node.inner_access_policy == "Accept"
    error_message = "The nodes' group must let its members talk."
  }
}

run "a_network_too_wide_to_be_a_peer" {
  command = plan

  variables {
    peer_cidrs = { north = "10.0.0.0/8" }
  }

  expect_failures = [var.peer_cidrs]
}
