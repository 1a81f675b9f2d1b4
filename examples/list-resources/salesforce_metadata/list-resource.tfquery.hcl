# terraform query -generate-config-out=sites.tf writes them as resources with import blocks.
list "salesforce_metadata" "sites" {
  provider         = salesforce
  include_resource = true

  config {
    type = "RemoteSiteSetting"
  }
}
