# The third vote, and nothing else.

locals {
  site = "witness"
}

module "contract" {
  source = "../../modules/contract"

  environment = var.environment
}

provider "alicloud" {
  region = module.contract.sites[local.site].cloud_region
}

module "witness" {
  source = "../../modules/witness"

  name       = module.contract.names[local.site]
  tags       = module.contract.tags[local.site]
  cidr       = module.contract.sites[local.site].cidr
  zone       = module.contract.sites[local.site].zones[0]
  peer_cidrs = { for name, site in module.contract.regions : name => site.cidr }
  image_id   = var.image_id
  user_data  = var.user_data
}
