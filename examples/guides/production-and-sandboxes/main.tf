variable "sandbox" {
  description = "Name of the sandbox, empty for production."
  type        = string
  default     = ""
}

# A sandbox refresh appends the sandbox's name to every username.
resource "salesforce_integration_user" "billing" {
  username        = provider::salesforce::sandbox_username("billing-sync@example.com", var.sandbox)
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.billing.name]
}

resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"

  object_permissions = { Account = ["read"] }
}

# The plan stops when it is about to touch another kind of org than was meant.
data "salesforce_organization" "this" {
  lifecycle {
    postcondition {
      condition     = self.is_sandbox == (var.sandbox != "")
      error_message = "This org is ${self.is_sandbox ? "a sandbox" : "production"}, but var.sandbox is ${jsonencode(var.sandbox)}. Check SALESFORCE_LOGIN_URL."
    }
  }
}
