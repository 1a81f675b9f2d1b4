# The org is a fresh one with what tests/org has: erp@example.com, as whom software logs in with a password.

run "finds_what_breaks" {
  assert {
    condition     = output.open.impacted == ["erp@example.com"] && output.counts["impacted"] == 1
    error_message = "Impacted are ${jsonencode(output.open.impacted)}."
  }
  assert {
    condition     = contains([for risk in output.integrations_at_risk : "${risk.application} as ${risk.username}: ${risk.urgency}"], "ERP Sync as erp@example.com: high")
    error_message = "At risk are ${jsonencode(output.integrations_at_risk)}."
  }
  assert {
    condition     = length(output.missing_permissions) == 0
    error_message = "The administrator lacks ${jsonencode(output.missing_permissions)}."
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "writes_names_as_text" {
  command = plan
  assert {
    condition     = strcontains(output.report, "R&amp;D &lt;ERP&gt;") && !strcontains(output.report, "<ERP>")
    error_message = "Names are not escaped:\n${output.report}"
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "is_silent_about_what_somebody_takes_care_of" {
  variables {
    accepted = {
      "erp@example.com"   = "moves to OAuth in March"
      "admin@example.com" = "is this test, which signs in with a JWT"
    }
  }
  assert {
    condition     = length(output.open.impacted) == 0 && output.counts["impacted"] == 1
    error_message = "Open are still ${jsonencode(output.open.impacted)}."
  }
  assert {
    condition     = strcontains(output.report, "<b>Taken care of:</b> moves to OAuth in March")
    error_message = "The page does not say what is being done."
  }
}

run "judges_some_only" {
  variables {
    profiles = ["System Administrator"]
  }
  assert {
    condition     = output.counts["impacted"] == 0 && output.counts["unknown"] == 1
    error_message = "Others are judged, too: ${jsonencode(output.counts)}."
  }
  expect_failures = [check.integrations_are_api_only]
}

run "refuses_what_is_malformed" {
  command = plan
  variables {
    history_days  = 400
    user_licenses = []
    profiles      = []
    accepted      = { "erp@example.com" = " " }
  }
  expect_failures = [var.history_days, var.user_licenses, var.profiles, var.accepted]
}
