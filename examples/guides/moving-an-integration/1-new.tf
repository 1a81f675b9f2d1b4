# What the old user really did, and nothing more. Its own rights are the first draft: data.salesforce_user_access shows them.
resource "salesforce_permission_set" "orders" {
  name  = "Order_Import"
  label = "Order Import"

  object_permissions = {
    Account = ["read"]
    Order   = ["read", "create", "edit"]
  }
  field_permissions = {
    "Order.PoNumber" = "edit"
  }
}

# The user that only a machine can be.
resource "salesforce_integration_user" "orders" {
  username        = "order-import@example.com"
  last_name       = "Order Import"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.orders.name]
}

# The app that it signs in through.
resource "salesforce_external_client_app" "orders" {
  name          = "Order_Import"
  label         = "Order Import"
  contact_email = "integrations@example.com"

  oauth = {
    scopes             = ["Api"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"] # Salesforce wants one, used or not
    client_credentials = { run_as = salesforce_integration_user.orders.username }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.orders.name]
  }
}

output "order_import_client_id" {
  description = "Consumer key for the integration platform's connection. Its secret: see Rotating credentials."
  value       = salesforce_external_client_app.orders.consumer_key
}
