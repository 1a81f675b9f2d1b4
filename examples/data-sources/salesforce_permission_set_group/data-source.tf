resource "salesforce_permission_set_group" "order_desk" {
  name  = "Order_Desk"
  label = "Order Desk"
}

# By name for a group that is made elsewhere; here by id, so that it is read when it is there.
data "salesforce_permission_set_group" "order_desk" {
  id = salesforce_permission_set_group.order_desk.id
}

output "order_desk_members" {
  value = data.salesforce_permission_set_group.order_desk.permission_sets
}
