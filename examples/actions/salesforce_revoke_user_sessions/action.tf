# In an emergency, after salesforce_freeze_user: terraform apply -invoke=action.salesforce_revoke_user_sessions.billing
action "salesforce_revoke_user_sessions" "billing" {
  config {
    username = "billing-sync@example.com"
  }
}
