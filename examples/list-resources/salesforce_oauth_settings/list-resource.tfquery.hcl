# terraform query -generate-config-out=oauth_settings.tf writes them as a resource with an import block.
list "salesforce_oauth_settings" "org" {
  provider         = salesforce
  include_resource = true
}
