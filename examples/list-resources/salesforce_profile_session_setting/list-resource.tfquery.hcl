# terraform query -generate-config-out=profile_session_settings.tf writes them as resources with import blocks.
list "salesforce_profile_session_setting" "all" {
  provider         = salesforce
  include_resource = true
}
