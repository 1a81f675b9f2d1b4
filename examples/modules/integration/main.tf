locals {
  label      = coalesce(var.label, replace(var.name, "_", " "))
  restricted = length(var.login_ip_ranges) > 0

  object_rights = ["read", "create", "edit", "delete", "view_all_records", "modify_all_records", "view_all_fields"]
  too_much      = ["AuthorApex", "CustomizeApplication", "ManageUsers", "ModifyAllData", "ViewAllData"]
}

resource "salesforce_permission_set" "this" {
  name        = var.name
  label       = local.label
  description = var.description

  object_permissions             = var.permissions.object_permissions
  field_permissions              = var.permissions.field_permissions
  user_permissions               = var.permissions.user_permissions
  apex_classes                   = var.permissions.apex_classes
  custom_permissions             = var.permissions.custom_permissions
  custom_metadata_types          = var.permissions.custom_metadata_types
  custom_settings                = var.permissions.custom_settings
  external_credential_principals = var.permissions.external_credential_principals
  flows                          = var.permissions.flows
  record_types                   = var.permissions.record_types
}

# Login IP ranges belong to a profile.
resource "salesforce_profile" "this" {
  count = local.restricted ? 1 : 0

  name            = local.label
  description     = var.description
  user_license    = "Salesforce Integration"
  login_ip_ranges = var.login_ip_ranges

  lifecycle {
    create_before_destroy = true # or else it would be deleted before the user leaves it
  }
}

# Without any, the standard API-only profile does, of which older orgs have only the second.
data "salesforce_query" "standard_profile" {
  query = <<-SOQL
    SELECT Name FROM Profile
    WHERE Name IN ('Minimum Access - API Only Integrations', 'Salesforce API Only System Integrations')
    ORDER BY Name
  SOQL
}

resource "salesforce_integration_user" "this" {
  username         = var.username
  last_name        = local.label
  email            = var.email
  profile          = local.restricted ? one(salesforce_profile.this[*].name) : try(data.salesforce_query.standard_profile.rows[0].Name, null)
  permission_sets  = setunion([salesforce_permission_set.this.name], var.permission_sets)
  is_frozen        = var.is_frozen
  release_username = var.release_username
}

resource "salesforce_external_client_app" "this" {
  name          = var.name
  label         = local.label
  contact_email = var.email
  description   = var.description

  oauth = {
    scopes             = var.sign_in.client_credentials ? ["Api"] : ["Api", "RefreshToken"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"] # Salesforce wants one, used or not
    client_credentials = var.sign_in.client_credentials ? { run_as = salesforce_integration_user.this.username } : null
    jwt_bearer         = var.sign_in.certificate == null ? null : { certificate = var.sign_in.certificate }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.this.name] # nobody else can use the app
    ip_relaxation_policy_type   = local.restricted ? "Enforce" : null
    session_timeout_in_minutes  = var.session_timeout_in_minutes
  }
}
