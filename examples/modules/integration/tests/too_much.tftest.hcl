# Each of these alone gives an integration the org, for the reason that the run is named after.
variables {
  name     = "Billing_Sync"
  username = "billing-sync@example.com"
  email    = "integrations@example.com"
}

run "its_code_runs_as_anybody" {
  command         = plan
  expect_failures = [var.permissions]
  variables {
    permissions = { user_permissions = ["AuthorApex"] }
  }
}

run "it_changes_the_rules_for_everybody" {
  command         = plan
  expect_failures = [var.permissions]
  variables {
    permissions = { user_permissions = ["CustomizeApplication"] }
  }
}

run "it_makes_itself_an_administrator" {
  command         = plan
  expect_failures = [var.permissions]
  variables {
    permissions = { user_permissions = ["ManageUsers"] }
  }
}

run "it_changes_every_record" {
  command         = plan
  expect_failures = [var.permissions]
  variables {
    permissions = { user_permissions = ["ModifyAllData"] }
  }
}

run "it_reads_every_record" {
  command         = plan
  expect_failures = [var.permissions]
  variables {
    permissions = { user_permissions = ["ViewAllData"] }
  }
}
