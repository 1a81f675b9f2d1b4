check "billing_is_not_privileged" {
  data "salesforce_user_access" "billing" {
    username = "billing-sync@example.com"
  }
  assert {
    condition     = !data.salesforce_user_access.billing.privileged
    error_message = "The billing integration is privileged: ${join("; ", data.salesforce_user_access.billing.privileged_reasons)}."
  }
}
