import {
  to = salesforce_user_role.operations
  identity = {
    id = "00E5g000000ABCDEA4"
  }
}
