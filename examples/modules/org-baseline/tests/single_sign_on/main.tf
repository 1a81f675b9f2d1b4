# An identity provider, without which the provider refuses to make single sign-on the only way in.
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

resource "salesforce_metadata" "identity_provider" {
  type      = "AuthProvider"
  full_name = "Workforce"
  content   = { friendlyName = "Workforce", providerType = "OpenIdConnect" }
}
