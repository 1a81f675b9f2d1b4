resource "salesforce_user_role" "operations" {
  name = "Operations"
}

resource "salesforce_user_role" "field_service" {
  name                                 = "Field Service"
  parent_role_id                       = salesforce_user_role.operations.id
  rollup_description                   = "Field Service"
  opportunity_access_for_account_owner = "Read"
  case_access_for_account_owner        = "Edit"
}
