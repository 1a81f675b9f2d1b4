# The address bar of Salesforce's pages shows 15 characters.
output "owner_id" {
  value = provider::salesforce::id18("0050000000000Ab") # "0050000000000AbAAI"
}
