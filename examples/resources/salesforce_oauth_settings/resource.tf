# No integration sends a password or gets its token in an address.
resource "salesforce_oauth_settings" "org" {
  block_oauth_un_pw_flow    = true
  block_oauth_usr_agt_flow  = true
  is_pkce_required          = true
  oauth_cd_crdt_flow_enable = false
}
