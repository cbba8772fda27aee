# Values that would break the JSON they are put into, and addresses that are not encrypted.

mock_provider "vault" {}

variables {
  values = {
    region                  = "east"
    vault_address           = "https://vault.example.com:8200"
    token_ttl               = "1h"
    database_address        = "galera:3306"
    database_admin          = "vault_east"
    database_admin_password = "a\"b\\c\nd"
    database_ca             = "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"
    database_client         = "B"
    kubernetes_host         = "https://10.1.0.1:6443"
    kubernetes_ca           = "C"
  }
}

run "a_value_cannot_break_out" {
  assert {
    condition     = jsondecode(vault_generic_endpoint.database["database/config/gateway"].data_json).password == "a\"b\\c\nd"
    error_message = "The password did not arrive as it was given."
  }
  assert {
    condition     = strcontains(jsondecode(vault_generic_endpoint.database["database/config/gateway"].data_json).username_template, "v-east-")
    error_message = "A dynamic user's name carries the region."
  }
  assert {
    condition     = strcontains(jsondecode(vault_generic_endpoint.roles["sys/policies/acl/gateway"].data_json).policy, "database/creds/gateway-app")
    error_message = "The policy did not arrive."
  }
}

run "plaintext_is_refused" {
  command = plan

  variables {
    values = {
      region                  = "east"
      vault_address           = "http://vault.example.com:8200"
      token_ttl               = "1h"
      database_address        = "galera:3306"
      database_admin          = "vault_east"
      database_admin_password = "x"
      database_ca             = "A"
      database_client         = "B"
      kubernetes_host         = "https://10.1.0.1:6443"
      kubernetes_ca           = "C"
    }
  }

  expect_failures = [var.values]
}
