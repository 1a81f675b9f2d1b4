import {
  to = salesforce_permission_set_group.order_desk
  id = "Order_Desk"
}
