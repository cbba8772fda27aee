# The whole root against the published schema; no cloud answers.

mock_provider "alicloud" {}

run "stands_apart" {
  variables {
    image_id  = "debian_12_x64_20G_alibase_20260101.vhd"
    user_data = "#cloud-config"
  }

  assert {
    condition     = output.for_global.cloud_region == "cn-hangzhou"
    error_message = "The witness stands in neither region."
  }
}
