# By the API name, or by the group's id.
terraform import salesforce_permission_set_group.order_desk Order_Desk
terraform import salesforce_permission_set_group.order_desk 0PG5g000000ABCDGA4
