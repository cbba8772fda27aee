terraform {
  required_version = ">= 1.11, < 2.0"

  # In the East itself: needed only to change the East. Bucket and lock are this root's alone; encrypted; versioned.
  backend "oss" {
    region              = "cn-shanghai"
    bucket              = "payment-gateway-production-state-east"
    prefix              = "east"
    key                 = "terraform.tfstate"
    encrypt             = true
    acl                 = "private"
    tablestore_endpoint = "https://pgw-state-lock.cn-shanghai.ots.aliyuncs.com"
    tablestore_table    = "lock_east"
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
