# What an org has already that an integration may use.
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

resource "salesforce_metadata" "approve" {
  type      = "CustomPermission"
  full_name = "Approve_Invoices"
  content   = { label = "Approve Invoices", isLicensed = false }
}

resource "salesforce_permission_set" "shared" {
  name  = "Shared"
  label = "Shared"
}

# The standard profile of older orgs, beside the newer one of a fresh org.
resource "salesforce_profile" "older" {
  name         = "Salesforce API Only System Integrations"
  user_license = "Salesforce Integration"
}
