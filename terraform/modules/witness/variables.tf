variable "name" {
  description = "First part of the resources' names."
  type        = string
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
}

variable "cidr" {
  description = "Network of the witness."
  type        = string
}

variable "zone" {
  description = "Zone that it stands in."
  type        = string
}

variable "peer_cidrs" {
  description = "By region: the networks that may ask for its vote."
  type        = map(string)
}

variable "image_id" {
  description = "Image of the machine, by id: what was tested is what starts."
  type        = string
}

variable "instance_type" {
  description = "The arbitrator holds no data: the smallest will do."
  type        = string
  default     = "ecs.t6-c1m1.large"
}

variable "user_data" {
  description = "cloud-init that starts garbd."
  type        = string
  sensitive   = true
}
