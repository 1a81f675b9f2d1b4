data "salesforce_profile" "api_only" {
  name = "Minimum Access - API Only Integrations"
}

resource "salesforce_user" "sync" {
  username   = "order-sync@example.com"
  email      = "integrations@example.com"
  last_name  = "Order Sync"
  profile_id = data.salesforce_profile.api_only.id
}

resource "salesforce_permission_set" "sync" {
  name  = "Order_Sync"
  label = "Order Sync"

  object_permissions = {
    Account = ["read"]
  }
}

resource "salesforce_permission_set_license_assignment" "sync" {
  username               = salesforce_user.sync.username
  permission_set_license = "SalesforceAPIIntegrationPsl"
}

# The username comes from the licence's assignment: the licence is given first, and taken away last.
resource "salesforce_permission_set_assignment" "sync" {
  username       = salesforce_permission_set_license_assignment.sync.username
  permission_set = salesforce_permission_set.sync.name
}
