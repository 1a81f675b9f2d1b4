import {
  to = salesforce_profile_password_policy.integrations
  identity = {
    id = "00e5g000000ABCDEA4"
  }
}
