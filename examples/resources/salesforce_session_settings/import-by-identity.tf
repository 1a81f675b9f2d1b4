import {
  to = salesforce_session_settings.org
  identity = {
    id = "00D5g000000ABCDEA4"
  }
}
