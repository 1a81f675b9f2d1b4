# One that is managed elsewhere, with those that it requires.
data "salesforce_custom_permission" "bypass" {
  name = "Bypass_Validation"
}

# Whoever is granted it is granted what it requires.
resource "salesforce_permission_set" "billing" {
  name               = "Billing_Sync"
  label              = "Billing Sync"
  custom_permissions = setunion([data.salesforce_custom_permission.bypass.name], data.salesforce_custom_permission.bypass.required_permissions)
}
