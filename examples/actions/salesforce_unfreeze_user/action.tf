# When it is over: terraform apply -invoke=action.salesforce_unfreeze_user.billing
action "salesforce_unfreeze_user" "billing" {
  config {
    username = "billing-sync@example.com"
  }
}
