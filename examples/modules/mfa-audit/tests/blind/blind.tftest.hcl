# A sandbox whose login history the provider's user can't see.

run "says_what_it_cannot_tell" {
  command = plan
  assert {
    condition     = output.integrations_at_risk == null && strcontains(output.report, "<p>Can't be told without the login history")
    error_message = "At risk are ${jsonencode(output.integrations_at_risk)}:\n${output.report}"
  }
  assert {
    condition     = strcontains(output.report, "The user who made it lacks ${one(output.missing_permissions)},")
    error_message = "Nothing is said of ${jsonencode(output.missing_permissions)}:\n${output.report}"
  }
  assert {
    condition     = strcontains(output.report, "<h1>MFA readiness of Example Corporation (sandbox)</h1>")
    error_message = "The page does not say that this is a sandbox:\n${output.report}"
  }
  expect_failures = [check.the_report_has_no_holes]
}
