variable "name" {
  description = "First part of the resources' names."
  type        = string
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
}

variable "cluster_id" {
  description = "The region's cluster."
  type        = string
}

variable "vswitches" {
  description = "By zone: where the database's nodes live; two different zones."
  type        = map(string)

  validation {
    condition     = length(var.vswitches) == 2
    error_message = "Two database nodes a region, each in a zone of its own."
  }
}

variable "security_group_id" {
  description = "The nodes' security group."
  type        = string
}

variable "kms_key_id" {
  description = "The region's key."
  type        = string
}

variable "peer_cidrs" {
  description = "By region: networks of the others that replicate with this one."
  type        = map(string)

  validation {
    condition     = alltrue([for cidr in values(var.peer_cidrs) : can(cidrhost(cidr, 0)) && tonumber(split("/", cidr)[1]) >= 16])
    error_message = "peer_cidrs are networks of /16 or smaller: nothing wider may reach the database."
  }
}

variable "witness_cidr" {
  description = "Network of the witness: it votes and takes no data."
  type        = string
}

variable "instance_types" {
  description = "Types of the database's nodes: memory for the buffer pool."
  type        = list(string)
  default     = ["ecs.r8i.2xlarge", "ecs.r7.2xlarge"]
}

variable "backup_days" {
  description = "How long a backup is kept."
  type        = number
  default     = 35

  validation {
    condition     = var.backup_days >= 7
    error_message = "Keep backups for a week at least."
  }
}
