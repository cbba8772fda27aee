variable "name" {
  description = "First part of the resources' names."
  type        = string
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
}

variable "detection" {
  description = "Probes (contract.detection); the arithmetic of the contract holds only if these are what is set."
  type = object({
    product             = string
    interval_seconds    = number
    evaluation_count    = number
    timeout_seconds     = number
    propagation_seconds = number
    ttl_seconds         = number
  })

  validation {
    condition     = var.detection.product == "global-accelerator"
    error_message = "This module is Global Accelerator. DNS as what switches is a line of the contract's budget; no module makes it."
  }
}

variable "regions" {
  description = "By region: its cloud region, its network load balancer, and its share of the traffic (0 drains it, 10 is the first step of a fail back)."
  type = map(object({
    cloud_region = string
    edge_id      = string
    percentage   = number
  }))

  validation {
    condition     = length(var.regions) == 2 && alltrue([for region in var.regions : region.percentage >= 0 && region.percentage <= 100])
    error_message = "Two regions, each with 0 to 100 % of its traffic."
  }
  validation {
    condition     = sum([for region in var.regions : region.percentage]) > 0
    error_message = "One region at least must take traffic."
  }
}

variable "domain" {
  description = "The merchants' domain, like pay.example.com, and the name in it that they call."
  type        = object({ zone = string, host = string })
}

variable "health_path" {
  description = "What says whether a region should get traffic."
  type        = string
  default     = "/health/region"
}
