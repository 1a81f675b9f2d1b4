# When a password may have leaked: terraform apply -invoke=action.salesforce_reset_user_password.sam
action "salesforce_reset_user_password" "sam" {
  config {
    username = "sam.seller@example.com"
  }
}
