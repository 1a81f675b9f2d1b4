# People prove who they are with a second factor that resists phishing, and are logged out when they walk away.
resource "salesforce_session_settings" "org" {
  enable_mfa_direct_ui_login_opt_in = true
  enable_u2f                        = true
  enable_built_in_authenticator     = true
  session_timeout                   = "SixtyMinutes"
  on_destroy                        = "restore"
}

# What the billing system may do in Salesforce: this, and nothing else.
resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"

  object_permissions = {
    Account = ["read", "edit"]
    Order   = ["read", "create"]
  }
  field_permissions = {
    "Account.BillingCode__c" = "edit"
    "Order.PoNumber"         = "read"
  }
  apex_classes = ["BillingApi"]
}

# Where it may sign in from.
resource "salesforce_profile" "billing" {
  name            = "Billing API"
  user_license    = "Salesforce Integration"
  login_ip_ranges = { "192.0.2.0/24" = "data centre" }
}

# The user that it is: API-only, with that profile and exactly that permission set.
resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  profile         = salesforce_profile.billing.name
  permission_sets = [salesforce_permission_set.billing.name]
}

# The app that it signs in through, with a key and a secret (client credentials).
resource "salesforce_external_client_app" "billing" {
  name          = "Billing_Sync"
  label         = "Billing Sync"
  contact_email = "integrations@example.com"

  oauth = {
    scopes             = ["Api"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"] # Salesforce wants one, used or not
    client_credentials = { run_as = salesforce_integration_user.billing.username }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.billing.name] # whose holders may use the app
    ip_relaxation_policy_type   = "Enforce"
  }
}
