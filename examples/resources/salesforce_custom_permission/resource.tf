# Validation rules ask for it: NOT($Permission.Bypass_Billing_Rules) lets nobody past but those who hold it.
resource "salesforce_custom_permission" "bypass" {
  name        = "Bypass_Billing_Rules"
  label       = "Bypass Billing Rules"
  description = "Lets an integration past the validation rules of orders."
}

resource "salesforce_custom_permission" "correct" {
  name                 = "Correct_Invoices"
  label                = "Correct Invoices"
  required_permissions = [salesforce_custom_permission.bypass.name]
}

resource "salesforce_permission_set" "billing" {
  name               = "Billing_Sync"
  label              = "Billing Sync"
  custom_permissions = [salesforce_custom_permission.bypass.name]
}
