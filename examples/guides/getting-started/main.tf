terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

provider "salesforce" {} # signs in with what the environment says

# What the integration may do: this, and nothing else.
resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"

  object_permissions = {
    Account = ["read", "edit"]
  }
  field_permissions = {
    "Account.Phone" = "edit"
  }
}

# The user that it is: API-only, so that MFA never stands in its way.
resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.billing.name]
}
