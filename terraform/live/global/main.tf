# What joins the sites: the private network between them, and the addresses that merchants come in by. Moving traffic between
# the regions is a change of two numbers here, and works with either region gone.

module "contract" {
  source = "../../modules/contract"

  environment = var.environment
}

provider "alicloud" {
  region = module.contract.sites.witness.cloud_region
}

provider "alicloud" {
  alias  = "east"
  region = module.contract.sites.east.cloud_region
}

provider "alicloud" {
  alias  = "north"
  region = module.contract.sites.north.cloud_region
}

module "interconnect" {
  source = "../../modules/interconnect"
  providers = {
    alicloud.east    = alicloud.east
    alicloud.north   = alicloud.north
    alicloud.witness = alicloud
  }

  name  = "payment-gateway-${var.environment}"
  tags  = module.contract.tags.witness
  sites = var.sites
}

module "gslb" {
  source = "../../modules/gslb"

  name      = "payment-gateway-${var.environment}"
  tags      = module.contract.tags.witness
  detection = module.contract.detection
  domain    = var.domain
  regions = {
    for name in ["east", "north"] : name => {
      cloud_region = module.contract.sites[name].cloud_region
      edge_id      = var.edge_ids[name]
      percentage   = var.traffic[name]
    }
  }
}
