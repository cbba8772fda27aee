variable "project" {
  description = "First part of every name."
  type        = string
  default     = "payment-gateway"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.project))
    error_message = "project is 3 to 21 of a-z, 0-9 and -, starting with a letter."
  }
}

variable "environment" {
  description = "production, staging, ...; part of every name and tag."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{3,12}$", var.environment))
    error_message = "environment is 3 to 12 letters a-z."
  }
}

variable "owner" {
  description = "Team that pays and is called."
  type        = string
  default     = "payments"
}

variable "sites" {
  description = "Where things run. Exactly two regions serve; the witness only votes."
  type = map(object({
    cloud_region = string
    role         = string
    cidr         = string
    zones        = list(string)
    votes        = number
  }))
  default = {
    east = {
      cloud_region = "cn-shanghai", role = "region", cidr = "10.1.0.0/16", votes = 2
      zones        = ["cn-shanghai-e", "cn-shanghai-l", "cn-shanghai-n"]
    }
    north = {
      cloud_region = "cn-beijing", role = "region", cidr = "10.2.0.0/16", votes = 2
      zones        = ["cn-beijing-h", "cn-beijing-i", "cn-beijing-l"]
    }
    witness = {
      cloud_region = "cn-hangzhou", role = "witness", cidr = "10.3.0.0/24", votes = 1
      zones        = ["cn-hangzhou-k"]
    }
  }

  validation {
    condition     = alltrue([for name in keys(var.sites) : can(regex("^[a-z]{2,16}$", name))])
    error_message = "A site's name is 2 to 16 letters a-z: it becomes gateway.region."
  }
  validation {
    condition     = alltrue([for site in var.sites : contains(["region", "witness"], site.role)])
    error_message = "role is region or witness."
  }
  validation {
    condition     = length([for site in var.sites : site if site.role == "region"]) == 2
    error_message = "Two regions serve, no more and no fewer."
  }
  validation {
    condition     = length(distinct([for site in var.sites : site.cloud_region])) == length(var.sites)
    error_message = "Each site stands in a cloud region of its own: two in one would fall together."
  }
  validation {
    condition = alltrue([
      for site in var.sites : length(distinct(site.zones)) >= (site.role == "region" ? 3 : 1)
    ])
    error_message = "A region spreads over three zones, a witness needs one."
  }
  validation {
    condition     = alltrue([for site in var.sites : can(cidrhost(site.cidr, 0))])
    error_message = "cidr is an IPv4 network such as 10.1.0.0/16."
  }
  validation {
    # Two networks overlap if, cut to the shorter prefix, they are the same.
    condition = alltrue([
      for pair in setproduct(keys(var.sites), keys(var.sites)) : pair[0] == pair[1] ? true : (
        cidrsubnet("${split("/", var.sites[pair[0]].cidr)[0]}/${min(
        tonumber(split("/", var.sites[pair[0]].cidr)[1]), tonumber(split("/", var.sites[pair[1]].cidr)[1]))}", 0, 0)
        != cidrsubnet("${split("/", var.sites[pair[1]].cidr)[0]}/${min(
        tonumber(split("/", var.sites[pair[0]].cidr)[1]), tonumber(split("/", var.sites[pair[1]].cidr)[1]))}", 0, 0)
      )
    ])
    error_message = "The sites' networks overlap: no route between them could be told apart."
  }
  validation {
    # Galera serves where more than half of the votes still see each other.
    condition = alltrue([
      for lost in var.sites : 2 * (sum([for site in var.sites : site.votes]) - lost.votes) > sum([for site in var.sites : site.votes])
    ])
    error_message = "The loss of one site leaves no majority of the votes: the database would stop everywhere."
  }
}

variable "detection" {
  description = <<-EOT
    What notices that a region is dead and sends traffic elsewhere: health probes of one interval, so many failures in a row, the
    time a probe may take, the time until the change is in force, and the DNS time to live (0: addresses do not change).
  EOT
  type = object({
    product             = string
    interval_seconds    = number
    evaluation_count    = number
    timeout_seconds     = number
    propagation_seconds = number
    ttl_seconds         = number
  })
  # Global Accelerator: its addresses never change, so no DNS answer grows old in anybody's cache.
  default = {
    product             = "global-accelerator"
    interval_seconds    = 2
    evaluation_count    = 3
    timeout_seconds     = 2
    propagation_seconds = 7
    ttl_seconds         = 0
  }

  validation {
    condition     = contains(["global-accelerator", "gtm-2", "gtm-3"], var.detection.product)
    error_message = "product is global-accelerator, gtm-2 or gtm-3."
  }
  validation {
    condition     = var.detection.product != "gtm-2" || (var.detection.interval_seconds >= 60 && var.detection.ttl_seconds >= 60)
    error_message = "GTM 2.0 probes every 60 s at best, and its answers live 60 s at least."
  }
  validation {
    condition     = var.detection.product != "gtm-3" || var.detection.interval_seconds >= 15
    error_message = "GTM 3.0 probes every 15 s at best."
  }
  validation {
    condition = var.detection.product != "global-accelerator" || (
      var.detection.evaluation_count >= 2 && var.detection.interval_seconds >= 1 && var.detection.ttl_seconds == 0
    )
    error_message = "Global Accelerator probes every second at best and wants 2 failures; its addresses do not change (ttl 0)."
  }
}

variable "client_cache_seconds" {
  description = "How long a client holds an address beyond its time to live: ours 5 s (networkaddress.cache.ttl), the JDK's default 30 s."
  type        = number
  default     = 5
}

variable "database_seconds" {
  description = "From the loss of a site until the others write again: Galera's suspect and inactive timeouts and the vote (measured 5.5 to 6.4 s)."
  type        = number
  default     = 6.4
}

variable "pool_seconds" {
  description = "Until the survivors' connections are whole again: one commit that waited (8 s at most) and one login."
  type        = number
  default     = 8.25
}

variable "contract_seconds" {
  description = "What the article promised: switched in three minutes."
  type        = number
  default     = 180
}

variable "goal_seconds" {
  description = "What we want."
  type        = number
  default     = 60
}

variable "steady_load_percent" {
  description = "CPU of a region in steady state, as the autoscaler holds it."
  type        = number
  default     = 45

  validation {
    condition     = 2 * var.steady_load_percent <= 90
    error_message = "A surviving region could not hold both regions' load: keep the steady load at 45 % or below."
  }
}
