moved {
  from = salesforce_user.billing
  to   = salesforce_integration_user.billing
}

resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = ["Billing_Sync"]
}
