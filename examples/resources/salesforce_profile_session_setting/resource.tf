# Sessions of administrators end soon.
resource "salesforce_profile_session_setting" "administrators" {
  profile                = "System Administrator"
  session_timeout        = 30
  force_logout           = true
  required_session_level = "STANDARD"
}
