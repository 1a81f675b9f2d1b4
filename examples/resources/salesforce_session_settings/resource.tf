# Multi-factor authentication with methods that resist phishing, and short sessions.
resource "salesforce_session_settings" "org" {
  enable_mfa_direct_ui_login_opt_in = true
  enable_u2f                        = true
  enable_built_in_authenticator     = true
  skip_sfa_when_mfa_direct_ui_login = true

  session_timeout                 = "TwoHours"
  force_logout_on_session_timeout = true

  # When Terraform lets go of them, the org gets back what it had.
  on_destroy = "restore"
}
