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
    condition     = salesforce_external_client_app.this.oauth.client_credentials.run_as == var.username && salesforce_external_client_app.this.oauth.scopes == toset(["Api"])
    error_message = "The app does not sign in as the integration's user, or may do more than call the API: ${jsonencode(salesforce_external_client_app.this.oauth)}."
  }
}

run "refuses_what_is_malformed" {
  command = plan
  variables {
    name            = "Billing Sync"
    username        = "billing-sync"
    email           = "the billing team"
    login_ip_ranges = { "data centre" = "192.0.2.0/24" }
    sign_in         = { certificate = "-----BEGIN PRIVATE KEY-----" }
  }
  expect_failures = [var.name, var.username, var.email, var.login_ip_ranges, var.sign_in]
}

run "refuses_other_malformed_names" {
  command = plan
  variables {
    name        = "Billing__Sync"
    email       = "team@example"
    permissions = { field_permissions = { "Account.Industry" = "write" } }
    sign_in     = {}
  }
  expect_failures = [var.name, var.email, var.permissions, var.sign_in]
}

run "refuses_a_right_that_objects_do_not_have" {
  command = plan
  variables {
    name        = "Billing_"
    permissions = { object_permissions = { Account = ["write"] } }
  }
  expect_failures = [var.name, var.permissions]
}

run "refuses_what_is_too_much" {
  command = plan
  variables {
    login_ip_ranges = { "0.0.0.0/0" = "anywhere" }
    sign_in         = { client_credentials = true, certificate = file("./tests/example.crt") }
  }
  expect_failures = [var.login_ip_ranges, var.sign_in]
}

run "refuses_a_range_that_keeps_nobody_out" {
  command = plan
  variables {
    login_ip_ranges = { "10.0.0.0-11.0.0.0" = "one address too many" }
  }
  expect_failures = [var.login_ip_ranges]
}

run "refuses_it_in_ipv6" {
  command = plan
  variables {
    login_ip_ranges = { "2001:db8::-2001:db9::" = "one address too many" }
  }
  expect_failures = [var.login_ip_ranges]
}

run "takes_the_widest" {
  command = plan
  variables {
    description     = "Writes invoices back."
    login_ip_ranges = { "10.0.0.0-10.255.255.255" = "office", "2001:db8::/32" = "office, IPv6", "192.0.2.7" = "gateway" }
  }
  assert {
    condition     = length(salesforce_profile.this[0].login_ip_ranges) == 3 && salesforce_external_client_app.this.policies.ip_relaxation_policy_type == "Enforce"
    error_message = "The profile lets in ${jsonencode(salesforce_profile.this[0].login_ip_ranges)}."
  }
  assert {
    condition     = salesforce_profile.this[0].description == var.description
    error_message = "The profile does not say what it is for."
  }
}

run "refuses_what_is_too_long" {
  command = plan
  variables {
    name     = join("", [for i in range(71) : "a"])
    username = "${join("", [for i in range(69) : "a"])}@example.com"
  }
  expect_failures = [var.name, var.username]
}

run "takes_the_longest" {
  command = plan
  variables {
    name     = join("", [for i in range(70) : "a"])
    label    = "Billing"
    username = "${join("", [for i in range(68) : "a"])}@example.com"
  }
}

run "an_org_with_neighbours" {
  module {
    source = "./tests/neighbours"
  }
}

run "takes_everything_that_it_is_given" {
  command = plan
  variables {
    label                      = "Billing robot"
    description                = "Writes invoices back. Owner: Finance."
    permissions                = { object_permissions = { Account = ["read", "create", "edit", "delete", "view_all_records", "modify_all_records", "view_all_fields"] }, custom_permissions = ["Approve_Invoices"], user_permissions = ["ViewSetup"] }
    permission_sets            = ["Shared"]
    session_timeout_in_minutes = 45
    release_username           = true
  }
  assert {
    condition     = alltrue([for name, granted in var.permissions : jsonencode(salesforce_permission_set.this[name]) == jsonencode(granted)])
    error_message = "The permission set is ${jsonencode(salesforce_permission_set.this)}."
  }
  assert {
    condition     = length(data.salesforce_query.standard_profile.rows) == 2 && salesforce_integration_user.this.profile == "Minimum Access - API Only Integrations"
    error_message = "Of the standard profiles ${jsonencode(data.salesforce_query.standard_profile.rows)} the user has ${salesforce_integration_user.this.profile}."
  }
  assert {
    condition     = salesforce_integration_user.this.permission_sets == toset(["Billing_Sync", "Shared"]) && salesforce_integration_user.this.release_username
    error_message = "The user is ${jsonencode(salesforce_integration_user.this)}."
  }
  assert {
    condition     = salesforce_external_client_app.this.policies.session_timeout_in_minutes == 45 && salesforce_external_client_app.this.contact_email == var.email
    error_message = "The app is ${jsonencode(salesforce_external_client_app.this)}."
  }
  assert {
    condition     = salesforce_external_client_app.this.policies.permission_sets == toset(["Billing_Sync"])
    error_message = "Others who hold ${jsonencode(salesforce_external_client_app.this.policies.permission_sets)} can use the app."
  }
  assert {
    condition     = alltrue([for url in salesforce_external_client_app.this.oauth.callback_urls : startswith(url, "https://")]) && salesforce_integration_user.this.email == var.email
    error_message = "Codes go to ${jsonencode(salesforce_external_client_app.this.oauth.callback_urls)}, mail to ${salesforce_integration_user.this.email}."
  }
  assert {
    condition     = salesforce_integration_user.this.last_name == var.label && alltrue([for thing in [salesforce_permission_set.this, salesforce_external_client_app.this] : thing.label == var.label && thing.description == var.description])
    error_message = "People see something else than ${var.label}."
  }
}

run "an_older_org_has_only_the_older_profile" {
  command = plan
  override_data {
    target = data.salesforce_query.standard_profile
    values = { rows = [{ Name = "Salesforce API Only System Integrations" }] }
  }
  assert {
    condition     = salesforce_integration_user.this.profile == "Salesforce API Only System Integrations"
    error_message = "The user's profile is ${salesforce_integration_user.this.profile}."
  }
}

run "without_either_the_provider_decides" {
  command = plan
  override_data {
    target = data.salesforce_query.standard_profile
    values = { rows = [] }
  }
  assert {
    condition     = salesforce_integration_user.this.profile == "Minimum Access - API Only Integrations"
    error_message = "The user's profile is ${jsonencode(salesforce_integration_user.this.profile)}."
  }
}
