import {
  to = salesforce_profile_password_policy.integrations
  id = "Minimum Access - API Only Integrations"
}
