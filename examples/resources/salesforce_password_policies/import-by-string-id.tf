import {
  to = salesforce_password_policies.org
  id = "00D5g000000ABCDEA4"
}
