# Controls of the Security Benchmark for Salesforce 0.4.1 (https://securitybenchmark.dev) that an org can be asked about. pass is null
# where there is nothing to judge by.
locals {
  control_ids = ["SBS-ACS-007", "SBS-ACS-008", "SBS-AUTH-001", "SBS-AUTH-003", "SBS-OAUTH-002"]

  judged = {
    "SBS-ACS-007" = {
      title    = "Users that are software are inventoried"
      pass     = var.known_integrations == null ? null : length(local.unknown_integrations) == 0
      evidence = "API-only users: ${length(local.api_only)}; not in known_integrations: ${join(", ", local.unknown_integrations)}."
    }
    "SBS-ACS-008" = {
      title    = "Software holds no administrative permissions without a reason"
      pass     = length(local.unjustified) == 0
      evidence = "API-only users: ${length(local.api_only)}; with such permissions and no reason: ${join(", ", local.unjustified)}."
    }
    "SBS-AUTH-001" = {
      title    = "Nobody logs in with a password of Salesforce"
      pass     = salesforce_single_sign_on_settings.org.is_login_with_salesforce_credentials_disabled
      evidence = "is_login_with_salesforce_credentials_disabled is ${jsonencode(salesforce_single_sign_on_settings.org.is_login_with_salesforce_credentials_disabled)}."
    }
    "SBS-AUTH-003" = {
      title    = "No login IP range of a profile is wide"
      pass     = length(var.audited_profiles) == 0 ? null : length(local.wide_ranges) == 0
      evidence = "Audited profiles: ${join(", ", var.audited_profiles)}; too wide: ${join(", ", local.wide_ranges)}."
    }
    "SBS-OAUTH-002" = {
      title    = "Apps admit users by profile and permission set"
      pass     = length(local.self_authorized) == 0
      evidence = "Apps that every user can authorise: ${join(", ", local.self_authorized)}."
    }
  }
  controls = { for id, control in local.judged : id => merge(control, {
    evidence  = replace(replace(control.evidence, ": ;", ": none;"), ": .", ": none.")
    exception = lookup(var.exceptions, id, null)
  }) }
  failed = [for id, control in local.controls : id if control.pass == false && control.exception == null]

  in_org = {
    session_settings  = salesforce_session_settings.org
    password_policies = salesforce_password_policies.org
    oauth_settings    = salesforce_oauth_settings.org
  }
  deviations = merge([
    for resource, settings in local.recommended : {
      for name, value in settings : name => { recommended = tostring(value), actual = tostring(local.in_org[resource][name]) }
      if tostring(local.in_org[resource][name]) != tostring(value)
    }
  ]...)
}

# Warns with every plan and fails no apply.
check "controls" {
  assert {
    condition     = length(local.failed) == 0
    error_message = join("\n", [for id in local.failed : "${id} is not met: ${local.controls[id].title}. ${local.controls[id].evidence}"])
  }
}
