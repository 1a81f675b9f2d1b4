output "user_id" {
  description = "Id of the user."
  value       = salesforce_integration_user.this.id
}

output "username" {
  description = "Username, which signs in with a JWT."
  value       = salesforce_integration_user.this.username
}

output "profile" {
  description = "Name of the user's profile: its own with login IP ranges, the standard API-only one without."
  value       = salesforce_integration_user.this.profile
}

output "permission_set" {
  description = "API name of the permission set."
  value       = salesforce_permission_set.this.name
}

output "app" {
  description = "API name of the external client app."
  value       = salesforce_external_client_app.this.name
}

output "app_id" {
  description = "Id of the external client app, for the ephemeral resources that read its secret: not known before the app is there, so that they wait for it."
  value       = salesforce_external_client_app.this.id
}

output "consumer_key" {
  description = "The app's consumer key: the client_id to sign in with. It is not a secret."
  value       = salesforce_external_client_app.this.consumer_key
}
