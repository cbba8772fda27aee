# The promises that the other modules are built on, as arithmetic: no provider, no account, no state.

locals {
  # The steps one after the other, each at its worst; the database recovers meanwhile, but nobody should count on that.
  steps = {
    detection    = var.detection.interval_seconds * var.detection.evaluation_count + var.detection.timeout_seconds
    propagation  = var.detection.propagation_seconds
    dns_ttl      = var.detection.ttl_seconds
    client_cache = var.detection.ttl_seconds == 0 ? 0 : var.client_cache_seconds
    database     = var.database_seconds
    pool         = var.pool_seconds
  }
  failover_seconds = sum(values(local.steps))

  regions = { for name, site in var.sites : name => site if site.role == "region" }
  witness = { for name, site in var.sites : name => site if site.role == "witness" }

  names = { for name in keys(var.sites) : name => "${var.project}-${var.environment}-${name}" }
  tags = {
    for name in keys(var.sites) : name => {
      "paygateway.dev/project"     = var.project
      "paygateway.dev/environment" = var.environment
      "paygateway.dev/region"      = name
      "paygateway.dev/owner"       = var.owner
      "paygateway.dev/managed-by"  = "terraform"
    }
  }
}
