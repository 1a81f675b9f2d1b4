data "salesforce_organization" "this" {}

# Sandboxes get usernames of their own.
output "username_suffix" {
  value = data.salesforce_organization.this.is_sandbox ? ".sandbox" : ""
}
