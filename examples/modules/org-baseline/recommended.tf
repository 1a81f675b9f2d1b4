# What the module sets unless a variable says otherwise, by resource.
locals {
  recommended = {
    session_settings = {
      enable_mfa_direct_ui_login_opt_in = true  # Salesforce demands it of employees anyway
      enable_u2f                        = true  # security keys
      enable_built_in_authenticator     = true  # Touch ID, Windows Hello
      enable_sms_identity               = false # can be taken over with the phone number

      identity_confirmation_on_email_change                    = true
      identity_confirmation_on_two_factor_registration_enabled = true

      session_timeout                                    = "TwoHours"
      force_logout_on_session_timeout                    = true
      lock_sessions_to_domain                            = true
      terminate_user_sessions_when_admin_resets_password = true
    }
    password_policies = {
      minimum_password_length = 14
      complexity              = "UpperLowerCaseNumericSpecialCharacters"
      history_restriction     = 12
      max_login_attempts      = "FiveAttempts"
      lockout_interval        = "ThirtyMinutes"
    }
    oauth_settings = {
      block_oauth_un_pw_flow   = true # a password in a file
      block_oauth_usr_agt_flow = true # a token in an address
    }
  }

  # What is written: null leaves a setting to the org, and reads it back.
  session_settings = {
    for name, value in local.recommended.session_settings : name => contains(var.unmanaged, name) ? null : coalesce(var.session_settings[name], value)
  }
  password_policies = {
    for name, value in local.recommended.password_policies : name => contains(var.unmanaged, name) ? null : coalesce(var.password_policies[name], value)
  }
  oauth_settings = {
    for name, value in local.recommended.oauth_settings : name => contains(var.unmanaged, name) ? null : coalesce(var.oauth_settings[name], value)
  }
}
