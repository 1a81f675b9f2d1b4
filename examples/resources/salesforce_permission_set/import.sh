# By the API name, or by the set's id.
terraform import salesforce_permission_set.billing Billing_Sync
terraform import salesforce_permission_set.billing 0PS5g000000ABCDGA4
