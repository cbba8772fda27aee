# The failover budget: what is chosen holds, and what the obvious product would give does not.

variables {
  environment = "test"
}

run "chosen_design_meets_contract_and_goal" {
  command = plan

  assert {
    condition     = output.failover_seconds == 29.65
    error_message = "Failover with the chosen design should take 29.65 s, it takes ${output.failover_seconds} s."
  }
  assert {
    condition     = output.traffic_seconds <= 15
    error_message = "New connections should be elsewhere within 15 s, they are after ${output.traffic_seconds} s."
  }
  assert {
    condition     = output.meets_goal
    error_message = "The goal of 60 s is missed."
  }
}

run "gtm_2_at_its_best_keeps_the_contract_and_misses_the_goal" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 60, evaluation_count = 1, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 60
    }
  }

  assert {
    condition     = output.traffic_seconds == 122
    error_message = "60 + 2 + 60 should be 122 s, it is ${output.traffic_seconds} s."
  }
  assert {
    condition     = !output.meets_goal
    error_message = "122 s and more should miss the goal."
  }
}

run "gtm_2_that_asks_twice_breaks_the_contract" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 60, evaluation_count = 2, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 60
    }
  }

  expect_failures = [output.failover_seconds]
}

# The same without any step after the DNS: 182 s are over by themselves.
run "gtm_2_that_asks_twice_breaks_it_by_dns_alone" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 60, evaluation_count = 2, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 60
    }
    client_cache_seconds = 0
    database_seconds     = 0
    pool_seconds         = 0
  }

  expect_failures = [output.failover_seconds]
}

run "gtm_3_is_a_second_way" {
  command = plan

  variables {
    detection = {
      product = "gtm-3", interval_seconds = 15, evaluation_count = 2, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 30
    }
  }

  assert {
    condition     = output.failover_seconds <= 180 && output.traffic_seconds == 62
    error_message = "15 x 2 + 2 + 30 should be 62 s, it is ${output.traffic_seconds} s."
  }
}

run "gtm_2_cannot_be_claimed_faster_than_it_is" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 5, evaluation_count = 2, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 5
    }
  }

  expect_failures = [var.detection]
}

run "a_client_that_caches_for_long_is_counted" {
  command = plan

  variables {
    detection = {
      product = "gtm-2", interval_seconds = 60, evaluation_count = 1, timeout_seconds = 2, propagation_seconds = 0, ttl_seconds = 60
    }
    client_cache_seconds = 60
  }

  expect_failures = [output.failover_seconds]
}
