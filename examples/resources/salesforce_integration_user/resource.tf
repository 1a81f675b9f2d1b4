# What the integration may do.
resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"

  object_permissions = {
    Account = ["read", "edit"]
    Order   = ["read", "create"]
  }
  field_permissions = {
    "Account.BillingCode__c" = "edit"
    "Order.PoNumber"         = "read"
  }
}

# The user that it signs in as: API-only, so that no one can log in to the UI with it.
resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.billing.name]
}
