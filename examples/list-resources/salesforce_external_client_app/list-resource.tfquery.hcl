# terraform query -generate-config-out=external_client_apps.tf writes them as resources with import blocks.
list "salesforce_external_client_app" "all" {
  provider         = salesforce
  include_resource = true
}
