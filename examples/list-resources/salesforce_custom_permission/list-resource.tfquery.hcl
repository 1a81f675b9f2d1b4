# terraform query -generate-config-out=custom_permissions.tf writes them as resources with import blocks.
list "salesforce_custom_permission" "all" {
  provider         = salesforce
  include_resource = true
}
