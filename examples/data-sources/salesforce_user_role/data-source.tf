data "salesforce_user_role" "ceo" {
  developer_name = "CEO"
}

resource "salesforce_user_role" "operations" {
  name           = "Operations"
  parent_role_id = data.salesforce_user_role.ceo.id
}
