variable "organization_id" {
  type        = string
  description = "Id of the org, which Setup > Company Information shows. Settings are imported by it."
}

# From main/default/roles/Billing_Clerk.role-meta.xml
import {
  to = salesforce_user_role.billing_clerk
  id = "Billing_Clerk"
}

resource "salesforce_user_role" "billing_clerk" {
  name                                 = "Billing Clerk"
  case_access_for_account_owner        = "Edit"
  developer_name                       = "Billing_Clerk"
  opportunity_access_for_account_owner = "Read"
  parent_role_id                       = salesforce_user_role.head_of_billing.id
  rollup_description                   = "Clerks"
}

# From main/default/roles/Head_of_Billing.role-meta.xml
import {
  to = salesforce_user_role.head_of_billing
  id = "Head_of_Billing"
}

resource "salesforce_user_role" "head_of_billing" {
  name                                 = "Head of Billing"
  case_access_for_account_owner        = "Edit"
  developer_name                       = "Head_of_Billing"
  opportunity_access_for_account_owner = "Edit"
}

# From main/default/customPermissions/Bypass_Billing_Rules.customPermission-meta.xml
import {
  to = salesforce_custom_permission.bypass_billing_rules
  id = "Bypass_Billing_Rules"
}

resource "salesforce_custom_permission" "bypass_billing_rules" {
  name  = "Bypass_Billing_Rules"
  label = "Bypass Billing Rules"
}

# From main/default/customPermissions/Correct_Invoices.customPermission-meta.xml
import {
  to = salesforce_custom_permission.correct_invoices
  id = "Correct_Invoices"
}

resource "salesforce_custom_permission" "correct_invoices" {
  name                 = "Correct_Invoices"
  label                = "Correct Invoices"
  required_permissions = [salesforce_custom_permission.bypass_billing_rules.name]
}

# From main/default/profiles/Billing Robots.profile-meta.xml
import {
  to = salesforce_profile.billing_robots
  id = "Billing Robots"
}

resource "salesforce_profile" "billing_robots" {
  name         = "Billing Robots"
  user_license = "Salesforce"
  description  = "Signs in from the data centre"
  field_permissions = {
    "Account.BillingCode__c" = "edit"
  }
  login_ip_ranges = {
    "192.0.2.0/24" = "Data centre"
  }
  object_permissions = {
    Account = ["create", "edit", "read"]
  }
  user_permissions = [
    "ActivitiesAccess",
    "ApiEnabled",
    "ChatterInternalUser",
    "LightningConsoleAllowedForUser",
    "ViewHelpLink",
  ]
}

# From main/default/permissionsets/Billing_Setup.permissionset-meta.xml
import {
  to = salesforce_permission_set.billing_setup
  id = "Billing_Setup"
}

resource "salesforce_permission_set" "billing_setup" {
  name             = "Billing_Setup"
  label            = "Billing Setup"
  user_permissions = ["ViewRoles", "ViewSetup"]
}

# From main/default/permissionsets/Billing_Sync.permissionset-meta.xml
import {
  to = salesforce_permission_set.billing_sync
  id = "Billing_Sync"
}

resource "salesforce_permission_set" "billing_sync" {
  name               = "Billing_Sync"
  label              = "Billing Sync"
  apex_classes       = ["BillingApi"]
  custom_permissions = [salesforce_custom_permission.bypass_billing_rules.name]
  description        = "What the billing integration may do"
  field_permissions = {
    "Account.BillingCode__c" = "edit"
    "Shipment__c.Carrier__c" = "read"
  }
  object_permissions = {
    Account     = ["edit", "read"]
    Shipment__c = ["read"]
  }
  tabs = {
    "standard-Account" = "Visible"
  }
  user_permissions = ["ApiEnabled"]
}

# From main/default/permissionsetgroups/Billing_Desk.permissionsetgroup-meta.xml
import {
  to = salesforce_permission_set_group.billing_desk
  id = "Billing_Desk"
}

resource "salesforce_permission_set_group" "billing_desk" {
  name        = "Billing_Desk"
  label       = "Billing Desk"
  description = "People who bill"
  muted = {
    user_permissions = ["ViewSetup"]
  }
  permission_sets = [salesforce_permission_set.billing_setup.name, salesforce_permission_set.billing_sync.name]
}

# From main/default/externalClientApps/Billing_Sync.eca-meta.xml
import {
  to = salesforce_external_client_app.billing_sync
  id = "Billing_Sync"
}

resource "salesforce_external_client_app" "billing_sync" {
  name          = "Billing_Sync"
  contact_email = "integrations@example.com"
  label         = "Billing Sync"
  oauth = {
    callback_urls                        = ["https://login.example.com/callback"]
    scopes                               = ["Api", "RefreshToken"]
    is_consumer_secret_optional          = false
    is_pkce_required                     = true
    is_secret_required_for_refresh_token = true
  }
  distribution_state = "Local"
  is_protected       = false
  policies = {
    ip_relaxation_policy_type   = "Enforce"
    is_enabled                  = true
    is_oauth_plugin_enabled     = true
    permission_sets             = [salesforce_permission_set.billing_sync.name]
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    refresh_token_policy_type   = "Zero"
    required_session_level      = "STANDARD"
    start_page                  = "None"
  }
}

# From main/default/profileSessionSettings/Billing Robots_profileSessionSetting1764296000000.profileSessionSetting-meta.xml
import {
  to = salesforce_profile_session_setting.billing_robots
  id = "Billing Robots"
}

resource "salesforce_profile_session_setting" "billing_robots" {
  profile                                = salesforce_profile.billing_robots.name
  external_community_user_identity_verif = false
  force_logout                           = true
  required_session_level                 = "STANDARD"
  session_persistence                    = false
  session_timeout                        = 30
  session_timeout_warning                = false
}

# From main/default/profilePasswordPolicies/PT1_profilePasswordPolicy1764296000000.profilePasswordPolicy-meta.xml
import {
  to = salesforce_profile_password_policy.standard
  id = "standard"
}

resource "salesforce_profile_password_policy" "standard" {
  profile                   = "Standard User"
  forgot_password_redirect  = false
  lockout_interval          = 15
  max_login_attempts        = 5
  minimum_password_length   = 12
  minimum_password_lifetime = false
  obscure                   = false
  password_complexity       = 3
  password_expiration       = 90
  password_history          = 3
  password_question         = 1
}

# From main/default/settings/Security.settings-meta.xml
import {
  to = salesforce_session_settings.org
  id = var.organization_id
}

resource "salesforce_session_settings" "org" {
  enable_u2f      = true
  session_timeout = "FourHours"
}

# From main/default/settings/Security.settings-meta.xml
import {
  to = salesforce_password_policies.org
  id = var.organization_id
}

resource "salesforce_password_policies" "org" {
  expiration              = "NinetyDays"
  minimum_password_length = 12
}

# From main/default/settings/Security.settings-meta.xml
import {
  to = salesforce_trusted_ip_ranges.org
  id = var.organization_id
}

resource "salesforce_trusted_ip_ranges" "org" {
  ip_ranges = {
    "198.51.100.0/24" = "Office"
  }
}

# From main/default/settings/Security.settings-meta.xml
import {
  to = salesforce_metadata.security_settings_security
  id = "SecuritySettings:Security"
}

resource "salesforce_metadata" "security_settings_security" {
  type      = "SecuritySettings"
  full_name = "Security"
  content = {
    enableAdminLoginAsAnyUser = false
  }
}

# From main/default/settings/OauthOidc.settings-meta.xml
import {
  to = salesforce_oauth_settings.org
  id = var.organization_id
}

resource "salesforce_oauth_settings" "org" {
  block_oauth_un_pw_flow = true
}

# From main/default/remoteSiteSettings/Billing_API.remoteSite-meta.xml
import {
  to = salesforce_metadata.remote_site_setting_billing_api
  id = "RemoteSiteSetting:Billing_API"
}

resource "salesforce_metadata" "remote_site_setting_billing_api" {
  type      = "RemoteSiteSetting"
  full_name = "Billing_API"
  content = {
    description             = "Where invoices go"
    disableProtocolSecurity = false
    isActive                = true
    url                     = "https://billing.example.com"
  }
}
