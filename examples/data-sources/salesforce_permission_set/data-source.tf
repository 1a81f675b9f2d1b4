resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"
}

# By name for a permission set that is made elsewhere; here by id, so that it is read when it is there.
data "salesforce_permission_set" "billing" {
  id = salesforce_permission_set.billing.id
}

output "is_tied_to_a_licence" {
  value = data.salesforce_permission_set.billing.license_id != null
}
