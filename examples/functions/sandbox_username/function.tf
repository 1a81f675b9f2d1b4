variable "sandbox" {
  description = "Name of the sandbox, empty for production."
  type        = string
  default     = "dev"
}

# One configuration for production and its sandboxes: refreshing dev renames the user as this expects.
resource "salesforce_integration_user" "billing" {
  username  = provider::salesforce::sandbox_username("billing-sync@example.com", var.sandbox) # "billing-sync@example.com.dev"
  last_name = "Billing Sync"
  email     = "integrations@example.com"
}

output "in_production" {
  value = provider::salesforce::sandbox_username("billing-sync@example.com", "") # "billing-sync@example.com"
}
