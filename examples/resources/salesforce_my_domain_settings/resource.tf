# People log in at the org's own address only.
resource "salesforce_my_domain_settings" "org" {
  can_only_login_with_my_domain_url = true
  log_redirections                  = true
}
