import {
  to = salesforce_profile_session_setting.administrators
  id = "System Administrator"
}
