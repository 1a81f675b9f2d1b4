# terraform query -generate-config-out=permission_set_groups.tf writes them as resources with import blocks.
list "salesforce_permission_set_group" "all" {
  provider         = salesforce
  include_resource = true
}
