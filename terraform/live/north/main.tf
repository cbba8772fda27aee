# The North: everything that a region needs to serve alone. No other state is read, so this one can be changed while the rest
# of the world is gone.

locals {
  site       = "north"
  peer_cidrs = { for name, site in module.contract.regions : name => site.cidr if name != local.site }
}

module "contract" {
  source = "../../modules/contract"

  environment = var.environment
}

provider "alicloud" {
  region = module.contract.sites[local.site].cloud_region
}

provider "vault" {
  address = var.vault_values == null ? "https://not-yet.invalid" : var.vault_values.vault_address
}

module "region" {
  source = "../../modules/region"

  name            = module.contract.names[local.site]
  tags            = module.contract.tags[local.site]
  cidr            = module.contract.sites[local.site].cidr
  peer_cidrs      = local.peer_cidrs
  zones           = module.contract.sites[local.site].zones
  maintenance_day = "Thursday"
}

module "database" {
  source = "../../modules/database"

  name              = module.contract.names[local.site]
  tags              = module.contract.tags[local.site]
  cluster_id        = module.region.cluster_id
  vswitches         = module.region.attachment_vswitches
  security_group_id = module.region.security_group_id
  kms_key_id        = module.region.kms_key_id
  peer_cidrs        = local.peer_cidrs
  witness_cidr      = module.contract.sites.witness.cidr
}

# Second pass, once Vault runs on the cluster and is unsealed.
module "vault" {
  source = "../../modules/vault"
  count  = var.vault_values == null ? 0 : 1

  values = merge(var.vault_values, { region = local.site })
}
