resource "salesforce_single_sign_on_settings" "org" {
  enable_saml_login                     = true
  enable_case_insensitive_federation_id = true
}
