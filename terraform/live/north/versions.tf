terraform {
  required_version = ">= 1.11, < 2.0"

  # In the North itself: needed only to change the North. Locked by a table of the same region; encrypted; versioned.
  backend "oss" {
    region              = "cn-beijing"
    bucket              = "payment-gateway-production-state-cn-beijing"
    prefix              = "north"
    key                 = "terraform.tfstate"
    encrypt             = true
    acl                 = "private"
    tablestore_endpoint = "https://pgw-state-lock.cn-beijing.ots.aliyuncs.com"
    tablestore_table    = "terraform_lock"
  }

  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.294.0"
    }
    vault = {
      source  = "hashicorp/vault"
      version = "5.3.0"
    }
  }
}
