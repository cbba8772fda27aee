output "paths" {
  description = "By stage: the API paths that are written."
  value       = { for stage, files in local.files : stage => keys(files) }
}
