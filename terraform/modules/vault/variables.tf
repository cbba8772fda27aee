variable "values" {
  description = "What the files' ${"$"}{names} stand for in this region (config/README.md, kubernetes/README.md)."
  type = object({
    region                  = string
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
  sensitive = true

  validation {
    condition     = startswith(var.values.vault_address, "https://") && startswith(var.values.kubernetes_host, "https://")
    error_message = "Vault and Kubernetes are reached over https only."
  }
}
