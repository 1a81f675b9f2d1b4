# terraform query -generate-config-out=password_policies.tf writes them as a resource with an import block.
list "salesforce_password_policies" "org" {
  provider         = salesforce
  include_resource = true
}
