# By the API name, or by the app's id.
terraform import salesforce_external_client_app.billing Billing_Sync
terraform import salesforce_external_client_app.billing 0xI5g0000004ABCGA2
