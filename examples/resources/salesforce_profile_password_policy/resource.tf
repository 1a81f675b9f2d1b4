# An expired password would stop the integrations, although none of them uses it.
resource "salesforce_profile_password_policy" "integrations" {
  profile                 = "Minimum Access - API Only Integrations"
  password_expiration     = 0
  minimum_password_length = 20
}
