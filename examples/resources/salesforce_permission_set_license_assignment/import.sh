# By username and permission set licence, or by the assignment's id.
terraform import salesforce_permission_set_license_assignment.sync order-sync@example.com:SalesforceAPIIntegrationPsl
terraform import salesforce_permission_set_license_assignment.sync 2LA5g000000ABCDGA4
