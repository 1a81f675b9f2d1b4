# terraform query -generate-config-out=session_settings.tf writes them as a resource with an import block.
list "salesforce_session_settings" "org" {
  provider         = salesforce
  include_resource = true
}
