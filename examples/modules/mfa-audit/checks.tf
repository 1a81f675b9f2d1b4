# These warn with every plan and fail no apply.
check "nobody_is_locked_out" {
  assert {
    condition     = length(local.open.impacted) == 0
    error_message = "MFA breaks the logins of ${join(", ", local.open.impacted)}."
  }
}

check "integrations_are_api_only" {
  assert {
    condition     = length(local.risks) == 0
    error_message = "Software logs in as people: ${join(", ", local.risks)}."
  }
}

check "the_report_has_no_holes" {
  assert {
    condition     = length(local.readiness.missing_permissions) == 0
    error_message = "The provider's user lacks ${join(", ", local.readiness.missing_permissions)}, so that some verdicts are unknown."
  }
}

locals {
  risks = distinct([
    for risk in coalesce(local.readiness.integrations_at_risk, []) : "${coalesce(risk.application, risk.login_type)} as ${risk.username}"
    if !contains(keys(var.accepted), risk.username)
  ])
}
