import {
  to = salesforce_permission_set_group.order_desk
  identity = {
    id = "0PG5g000000ABCDGA4"
  }
}
