variable "name" {
  description = "First part of the resources' names."
  type        = string
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
}

variable "sites" {
  description = "By site (east, north, witness): its network, where to attach to it, and its cloud region."
  type = object({
    east    = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
    north   = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
    witness = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
  })
}

variable "bandwidth_mbit" {
  description = "Of each link between two sites; replication of both regions' writes, and a full state transfer beside it."
  type        = number
  default     = 200

  validation {
    condition     = var.bandwidth_mbit >= 100
    error_message = "Below 100 Mbit/s a full state transfer starves replication."
  }
}
