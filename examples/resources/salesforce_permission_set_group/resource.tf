resource "salesforce_permission_set" "orders" {
  name               = "Order_Entry"
  label              = "Order Entry"
  object_permissions = { Order = ["read", "create", "edit", "delete"] }
}

resource "salesforce_permission_set" "accounts" {
  name               = "Account_Reader"
  label              = "Account Reader"
  object_permissions = { Account = ["read"] }
  field_permissions  = { "Account.Industry" = "read", "Account.AnnualRevenue" = "edit" }
}

# What the order desk's machines may do: both sets, but for a few things.
resource "salesforce_permission_set_group" "order_desk" {
  name            = "Order_Desk"
  label           = "Order Desk"
  description     = "Enters orders for known accounts."
  permission_sets = [salesforce_permission_set.orders.name, salesforce_permission_set.accounts.name]

  muted = {
    object_permissions = { Order = ["delete"] }
    field_permissions  = { "Account.AnnualRevenue" = "edit" } # leaves reading
  }
}
