# The whole root against the published schema; no cloud and no Vault answers.

mock_provider "alicloud" {}
mock_provider "vault" {}

run "first_pass_without_vault" {
  assert {
    condition     = length(output.for_global.vswitches) == 2 && output.for_global.cloud_region == "cn-beijing"
    error_message = "for_global should name this region and two zones to attach to."
  }
  assert {
    condition     = length(module.vault) == 0
    error_message = "Vault is configured only once it runs."
  }
  assert {
    condition     = length(split(",", output.eastwest_zones)) == 3 && startswith(output.eastwest_zones, "cn-beijing-h:")
    error_message = "The east-west balancers stand in all three zones, each with its switch."
  }
}

run "second_pass_writes_every_file" {
  variables {
    vault_values = {
      vault_address           = "https://vault.north.pay.example.com:8200"
      token_ttl               = "1h"
      database_address        = "database.database.svc:3306"
      database_admin          = "vault_north"
      database_admin_password = "with \"quotes\" and \\ in it"
      database_ca             = "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"
      database_client         = "-----BEGIN CERTIFICATE-----\nB\n-----END CERTIFICATE-----\n"
      kubernetes_host         = "https://10.1.0.1:6443"
      kubernetes_ca           = "-----BEGIN CERTIFICATE-----\nC\n-----END CERTIFICATE-----\n"
    }
  }

  assert {
    condition = alltrue([
      contains(module.vault[0].paths["1-mounts"], "sys/mounts/pki"),
      contains(module.vault[0].paths["1-mounts"], "sys/auth/kubernetes"),
      contains(module.vault[0].paths["2-roles"], "sys/policies/acl/gateway"),
      contains(module.vault[0].paths["2-roles"], "auth/kubernetes/role/gateway-migrator"),
      contains(module.vault[0].paths["3-database"], "database/roles/gateway-app"),
    ])
    error_message = "A file of the configuration is not written."
  }
}
