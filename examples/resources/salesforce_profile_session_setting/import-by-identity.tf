import {
  to = salesforce_profile_session_setting.administrators
  identity = {
    id = "00e5g000000ABCDEA4"
  }
}
