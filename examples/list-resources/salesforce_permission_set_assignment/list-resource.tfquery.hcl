# terraform query -generate-config-out=permission_set_assignments.tf writes them as resources with import blocks.
list "salesforce_permission_set_assignment" "billing" {
  provider         = salesforce
  include_resource = true

  config {
    permission_set = "Billing_Sync"
  }
}
