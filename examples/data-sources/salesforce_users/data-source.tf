# Integrations, by the licence that only they have.
data "salesforce_users" "integrations" {
  user_licenses = ["Salesforce Integration"]
  is_active     = true
}

output "frozen_integrations" {
  value = [for username, user in data.salesforce_users.integrations.users : username if user.is_frozen]
}

output "integration_ids" {
  value = data.salesforce_users.integrations.ids
}
