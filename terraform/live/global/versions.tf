terraform {
  required_version = ">= 1.11, < 2.0"

  # In the witness's region: within reach when either region is gone. Bucket and lock are this root's alone; encrypted; versioned.
  backend "oss" {
    region              = "cn-hangzhou"
    bucket              = "payment-gateway-production-state-global"
    prefix              = "global"
    key                 = "terraform.tfstate"
    encrypt             = true
    acl                 = "private"
    tablestore_endpoint = "https://pgw-state-lock.cn-hangzhou.ots.aliyuncs.com"
    tablestore_table    = "lock_global"
  }

  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.294.0"
    }
  }
}
