# In an emergency: terraform apply -invoke=action.salesforce_freeze_user.billing
action "salesforce_freeze_user" "billing" {
  config {
    username = "billing-sync@example.com"
  }
}
