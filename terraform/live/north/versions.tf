terraform {
  required_version = ">= 1.11, < 2.0"

  # In the North itself: needed only to change the North. Bucket and lock are this root's alone; encrypted; versioned.
  backend "oss" {
    region              = "cn-beijing"
    bucket              = "payment-gateway-production-state-north"
    prefix              = "north"
    key                 = "terraform.tfstate"
    encrypt             = true
    acl                 = "private"
    tablestore_endpoint = "https://pgw-state-lock.cn-beijing.ots.aliyuncs.com"
    tablestore_table    = "lock_north"
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
