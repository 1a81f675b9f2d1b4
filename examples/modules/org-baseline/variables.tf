variable "session_settings" {
  description = "Session settings and MFA that differ from the recommended ones, by their names in salesforce_session_settings."
  type = object({
    enable_mfa_direct_ui_login_opt_in                        = optional(bool)
    enable_u2f                                               = optional(bool)
    enable_built_in_authenticator                            = optional(bool)
    enable_sms_identity                                      = optional(bool)
    identity_confirmation_on_email_change                    = optional(bool)
    identity_confirmation_on_two_factor_registration_enabled = optional(bool)
    session_timeout                                          = optional(string)
    force_logout_on_session_timeout                          = optional(bool)
    lock_sessions_to_domain                                  = optional(bool)
    terminate_user_sessions_when_admin_resets_password       = optional(bool)
  })
  default  = {}
  nullable = false
}

variable "password_policies" {
  description = "Password policies that differ from the recommended ones, by their names in salesforce_password_policies."
  type = object({
    minimum_password_length = optional(number)
    complexity              = optional(string)
    history_restriction     = optional(number)
    max_login_attempts      = optional(string)
    lockout_interval        = optional(string)
  })
  default  = {}
  nullable = false
  validation {
    condition     = coalesce(var.password_policies.minimum_password_length, 14) >= 8
    error_message = "A baseline asks for at least 8 characters; name minimum_password_length in unmanaged to leave it to the org."
  }
}

variable "oauth_settings" {
  description = "OAuth settings that differ from the recommended ones, by their names in salesforce_oauth_settings."
  type = object({
    block_oauth_un_pw_flow   = optional(bool)
    block_oauth_usr_agt_flow = optional(bool)
  })
  default  = {}
  nullable = false
}

variable "unmanaged" {
  description = "Names of settings that are left as the org has them."
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = length(setsubtract(var.unmanaged, keys(merge(values(local.recommended)...)))) == 0
    error_message = "Not a setting of this module: ${join(", ", setsubtract(var.unmanaged, keys(merge(values(local.recommended)...))))}. There are ${join(", ", keys(merge(values(local.recommended)...)))}."
  }
}

variable "profile_session_timeouts" {
  description = "Minutes after which idle sessions of a profile end, by the profile's name."
  type        = map(number)
  default     = { "System Administrator" = 30 } # who can change everything is logged out soonest
  nullable    = false
  validation {
    condition     = alltrue([for minutes in values(var.profile_session_timeouts) : contains([15, 30, 60, 90, 120, 240, 480, 720, 1440], minutes)])
    error_message = "Salesforce knows 15, 30, 60, 90, 120, 240, 480, 720 and 1440 minutes."
  }
}

variable "trusted_ip_ranges" {
  description = "All ranges from which people need no device activation: descriptions by range. Left out, the org's ranges are left alone."
  type        = map(string)
  default     = null
}

variable "single_sign_on_only" {
  description = "Whether passwords of Salesforce can't be used to log in. Left out, the org's setting is left alone."
  type        = bool
  default     = null
}

variable "on_destroy" {
  description = "What destroying does: restore puts back what was there before the first apply, keep leaves everything as it is."
  type        = string
  default     = "restore"
  nullable    = false
  validation {
    condition     = contains(["restore", "keep"], var.on_destroy)
    error_message = "Destroying can restore the settings or keep them."
  }
}

variable "known_integrations" {
  description = "Usernames of all users that are software (SBS-ACS-007), such as those that the module integration makes. Left out, there is no inventory to compare with."
  type        = set(string)
  default     = null
}

variable "privileged_integrations" {
  description = "Software that holds administrative permissions for a reason (SBS-ACS-008): the reason, by username."
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for reason in values(var.privileged_integrations) : trimspace(reason) != ""])
    error_message = "Each has to have a reason."
  }
}

variable "audited_profiles" {
  description = "Names in metadata, such as Admin, of the profiles whose login IP ranges are judged (SBS-AUTH-003). Reading large profiles takes time, so none is by default."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "exceptions" {
  description = "Controls that are not met for a reason: the reason, by the control's id. The check is silent about them; the output shows them."
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = length(setsubtract(keys(var.exceptions), local.control_ids)) == 0 && alltrue([for reason in values(var.exceptions) : trimspace(reason) != ""])
    error_message = "Exceptions are reasons by control id: ${join(", ", local.control_ids)}."
  }
}
