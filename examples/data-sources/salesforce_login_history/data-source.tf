# Integrations that still sign in with a username and a password.
data "salesforce_login_history" "november" {
  since    = "2026-11-01T00:00:00Z"
  max_rows = 10000
}

output "signed_in_with_a_password" {
  value = distinct([
    for login in data.salesforce_login_history.november.logins : login.user_id
    if login.login_sub_type == "OauthUsernamePassword" && login.status == "Success"
  ])
}
