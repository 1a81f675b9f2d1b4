# By the username, or by the user's id.
terraform import salesforce_integration_user.billing billing-sync@example.com
terraform import salesforce_integration_user.billing 0055g00000ABCDEAA5
