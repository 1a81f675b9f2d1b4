data "salesforce_permission_set_license" "api_integration" {
  developer_name = "SalesforceAPIIntegrationPsl"
}

output "free_api_integration_seats" {
  value = data.salesforce_permission_set_license.api_integration.available
}
