data "salesforce_user_license" "integration" {
  name = "Salesforce Integration"
}

output "free_integration_seats" {
  value = data.salesforce_user_license.integration.available
}
