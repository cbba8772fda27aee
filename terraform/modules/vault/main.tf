# Every file of config/ and kubernetes/ is one write to this region's Vault, stage by stage. The lab writes the same files to
# its OpenBaos, so what is tried there is what is applied here.
#
# A value written here stays in the state: so the state is encrypted, and the one password among them, the database
# administrator's, is rotated by Vault right after the first write (database/rotate-root) and worth nothing from then on.

locals {
  # Quotes and line ends of a value must not break the JSON that it is put into.
  values = { for name, value in var.values : name => trimsuffix(trimprefix(jsonencode(value), "\""), "\"") }

  files = {
    for stage in ["1-mounts", "2-roles", "3-database"] : stage => merge([
      for root in ["config", "kubernetes"] : {
        for file in fileset("${path.module}/${root}/${stage}", "**") :
        trimsuffix(trimsuffix(file, ".json"), ".hcl") => {
          file   = "${path.module}/${root}/${stage}/${file}"
          policy = endswith(file, ".hcl")
        }
      }
    ]...)
  }

  # Longest life of a database user, by role; 0 where none is given in minutes or hours.
  role_minutes = {
    for file in fileset("${path.module}/config/3-database/database/roles", "*.json") : file => (
      try(tonumber(regex("^([0-9]+)m$", local.role_ttls[file])[0]), 60 * tonumber(regex("^([0-9]+)h$", local.role_ttls[file])[0]), 0)
    )
  }
  role_ttls = {
    for file in fileset("${path.module}/config/3-database/database/roles", "*.json") :
    file => try(jsondecode(file("${path.module}/config/3-database/database/roles/${file}")).max_ttl, "none")
  }

  bodies = {
    for stage, files in local.files : stage => {
      for path, each in files : path => (
        each.policy ? jsonencode({ policy = file(each.file) }) : jsonencode(jsondecode(templatefile(each.file, local.values)))
      )
    }
  }
}

resource "vault_generic_endpoint" "mounts" {
  for_each = toset(keys(local.files["1-mounts"]))

  path                 = each.key
  data_json            = local.bodies["1-mounts"][each.key]
  ignore_absent_fields = true
  disable_read         = true
  # Unmounting would revoke every lease and forget every key.
  disable_delete = true
}

resource "vault_generic_endpoint" "roles" {
  for_each = toset(keys(local.files["2-roles"]))

  path                 = each.key
  data_json            = local.bodies["2-roles"][each.key]
  ignore_absent_fields = true
  disable_delete       = true

  depends_on = [vault_generic_endpoint.mounts]
}

resource "vault_generic_endpoint" "database" {
  for_each = toset(keys(local.files["3-database"]))

  path                 = each.key
  data_json            = local.bodies["3-database"][each.key]
  ignore_absent_fields = true
  disable_read         = true
  disable_delete       = true

  depends_on = [vault_generic_endpoint.roles]

  lifecycle {
    precondition {
      condition     = alltrue([for minutes in values(local.role_minutes) : 0 < minutes && minutes <= 240])
      error_message = "A database role without max_ttl, or with one over 4 h, is refused."
    }
  }
}
