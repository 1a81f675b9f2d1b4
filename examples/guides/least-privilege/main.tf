resource "salesforce_permission_set" "billing" {
  name  = "Billing_Sync"
  label = "Billing Sync"

  # Objects: the verbs that the integration uses. "viewAll" and "modifyAll" pass by sharing rules; think twice.
  object_permissions = {
    Account = ["read"]
    Order   = ["read", "create"]
  }
  # Fields: "edit" includes "read". Fields that every user sees, such as Account.Name, need none.
  field_permissions = {
    "Account.Phone"  = "read"
    "Order.PoNumber" = "edit"
  }
  # Code: the one class that it calls.
  apex_classes = ["BillingApi"]
}

# A profile of its own, where it has to come from its own addresses.
resource "salesforce_profile" "billing" {
  name            = "Billing API"
  user_license    = "Salesforce Integration"
  login_ip_ranges = { "192.0.2.0/24" = "data centre" }
}

resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  profile         = salesforce_profile.billing.name
  permission_sets = [salesforce_permission_set.billing.name] # exactly these: another one shows in the plan
}

# More, for one night only. Salesforce takes it away by itself.
resource "salesforce_permission_set" "migration" {
  name             = "Migration_Night"
  label            = "Migration Night"
  user_permissions = ["ViewSetup"]
}

resource "salesforce_permission_set_assignment" "migration" {
  username        = "sam.seller@example.com"
  permission_set  = salesforce_permission_set.migration.name
  expiration_date = "2040-01-31T18:00:00Z"
}
