# Everybody who logs in to the user interface proves it with a second factor, of the kinds that resist phishing.
resource "salesforce_session_settings" "org" {
  enable_mfa_direct_ui_login_opt_in = true
  enable_u2f                        = true  # security keys
  enable_built_in_authenticator     = true  # Touch ID, Windows Hello
  enable_sms_identity               = false # can be taken over with the phone number

  identity_confirmation_on_email_change                    = true
  identity_confirmation_on_two_factor_registration_enabled = true

  session_timeout                                    = "TwoHours"
  force_logout_on_session_timeout                    = true
  lock_sessions_to_domain                            = true
  terminate_user_sessions_when_admin_resets_password = true

  on_destroy = "restore"
}

# Passwords are the weaker half of what is left of them.
resource "salesforce_password_policies" "org" {
  minimum_password_length = 14
  complexity              = "UpperLowerCaseNumericSpecialCharacters"
  history_restriction     = 12
  max_login_attempts      = "FiveAttempts"
  lockout_interval        = "ThirtyMinutes"
}

# No integration sends a password or gets its token in an address.
resource "salesforce_oauth_settings" "org" {
  block_oauth_un_pw_flow   = true
  block_oauth_usr_agt_flow = true
}

# Where people need no device activation. Narrow ranges only: Salesforce ignores wide ones.
resource "salesforce_trusted_ip_ranges" "org" {
  ip_ranges = {
    "192.0.2.0/24" = "Head office"
  }
}

# Those who can change everything are logged out soonest.
resource "salesforce_profile_session_setting" "administrators" {
  profile         = "System Administrator"
  session_timeout = 30
  force_logout    = true
}
