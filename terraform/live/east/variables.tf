variable "environment" {
  description = "Part of every name and tag."
  type        = string
  default     = "production"
}

variable "vault_values" {
  description = "What Vault's configuration needs to know of this region; null until Vault runs. Given by environment (TF_VAR_vault_values), never by a file."
  type = object({
    vault_address           = string
    token_ttl               = string
    database_address        = string
    database_admin          = string
    database_admin_password = string
    database_ca             = string
    database_client         = string
    kubernetes_host         = string
    kubernetes_ca           = string
  })
  default   = null
  sensitive = true
}
