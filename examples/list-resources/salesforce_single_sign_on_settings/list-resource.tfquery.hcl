# terraform query -generate-config-out=single_sign_on_settings.tf writes them as a resource with an import block.
list "salesforce_single_sign_on_settings" "org" {
  provider         = salesforce
  include_resource = true
}
