import {
  to = salesforce_password_policies.org
  identity = {
    id = "00D5g000000ABCDEA4"
  }
}
