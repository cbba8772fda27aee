terraform {
  required_version = ">= 1.11, < 2.0"
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "1.294.0"
    }
  }
}
