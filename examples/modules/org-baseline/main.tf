resource "salesforce_session_settings" "org" {
  enable_mfa_direct_ui_login_opt_in = local.session_settings.enable_mfa_direct_ui_login_opt_in
  enable_u2f                        = local.session_settings.enable_u2f
  enable_built_in_authenticator     = local.session_settings.enable_built_in_authenticator
  enable_sms_identity               = local.session_settings.enable_sms_identity

  identity_confirmation_on_email_change                    = local.session_settings.identity_confirmation_on_email_change
  identity_confirmation_on_two_factor_registration_enabled = local.session_settings.identity_confirmation_on_two_factor_registration_enabled

  session_timeout                                    = local.session_settings.session_timeout
  force_logout_on_session_timeout                    = local.session_settings.force_logout_on_session_timeout
  lock_sessions_to_domain                            = local.session_settings.lock_sessions_to_domain
  terminate_user_sessions_when_admin_resets_password = local.session_settings.terminate_user_sessions_when_admin_resets_password

  on_destroy = var.on_destroy
}

resource "salesforce_password_policies" "org" {
  minimum_password_length = local.password_policies.minimum_password_length
  complexity              = local.password_policies.complexity
  history_restriction     = local.password_policies.history_restriction
  max_login_attempts      = local.password_policies.max_login_attempts
  lockout_interval        = local.password_policies.lockout_interval
  on_destroy              = var.on_destroy
}

resource "salesforce_oauth_settings" "org" {
  block_oauth_un_pw_flow   = local.oauth_settings.block_oauth_un_pw_flow
  block_oauth_usr_agt_flow = local.oauth_settings.block_oauth_usr_agt_flow
  on_destroy               = var.on_destroy
}

resource "salesforce_single_sign_on_settings" "org" {
  is_login_with_salesforce_credentials_disabled = var.single_sign_on_only
  on_destroy                                    = var.on_destroy
}

resource "salesforce_trusted_ip_ranges" "org" {
  count = var.trusted_ip_ranges == null ? 0 : 1

  ip_ranges  = var.trusted_ip_ranges
  on_destroy = var.on_destroy
}

resource "salesforce_profile_session_setting" "this" {
  for_each = var.profile_session_timeouts

  profile         = each.key
  session_timeout = each.value
  force_logout    = true
}
