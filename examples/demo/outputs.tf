output "username" {
  description = "Whom to name as the run-as user of the integration's app."
  value       = salesforce_integration_user.billing.username
}

output "user_id" {
  description = "The user's record id, to open it in Setup."
  value       = salesforce_integration_user.billing.id
}
