output "failover_seconds" {
  description = "Worst time from a region's death to the first payment in the other."
  value       = local.failover_seconds

  precondition {
    condition = local.failover_seconds <= var.contract_seconds
    error_message = format(
      "Failover takes up to %.2f s with %s, the contract allows %d s: %s.", local.failover_seconds, var.detection.product,
      var.contract_seconds, join(", ", [for step, seconds in local.steps : format("%s %.2f", step, seconds)])
    )
  }
}

output "steps" {
  description = "What failover_seconds is the sum of."
  value       = local.steps
}

output "traffic_seconds" {
  description = "Until new connections reach the other region: detection, propagation and the life of DNS answers, without caches behind it."
  value       = local.steps.detection + local.steps.propagation + local.steps.dns_ttl
}

output "meets_goal" {
  description = "Whether the goal is met, not only the contract."
  value       = local.failover_seconds <= var.goal_seconds
}

output "detection" {
  description = "The chosen probes; the gslb module sets exactly these."
  value       = var.detection
}

output "sites" {
  description = "All sites."
  value       = var.sites
}

output "regions" {
  description = "The sites that serve."
  value       = local.regions
}

output "witness" {
  description = "The site that only votes."
  value       = local.witness
}

output "names" {
  description = "By site: the first part of its resources' names."
  value       = local.names
}

output "tags" {
  description = "By site: the tags of all its resources."
  value       = local.tags
}
