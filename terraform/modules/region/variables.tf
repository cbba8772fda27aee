variable "name" {
  description = "First part of the resources' names (contract.names)."
  type        = string
}

variable "tags" {
  description = "Tags of all resources (contract.tags)."
  type        = map(string)
}

variable "cidr" {
  description = "Network of the region, a /16."
  type        = string

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "cidr is an IPv4 /16."
  }
}

variable "peer_cidrs" {
  description = "By region: networks of the others, whose calls come in by the east-west gateways."
  type        = map(string)

  validation {
    condition     = alltrue([for cidr in values(var.peer_cidrs) : can(cidrhost(cidr, 0)) && tonumber(split("/", cidr)[1]) >= 16])
    error_message = "peer_cidrs are networks of /16 or smaller: nothing wider may come in past the edge."
  }
}

variable "zones" {
  description = "Three zones of the cloud region."
  type        = list(string)

  validation {
    condition     = length(distinct(var.zones)) == 3
    error_message = "Exactly three different zones."
  }
}

variable "service_cidr" {
  description = "Network of the cluster's Services; outside all sites' networks."
  type        = string
  default     = "172.21.0.0/20"
}

variable "kubernetes_version" {
  description = "ACK's version, 1.34 or newer."
  type        = string
  default     = "1.35.2-aliyun.1"

  validation {
    condition     = tonumber(split(".", var.kubernetes_version)[1]) >= 34
    error_message = "Kubernetes 1.34 or newer: native sidecars and the sleep hook are taken for granted."
  }
}

variable "instance_types" {
  description = "Types of the nodes, the first that can be had."
  type        = list(string)
  default     = ["ecs.g8i.2xlarge", "ecs.g7.2xlarge"]
}

variable "nodes_per_zone" {
  description = "Nodes of a zone: from, to."
  type        = object({ min = number, max = number })
  default     = { min = 1, max = 4 }

  validation {
    condition     = var.nodes_per_zone.min >= 1 && var.nodes_per_zone.max >= 2 * var.nodes_per_zone.min
    error_message = "At least one node a zone, and room to double: the region must hold both regions' load."
  }
}

variable "maintenance_day" {
  description = "Day on which the cloud may replace this region's control plane and nodes; another than the other region's."
  type        = string

  validation {
    condition     = contains(["Monday", "Tuesday", "Wednesday", "Thursday"], var.maintenance_day)
    error_message = "maintenance_day is Monday to Thursday: the team is there."
  }
}
