data "salesforce_user" "manager" {
  username = "sam.seller@example.com"
}

output "manager_id" {
  value = data.salesforce_user.manager.id
}
