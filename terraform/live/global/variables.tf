variable "environment" {
  description = "Part of every name and tag."
  type        = string
  default     = "production"
}

variable "sites" {
  description = "for_global of live/east, live/north and live/witness."
  type = object({
    east    = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
    north   = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
    witness = object({ vpc_id = string, vswitches = map(string), cloud_region = string })
  })
}

variable "edge_ids" {
  description = "edge_id of live/east and live/north."
  type        = object({ east = string, north = string })
}

variable "traffic" {
  description = "Share of its traffic that each region takes; 0 drains it, and a fail back goes by 10, 50, 100."
  type        = object({ east = number, north = number })
  default     = { east = 100, north = 100 }
}

variable "domain" {
  description = "The merchants' domain and the name in it that they call."
  type        = object({ zone = string, host = string })
}
