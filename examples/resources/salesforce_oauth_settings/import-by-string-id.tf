import {
  to = salesforce_oauth_settings.org
  id = "00D5g000000ABCDEA4"
}
