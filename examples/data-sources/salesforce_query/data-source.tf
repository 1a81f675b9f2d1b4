# Who may change everything, by way of a permission set or a profile.
data "salesforce_query" "powerful" {
  query = <<-SOQL
    SELECT Assignee.Username, PermissionSet.Label, PermissionSet.Profile.Name
    FROM PermissionSetAssignment
    WHERE PermissionSet.PermissionsModifyAllData = true AND Assignee.IsActive = true
    ORDER BY Assignee.Username
  SOQL
}

output "who_may_change_everything" {
  value = distinct([for row in data.salesforce_query.powerful.rows : row.Assignee.Username])
}

data "salesforce_query" "active_users" {
  query = "SELECT COUNT() FROM User WHERE IsActive = true"
}

output "active_users" {
  value = data.salesforce_query.active_users.total_size
}
