# What the billing integration may do, and nothing else.
resource "salesforce_permission_set" "billing" {
  name        = "Billing_Sync"
  label       = "Billing Sync"
  description = "Reads accounts and writes orders."

  object_permissions = {
    Account = ["read", "edit"]
    Order   = ["read", "create", "edit"]
  }
  field_permissions = {
    "Account.BillingCode__c" = "edit" # includes read
    "Account.Industry"       = "read"
  }
  user_permissions   = ["ApiEnabled", "ViewSetup"]
  apex_classes       = ["BillingApi"]
  custom_permissions = ["Bypass_Validation"]
}
