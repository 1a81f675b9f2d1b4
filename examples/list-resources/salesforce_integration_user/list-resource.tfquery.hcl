# terraform query -generate-config-out=integrations.tf writes them as resources with import blocks.
list "salesforce_integration_user" "all" {
  provider         = salesforce
  include_resource = true
}
