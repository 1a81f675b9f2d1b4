# terraform query -generate-config-out=permission_set_license_assignments.tf writes them as resources with import blocks.
list "salesforce_permission_set_license_assignment" "integrations" {
  provider         = salesforce
  include_resource = true

  config {
    permission_set_license = "SalesforceAPIIntegrationPsl"
  }
}
