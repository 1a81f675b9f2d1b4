output "client_id" {
  description = "The app's consumer key, which the integration signs in with. Its secret is in Setup, and never in Terraform's state."
  value       = salesforce_external_client_app.billing.consumer_key
}

output "user_id" {
  description = "The user's record id, to open it in Setup."
  value       = salesforce_integration_user.billing.id
}
