data "salesforce_profile" "api_only" {
  name = "Minimum Access - API Only Integrations"

  lifecycle {
    postcondition {
      condition     = self.api_user_only
      error_message = "Integrations need an API-only profile."
    }
  }
}
