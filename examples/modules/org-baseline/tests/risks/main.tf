# An org that meets no control: software with administrative permissions, an app for everybody, a profile of wide ranges.
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

resource "salesforce_permission_set" "powerful" {
  name  = "Powerful"
  label = "Powerful"
  user_permissions = [
    "AssignPermissionSets", "DelegatedTwoFactor", "FreezeUsers", "ManageInternalUsers", "ManageIpAddresses", "ManageLoginAccessPolicies",
    "ManagePasswordPolicies", "ManageProfilesPermissionsets", "ManageRoles", "ManageSharing", "ManageUsers", "MonitorLoginHistory",
    "ResetPasswords", "ViewAllUsers", "ViewRoles", "ViewSetup",
  ]
}

resource "salesforce_integration_user" "robot" {
  username        = "robot@example.com"
  last_name       = "Robot"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.powerful.name]
}

# This one holds nothing: SBS-ACS-008 is not about it.
resource "salesforce_integration_user" "reader" {
  username  = "reader@example.com"
  last_name = "Reader"
  email     = "integrations@example.com"
}

resource "salesforce_external_client_app" "everybody" {
  name          = "Everybody"
  label         = "Everybody"
  contact_email = "integrations@example.com"
  oauth = {
    scopes        = ["Api"]
    callback_urls = ["https://example.com/callback"]
  }
}

# This one is for those who may use it: SBS-OAUTH-002 is not about it.
resource "salesforce_external_client_app" "closed" {
  name          = "Closed"
  label         = "Closed"
  contact_email = "integrations@example.com"
  oauth = {
    scopes        = ["Api"]
    callback_urls = ["https://example.com/callback"]
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.powerful.name]
  }
}

# Of its ranges those are wide that have one address more than a /8, or in IPv6 than a /32.
resource "salesforce_profile" "open" {
  name         = "Open"
  user_license = "Salesforce"
  login_ip_ranges = {
    "10.0.0.0/8"            = "as wide as can be"
    "11.0.0.0-12.0.0.0"     = "wide"
    "192.0.2.0/24"          = "office"
    "2001:db8::/32"         = "as wide as can be"
    "2001:dba::-2001:dbb::" = "wide"
  }
}
