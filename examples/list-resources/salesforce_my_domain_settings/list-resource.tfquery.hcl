# terraform query -generate-config-out=my_domain_settings.tf writes them as a resource with an import block.
list "salesforce_my_domain_settings" "org" {
  provider         = salesforce
  include_resource = true
}
