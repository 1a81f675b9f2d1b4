# After too many wrong passwords: terraform apply -invoke=action.salesforce_unlock_user.sam
action "salesforce_unlock_user" "sam" {
  config {
    username = "sam.seller@example.com"
  }
}
