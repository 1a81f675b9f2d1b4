# terraform query -generate-config-out=profile_password_policies.tf writes them as resources with import blocks.
list "salesforce_profile_password_policy" "all" {
  provider         = salesforce
  include_resource = true
}
