# The org is a fresh one with what tests/org has: erp@example.com and the administrator zoe@example.com, as whom software logs in with
# passwords.

run "finds_what_breaks" {
  assert {
    condition     = output.open.impacted == ["zoe@example.com", "erp@example.com"] && output.counts["impacted"] == 2
    error_message = "Impacted are ${jsonencode(output.open.impacted)}."
  }
  assert {
    condition     = contains([for risk in output.integrations_at_risk : jsonencode([risk.application, risk.username, risk.urgency])], jsonencode(["ERP Sync", "erp@example.com", "high"]))
    error_message = "At risk are ${jsonencode(output.integrations_at_risk)}."
  }
  assert {
    condition     = length(output.missing_permissions) == 0
    error_message = "The administrator lacks ${jsonencode(output.missing_permissions)}."
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "names_software_once" {
  command = plan
  assert {
    condition     = length(output.integrations_at_risk) == 5 && local.risks == tolist(["ERP Sync as erp@example.com", "Other Apex API as zoe@example.com", "Data <Loader> as zoe@example.com", "sfmock as admin@example.com"])
    error_message = "Software is ${jsonencode(local.risks)}, of ${jsonencode(output.integrations_at_risk)}."
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "writes_names_as_text" {
  command = plan
  assert {
    condition     = strcontains(output.report, "R&amp;D &lt;ERP&gt;") && strcontains(output.report, "Zoë O&#39;Neil &#92;u003c&lt;script&gt;alert(1)&lt;/script&gt;")
    error_message = "Names are not escaped:\n${output.report}"
  }
  assert {
    condition     = !strcontains(output.report, "<ERP>") && !strcontains(output.report, "<script") && strcontains(output.report, "<h3>Data &lt;Loader&gt; ")
    error_message = "Names are HTML:\n${output.report}"
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "shows_who_and_how_many" {
  command = plan
  assert {
    condition = alltrue([for part in [
      "<li><b>2</b>impacted</li>", "</b>exempt_guest</li>",
      "<h3>Other Apex API <span class=\"tag\">high</span></h3>",
      "as zoe@example.com, who is privileged: Other Apex API, SOAP Partner, last on ", "as erp@example.com: Other Apex API, SOAP Enterprise, last on ",
      "<h2>Users who can't log in any more</h2>", "<h2>Users of whom nobody can tell</h2>",
      "zoe@example.com, System Administrator, Salesforce</p>",
    ] : strcontains(output.report, part)])
    error_message = "The page is\n${output.report}"
  }
  assert {
    condition     = length(regexall("<section class=\"card high\">\\s*<h3>Zoë [^\n]*<span class=\"tag\">privileged</span></h3>", output.report)) == 1 && length(regexall("<section class=\"card medium\">\\s*<h3>R&amp;D [^\n]*&gt; </h3>", output.report)) == 1
    error_message = "The privileged do not stand out:\n${output.report}"
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "says_what_breaks_and_what_to_do" {
  command = plan
  variables {
    history_days = 7
  }
  assert {
    condition = alltrue([
      for text in concat(flatten([for risk in local.escaped.integrations : [risk.breaks, risk.fix]]), [for user in local.escaped.users.impacted : user.reason]) :
      strcontains(output.report, text)
    ])
    error_message = "The page lacks something of ${jsonencode(output.integrations_at_risk)} or ${jsonencode(local.users)}:\n${output.report}"
  }
  assert {
    condition     = data.salesforce_mfa_readiness.this.history_days == 7 && strcontains(output.report, "the last 7 days")
    error_message = "Other days are judged."
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "finds_nothing_among_those_who_are_exempt" {
  variables {
    user_licenses = ["Analytics Cloud Integration User"]
  }
  assert {
    condition     = sum(values(output.counts)) == 1 && length(output.open.impacted) + length(output.open.unknown) + length(output.integrations_at_risk) == 0
    error_message = "Others are judged, too: ${jsonencode(output.counts)}."
  }
  assert {
    condition     = length(regexall("<p>None.</p>", output.report)) == 2 && strcontains(output.report, "No software logged in as an ordinary user.")
    error_message = "The page is\n${output.report}"
  }
}

run "is_silent_about_what_somebody_takes_care_of" {
  variables {
    accepted = {
      "erp@example.com"   = "moves to \"OAuth\" in March"
      "zoe@example.com"   = "has left"
      "admin@example.com" = "is this test, which signs in with a JWT"
    }
  }
  assert {
    condition     = length(output.open.impacted) == 0 && output.counts["impacted"] == 2
    error_message = "Open are still ${jsonencode(output.open.impacted)}."
  }
  assert {
    condition     = strcontains(output.report, "<b>Taken care of:</b> moves to &quot;OAuth&quot; in March")
    error_message = "The page does not say what is being done."
  }
}

run "judges_some_only" {
  variables {
    profiles = ["System Administrator"]
  }
  assert {
    condition     = output.open.impacted == ["zoe@example.com"] && output.counts["unknown"] == 1
    error_message = "Others are judged, too: ${jsonencode(output.counts)}."
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "takes_the_longest_history" {
  command = plan
  variables {
    history_days = 180
  }
  expect_failures = [check.nobody_is_locked_out, check.integrations_are_api_only]
}

run "refuses_no_history" {
  command = plan
  variables {
    history_days = 0
    accepted     = { "erp" = "moves to OAuth in March" }
  }
  expect_failures = [var.history_days, var.accepted]
}

run "refuses_what_is_malformed" {
  command = plan
  variables {
    history_days  = 181
    user_licenses = []
    profiles      = []
    accepted      = { "erp@example.com" = " " }
  }
  expect_failures = [var.history_days, var.user_licenses, var.profiles, var.accepted]
}
