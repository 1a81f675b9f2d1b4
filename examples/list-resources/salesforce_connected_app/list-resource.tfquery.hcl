# terraform query -generate-config-out=connected_apps.tf writes them as resources with import blocks.
list "salesforce_connected_app" "all" {
  provider         = salesforce
  include_resource = true
}
