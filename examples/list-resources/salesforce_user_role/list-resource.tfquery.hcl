# terraform query -generate-config-out=user_roles.tf writes them as resources with import blocks.
list "salesforce_user_role" "all" {
  provider         = salesforce
  include_resource = true
}
