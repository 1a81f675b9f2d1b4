list "salesforce_integration_user" "robots" {
  provider         = salesforce
  include_resource = true
}

list "salesforce_permission_set" "own" {
  provider         = salesforce
  include_resource = true
  limit            = 500
}
