resource "salesforce_integration_user" "terraform" {
  username        = "terraform@example.com"
  last_name       = "Terraform"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.terraform.name]
}

resource "salesforce_permission_set" "terraform" {
  name  = "Terraform"
  label = "Terraform"

  user_permissions = [
    "AssignPermissionSets", "ManageInternalUsers", "ManageProfilesPermissionsets", "ModifyMetadata", "ViewAllUsers", "ViewRoles", "ViewSetup",
  ]
}

resource "salesforce_external_client_app" "terraform" {
  name          = "Terraform"
  label         = "Terraform"
  contact_email = "integrations@example.com"

  oauth = {
    scopes             = ["Api"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"] # Salesforce wants one, used or not
    client_credentials = { run_as = salesforce_integration_user.terraform.username }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.terraform.name]
  }
}
