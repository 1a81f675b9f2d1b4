# terraform query -generate-config-out=profiles.tf writes them as resources with import blocks.
list "salesforce_profile" "integrations" {
  provider         = salesforce
  include_resource = true

  config {
    user_license = "Salesforce Integration"
  }
}
