variables {
  name        = "Billing_Sync"
  username    = "billing-sync@example.com"
  email       = "integrations@example.com"
  permissions = { object_permissions = { Account = ["read"] } }
}

run "a_certificate_signs_in_by_jwt" {
  command = plan
  variables {
    sign_in = { certificate = file("./tests/example.crt") }
  }
  assert {
    condition     = salesforce_external_client_app.this.oauth.jwt_bearer != null && contains(salesforce_external_client_app.this.oauth.scopes, "RefreshToken")
    error_message = "The app does not take the JWT bearer flow, which needs the scope RefreshToken."
  }
}

run "a_secret_signs_in_otherwise" {
  command = plan
  assert {
    condition     = salesforce_external_client_app.this.oauth.client_credentials.run_as == var.username
    error_message = "The app does not sign in as the integration's user."
  }
}

run "refuses_what_is_malformed" {
  command = plan
  variables {
    name            = "Billing Sync"
    username        = "billing-sync"
    email           = "the billing team"
    permissions     = { object_permissions = { Account = ["write"] }, field_permissions = { "Account.Industry" = "write" } }
    login_ip_ranges = { "data centre" = "192.0.2.0/24" }
    sign_in         = { certificate = "-----BEGIN PRIVATE KEY-----" }
  }
  expect_failures = [var.name, var.username, var.email, var.permissions, var.login_ip_ranges, var.sign_in]
}

run "refuses_what_is_too_much" {
  command = plan
  variables {
    permissions     = { user_permissions = ["ModifyAllData"] }
    login_ip_ranges = { "0.0.0.0/0" = "anywhere" }
    sign_in         = { client_credentials = true, certificate = file("./tests/example.crt") }
  }
  expect_failures = [var.permissions, var.login_ip_ranges, var.sign_in]
}
