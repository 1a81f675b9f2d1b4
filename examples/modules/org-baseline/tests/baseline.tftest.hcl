# A fresh org, where people log in with passwords, with a connected app that every user can authorise and an integration that was switched
# off, and where OAuth flows are open that newer orgs block (tests/org).
variables {
  exceptions = {
    "SBS-AUTH-001"  = "no identity provider yet"
    "SBS-OAUTH-002" = "the app goes in March"
  }
}

run "leaves_to_the_org_what_is_unmanaged" {
  variables {
    unmanaged = ["block_oauth_un_pw_flow", "enable_sms_identity", "minimum_password_length"]
  }
  assert {
    condition = jsonencode(output.deviations) == jsonencode({
      block_oauth_un_pw_flow  = { actual = "false", recommended = "true" }
      enable_sms_identity     = { actual = "true", recommended = "false" }
      minimum_password_length = { actual = "8", recommended = "14" }
    })
    error_message = "Not as recommended: ${jsonencode(output.deviations)}."
  }
}

run "sets_the_baseline" {
  assert {
    condition     = length(output.deviations) == 0
    error_message = "Not as recommended: ${jsonencode(output.deviations)}."
  }
  assert {
    condition = jsonencode({ for id, control in output.controls : id => control.pass }) == jsonencode({
      "SBS-ACS-007" = null, "SBS-ACS-008" = true, "SBS-AUTH-001" = false, "SBS-AUTH-003" = null, "SBS-OAUTH-002" = false
    })
    error_message = "The controls are ${jsonencode(output.controls)}."
  }
  assert {
    condition     = output.controls["SBS-AUTH-003"].evidence == "Audited profiles: none; too wide: none." && output.controls["SBS-AUTH-001"].exception == "no identity provider yet"
    error_message = "The controls are ${jsonencode(output.controls)}."
  }
  assert {
    condition     = salesforce_session_settings.org.on_destroy == "restore"
    error_message = "Destroying would ${salesforce_session_settings.org.on_destroy} the settings."
  }
}

run "keeps_everything_if_told" {
  command = plan
  variables {
    on_destroy        = "keep"
    password_policies = { minimum_password_length = 8 }
    trusted_ip_ranges = { "192.0.2.0/24" = "Head office" }
  }
  assert {
    condition = alltrue([for settings in [
      salesforce_session_settings.org, salesforce_password_policies.org, salesforce_oauth_settings.org, salesforce_single_sign_on_settings.org, salesforce_trusted_ip_ranges.org[0],
    ] : settings.on_destroy == "keep"])
    error_message = "Something is restored when it is destroyed."
  }
}

run "warns_of_a_control_without_exception" {
  command = plan
  variables {
    exceptions = {}
  }
  expect_failures = [check.controls]
}

run "relaxes_what_a_variable_says" {
  variables {
    session_settings  = { session_timeout = "EightHours", lock_sessions_to_domain = false }
    password_policies = { minimum_password_length = 12 }
    oauth_settings    = { block_oauth_usr_agt_flow = false }
    unmanaged         = ["enable_sms_identity"]
    trusted_ip_ranges = { "192.0.2.0/24" = "Head office" }
  }
  assert {
    condition = jsonencode(output.deviations) == jsonencode({
      block_oauth_usr_agt_flow = { actual = "false", recommended = "true" }
      lock_sessions_to_domain  = { actual = "false", recommended = "true" }
      minimum_password_length  = { actual = "12", recommended = "14" }
      session_timeout          = { actual = "EightHours", recommended = "TwoHours" }
    })
    error_message = "Relaxed are ${jsonencode(output.deviations)}."
  }
  assert {
    condition     = salesforce_trusted_ip_ranges.org[0].ip_ranges == tomap({ "192.0.2.0/24" = "Head office" })
    error_message = "Trusted are ${jsonencode(salesforce_trusted_ip_ranges.org[0].ip_ranges)}."
  }
  assert {
    condition     = salesforce_profile_session_setting.this["System Administrator"].session_timeout == 30 && salesforce_profile_session_setting.this["System Administrator"].force_logout
    error_message = "Sessions of administrators end after ${salesforce_profile_session_setting.this["System Administrator"].session_timeout} minutes."
  }
}

run "an_org_with_risks" {
  module {
    source = "./tests/risks"
  }
}

run "tells_what_is_not_met" {
  variables {
    exceptions         = {}
    known_integrations = ["other@example.com"]
    audited_profiles   = ["Admin", "Open"]
  }
  assert {
    condition     = !anytrue([for control in output.controls : control.pass])
    error_message = "The controls are ${jsonencode(output.controls)}."
  }
  assert {
    condition = jsonencode({ for id, control in output.controls : id => control.evidence }) == jsonencode({
      "SBS-ACS-007"   = "API-only users: 6; not in known_integrations: authorapex@example.com, customizeapplication@example.com, manageusers@example.com, modifyalldata@example.com, reader@example.com, viewalldata@example.com."
      "SBS-ACS-008"   = "API-only users: 6; with such permissions and no reason: authorapex@example.com, customizeapplication@example.com, manageusers@example.com, modifyalldata@example.com, viewalldata@example.com."
      "SBS-AUTH-001"  = "is_login_with_salesforce_credentials_disabled is false."
      "SBS-AUTH-003"  = "Audited profiles: Admin, Open; too wide: 11.0.0.0-12.0.0.0 of Open, 2001:dba::-2001:dbb:: of Open."
      "SBS-OAUTH-002" = "Apps that every user can authorise: Everybody, Legacy."
    })
    error_message = "The evidence is\n${join("\n", [for control in output.controls : control.evidence])}"
  }
  expect_failures = [check.controls]
}

run "names_all_software_without_an_inventory" {
  command = plan
  assert {
    condition     = output.controls["SBS-ACS-007"].pass == null && strcontains(output.controls["SBS-ACS-007"].evidence, "not in known_integrations: authorapex@example.com, ")
    error_message = "The evidence is ${output.controls["SBS-ACS-007"].evidence}"
  }
  expect_failures = [check.controls]
}

run "an_org_with_an_identity_provider" {
  module {
    source = "./tests/single_sign_on"
  }
}

run "passes_what_is_met" {
  command = plan
  variables {
    known_integrations      = ["reader@example.com", "authorapex@example.com", "customizeapplication@example.com", "manageusers@example.com", "modifyalldata@example.com", "viewalldata@example.com"]
    privileged_integrations = { for name in ["authorapex", "customizeapplication", "manageusers", "modifyalldata", "viewalldata"] : "${name}@example.com" => "runs the org" }
    single_sign_on_only     = true
    audited_profiles        = ["Admin"]
  }
  assert {
    condition = jsonencode({ for id, control in output.controls : id => control.pass }) == jsonencode({
      "SBS-ACS-007" = true, "SBS-ACS-008" = true, "SBS-AUTH-001" = true, "SBS-AUTH-003" = true, "SBS-OAUTH-002" = false
    })
    error_message = "The controls are ${jsonencode(output.controls)}."
  }
}

run "takes_every_timeout_that_salesforce_knows" {
  command = plan
  variables {
    profile_session_timeouts = {
      "System Administrator"        = 15, "Standard User" = 30, "Marketing User" = 60, "Contract Manager" = 90, "Solution Manager" = 120, "Read Only" = 240
      "Minimum Access - Salesforce" = 480, "Minimum Access - API Only Integrations" = 720, "Analytics Cloud Integration User" = 1440
    }
  }
  assert {
    condition     = { for profile, setting in salesforce_profile_session_setting.this : profile => setting.session_timeout } == { for profile, minutes in var.profile_session_timeouts : profile => minutes }
    error_message = "The sessions are ${jsonencode(salesforce_profile_session_setting.this)}."
  }
  expect_failures = [check.controls]
}

run "refuses_what_is_malformed" {
  command = plan
  variables {
    password_policies        = { minimum_password_length = 7 }
    unmanaged                = ["session_timeouts"]
    profile_session_timeouts = { "System Administrator" = 45 }
    on_destroy               = "reset"
    privileged_integrations  = { "robot@example.com" = "" }
    exceptions               = { "SBS-XYZ-001" = "unknown" }
  }
  expect_failures = [
    var.password_policies, var.unmanaged, var.profile_session_timeouts, var.on_destroy, var.privileged_integrations, var.exceptions,
  ]
}

run "refuses_an_exception_without_a_reason" {
  command = plan
  variables {
    exceptions = { "SBS-AUTH-001" = " " }
  }
  expect_failures = [var.exceptions]
}
