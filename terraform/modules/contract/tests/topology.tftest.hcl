# Where things stand: each promise about the sites, and the mistake that breaks it.

variables {
  environment = "test"
}

run "the_sites_as_chosen" {
  command = plan

  assert {
    condition     = toset(keys(output.regions)) == toset(["east", "north"]) && keys(output.witness) == ["witness"]
    error_message = "East and North serve, the witness votes."
  }
  assert {
    condition     = output.names["east"] == "payment-gateway-test-east"
    error_message = "Names are project-environment-site."
  }
  assert {
    condition     = output.tags["north"]["paygateway.dev/region"] == "north"
    error_message = "Tags name the region as pods' labels do."
  }
}

run "four_votes_have_no_majority_after_a_loss" {
  command = plan

  variables {
    sites = {
      east  = { cloud_region = "cn-shanghai", role = "region", cidr = "10.1.0.0/16", votes = 2, zones = ["a", "b", "c"] }
      north = { cloud_region = "cn-beijing", role = "region", cidr = "10.2.0.0/16", votes = 2, zones = ["a", "b", "c"] }
    }
  }

  expect_failures = [var.sites]
}

run "a_witness_beside_a_region_falls_with_it" {
  command = plan

  variables {
    sites = {
      east    = { cloud_region = "cn-shanghai", role = "region", cidr = "10.1.0.0/16", votes = 2, zones = ["a", "b", "c"] }
      north   = { cloud_region = "cn-beijing", role = "region", cidr = "10.2.0.0/16", votes = 2, zones = ["a", "b", "c"] }
      witness = { cloud_region = "cn-beijing", role = "witness", cidr = "10.3.0.0/24", votes = 1, zones = ["a"] }
    }
  }

  expect_failures = [var.sites]
}

run "networks_that_overlap_cannot_be_joined" {
  command = plan

  variables {
    sites = {
      east    = { cloud_region = "cn-shanghai", role = "region", cidr = "10.1.0.0/16", votes = 2, zones = ["a", "b", "c"] }
      north   = { cloud_region = "cn-beijing", role = "region", cidr = "10.1.128.0/17", votes = 2, zones = ["a", "b", "c"] }
      witness = { cloud_region = "cn-hangzhou", role = "witness", cidr = "10.3.0.0/24", votes = 1, zones = ["a"] }
    }
  }

  expect_failures = [var.sites]
}

run "two_zones_are_not_enough" {
  command = plan

  variables {
    sites = {
      east    = { cloud_region = "cn-shanghai", role = "region", cidr = "10.1.0.0/16", votes = 2, zones = ["a", "b", "b"] }
      north   = { cloud_region = "cn-beijing", role = "region", cidr = "10.2.0.0/16", votes = 2, zones = ["a", "b", "c"] }
      witness = { cloud_region = "cn-hangzhou", role = "witness", cidr = "10.3.0.0/24", votes = 1, zones = ["a"] }
    }
  }

  expect_failures = [var.sites]
}

run "a_region_too_full_to_take_the_other" {
  command = plan

  variables {
    steady_load_percent = 60
  }

  expect_failures = [var.steady_load_percent]
}
