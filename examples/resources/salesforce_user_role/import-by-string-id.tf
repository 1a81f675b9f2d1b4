import {
  to = salesforce_user_role.operations
  id = "Operations"
}
