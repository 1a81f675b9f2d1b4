variables {
  name     = "Billing_Sync"
  username = "billing-sync@example.com"
  email    = "integrations@example.com"
  permissions = {
    object_permissions = { Account = ["read"] }
    field_permissions  = { "Account.BillingCode__c" = "edit" }
  }
}

run "creates_an_integration" {
  assert {
    condition     = startswith(output.user_id, "005") && length(output.consumer_key) > 0
    error_message = "There is no user, or no app."
  }
  assert {
    condition     = output.app_id == salesforce_external_client_app.this.id && [output.username, output.permission_set, output.app] == [var.username, var.name, var.name]
    error_message = "The outputs are ${jsonencode([output.app_id, output.username, output.permission_set, output.app])}."
  }
  assert {
    condition     = output.profile == "Minimum Access - API Only Integrations"
    error_message = "Without login IP ranges the user has the standard API-only profile, not ${output.profile}."
  }
}

run "restricts_it_in_place" {
  variables {
    permissions = {
      object_permissions = { Account = ["read", "edit"], Order = ["read", "create"] }
      field_permissions  = { "Account.BillingCode__c" = "edit", "Order.PoNumber" = "read" }
      apex_classes       = ["BillingApi"]
    }
    login_ip_ranges            = { "192.0.2.0/24" = "data centre" }
    session_timeout_in_minutes = 30
  }
  assert {
    condition     = output.user_id == run.creates_an_integration.user_id && output.consumer_key == run.creates_an_integration.consumer_key
    error_message = "The user or the app was replaced."
  }
  assert {
    condition     = output.profile == "Billing Sync"
    error_message = "Login IP ranges take a profile of the integration's own, not ${output.profile}."
  }
}

run "the_org_agrees" {
  module {
    source = "./tests/access"
  }
  assert {
    condition     = output.access.is_api_only && !output.access.is_frozen && !output.access.privileged
    error_message = "The user is not API-only, is frozen or is privileged: ${jsonencode(output.access.privileged_reasons)}."
  }
  assert {
    condition     = output.access.object_permissions == tomap({ Account = toset(["edit", "read"]), Order = toset(["create", "read"]) })
    error_message = "The user may do ${jsonencode(output.access.object_permissions)}."
  }
  assert {
    condition     = output.access.field_permissions == tomap({ "Account.BillingCode__c" = "edit", "Order.PoNumber" = "read" }) && output.access.apex_classes == toset(["BillingApi"])
    error_message = "The user may use ${jsonencode(output.access.field_permissions)} and ${jsonencode(output.access.apex_classes)}."
  }
  assert {
    condition     = output.access.external_client_apps == toset(["Billing_Sync"])
    error_message = "The user may use ${jsonencode(output.access.external_client_apps)}."
  }
}

run "freezes_it_and_lifts_the_restriction" {
  variables {
    is_frozen = true
  }
  assert {
    condition     = output.user_id == run.creates_an_integration.user_id
    error_message = "The user was replaced."
  }
  assert {
    condition     = output.profile == run.creates_an_integration.profile
    error_message = "The user is left with the profile ${output.profile}."
  }
}

run "the_org_has_frozen_it" {
  module {
    source = "./tests/access"
  }
  assert {
    condition     = output.access.is_frozen
    error_message = "The user is not frozen."
  }
}
