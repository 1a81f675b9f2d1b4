# An org that meets no control: software with administrative permissions, an app for everybody, a profile of wide ranges.
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

locals {
  # What SBS-ACS-008 names, with what Salesforce grants it only together with.
  administrative = {
    AuthorApex           = ["ViewSetup"]
    CustomizeApplication = ["ManageCustomPermissions", "ViewSetup"]
    ManageUsers = [
      "AssignPermissionSets", "DelegatedTwoFactor", "FreezeUsers", "ManageInternalUsers", "ManageIpAddresses", "ManageLoginAccessPolicies",
      "ManagePasswordPolicies", "ManageProfilesPermissionsets", "ManageRoles", "ManageSharing", "MonitorLoginHistory", "ResetPasswords",
      "ViewAllUsers", "ViewRoles", "ViewSetup",
    ]
    ModifyAllData = []
    ViewAllData   = []
  }
}

# Software by a permission set, each with one of them.
resource "salesforce_permission_set" "administrative" {
  for_each = local.administrative

  name             = each.key
  label            = each.key
  user_permissions = concat([each.key, "ApiUserOnly"], each.value)
}

data "salesforce_profile" "minimum" {
  name = "Minimum Access - Salesforce"
}

resource "salesforce_user" "robot" {
  for_each = local.administrative

  username   = "${lower(each.key)}@example.com"
  last_name  = each.key
  email      = "integrations@example.com"
  profile_id = data.salesforce_profile.minimum.id
}

resource "salesforce_permission_set_assignment" "robot" {
  for_each = local.administrative

  username       = salesforce_user.robot[each.key].username
  permission_set = salesforce_permission_set.administrative[each.key].name
}

resource "salesforce_permission_set" "api_only" {
  name             = "Api_Only"
  label            = "API only"
  user_permissions = ["ApiUserOnly"]
}

# This one is API-only by its profile, too, and holds nothing else: SBS-ACS-008 is not about it.
resource "salesforce_integration_user" "reader" {
  username        = "reader@example.com"
  last_name       = "Reader"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.api_only.name]
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
    permission_sets             = [salesforce_permission_set.administrative["ViewAllData"].name]
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
