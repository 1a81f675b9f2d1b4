import {
  to = salesforce_session_settings.org
  id = "00D5g000000ABCDEA4"
}
