resource "salesforce_permission_set" "audit" {
  name             = "Setup_Audit"
  label            = "Setup Audit"
  user_permissions = ["ViewSetup"]
}

# An auditor looks at the setup until the audit is over.
resource "salesforce_permission_set_assignment" "auditor" {
  username        = "sam.seller@example.com"
  permission_set  = salesforce_permission_set.audit.name
  expiration_date = "2040-01-31T18:00:00Z"
}

# A group of permission sets is assigned in the same way; Terraform waits until Salesforce has worked out what it grants.
resource "salesforce_permission_set_group" "audit" {
  name            = "Audit"
  label           = "Audit"
  permission_sets = [salesforce_permission_set.audit.name]
}

resource "salesforce_permission_set_assignment" "second_auditor" {
  username             = "carol.chief@example.com"
  permission_set_group = salesforce_permission_set_group.audit.name
}
