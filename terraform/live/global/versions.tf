terraform {
  required_version = ">= 1.11, < 2.0"

  # In the witness's region: within reach when either region is gone. Locked by a table of the same region; encrypted; versioned.
  backend "oss" {
    region              = "cn-hangzhou"
    bucket              = "payment-gateway-production-state-cn-hangzhou"
    prefix              = "global"
    key                 = "terraform.tfstate"
    encrypt             = true
    acl                 = "private"
    tablestore_endpoint = "https://pgw-state-lock.cn-hangzhou.ots.aliyuncs.com"
    tablestore_table    = "terraform_lock"
  }

  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.294.0"
    }
  }
}
