import {
  to = salesforce_single_sign_on_settings.org
  identity = {
    id = "00D5g000000ABCDEA4"
  }
}
