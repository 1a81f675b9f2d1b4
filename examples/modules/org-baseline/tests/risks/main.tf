# An org that meets no control: software with administrative permissions, an app for everybody, a profile open to the world.
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

resource "salesforce_profile" "open" {
  name         = "Open"
  user_license = "Salesforce"
  login_ip_ranges = {
    "0.0.0.0-255.255.255.255" = "anywhere"
    "192.0.2.0/24"            = "office"
  }
}
