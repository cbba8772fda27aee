variable "environment" {
  description = "Part of every name and tag."
  type        = string
  default     = "production"
}

variable "image_id" {
  description = "The machine's image, by id."
  type        = string
}

variable "user_data" {
  description = "cloud-init that starts the arbitrator; holds its certificate, so it comes by environment (TF_VAR_user_data)."
  type        = string
  sensitive   = true
}
