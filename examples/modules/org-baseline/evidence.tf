# What the controls are judged by that is no setting.

# Users that are software, by a profile, permission set or group that allows the API only.
data "salesforce_query" "api_only" {
  max_rows = 50000
  query    = <<-SOQL
    SELECT Assignee.Username FROM PermissionSetAssignment
    WHERE Assignee.IsActive = true AND PermissionSet.PermissionsApiUserOnly = true
  SOQL
}

# Who holds what SBS-ACS-008 names, whether active or not.
data "salesforce_query" "administrative" {
  max_rows = 50000
  query = "SELECT Assignee.Username FROM PermissionSetAssignment WHERE ${join(" OR ", [
    for permission in ["AuthorApex", "CustomizeApplication", "ManageUsers", "ModifyAllData", "ViewAllData"] : "PermissionSet.Permissions${permission} = true"
  ])}"
}

data "salesforce_query" "connected_apps" {
  query = "SELECT Name FROM ConnectedApplication WHERE OptionsAllowAdminApprovedUsersOnly = false"
}

data "salesforce_query" "external_client_apps" {
  query = "SELECT DeveloperName FROM ExtlClntAppOauthPlcyCnfg WHERE PermittedUsersPolicyType = 'AllSelfAuthorized'"
}

data "salesforce_metadata" "audited" {
  for_each = var.audited_profiles

  type      = "Profile"
  full_name = each.key
}

locals {
  api_only       = sort(distinct([for row in data.salesforce_query.api_only.rows : row.Assignee.Username]))
  administrative = toset([for row in data.salesforce_query.administrative.rows : row.Assignee.Username])

  unknown_integrations = var.known_integrations == null ? local.api_only : [for username in local.api_only : username if !contains(var.known_integrations, username)]
  unjustified          = [for username in local.api_only : username if contains(local.administrative, username) && !contains(keys(var.privileged_integrations), username)]
  self_authorized = sort(concat(
    [for app in data.salesforce_query.connected_apps.rows : app.Name],
    [for policy in data.salesforce_query.external_client_apps.rows : trimsuffix(policy.DeveloperName, "_oauthPlcy")], # as Salesforce names them
  ))

  login_ip_ranges = flatten([
    for name, profile in data.salesforce_metadata.audited : [
      for range in try(profile.content.loginIpRanges, []) : { profile = name, start = range.startAddress, end = range.endAddress }
    ]
  ])
  # Wide are more than 2^24 addresses; in IPv6, what is in more than one /32.
  wide_ranges = sort([
    for range in local.login_ip_ranges : "${range.start}-${range.end} of ${range.profile}" if strcontains(range.start, ":") ?
    cidrhost("${range.start}/32", 0) != cidrhost("${range.end}/32", 0) :
    sum([for i, octet in split(".", range.end) : octet * pow(256, 3 - i)]) - sum([for i, octet in split(".", range.start) : octet * pow(256, 3 - i)]) >= pow(2, 24)
  ])
}
