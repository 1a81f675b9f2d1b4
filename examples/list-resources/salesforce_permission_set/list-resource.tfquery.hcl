# terraform query -generate-config-out=permission_sets.tf writes them as resources with import blocks.
list "salesforce_permission_set" "all" {
  provider         = salesforce
  include_resource = true
}
