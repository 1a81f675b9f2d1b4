# By the API name, or by the custom permission's id.
terraform import salesforce_custom_permission.bypass Bypass_Billing_Rules
terraform import salesforce_custom_permission.bypass 0CP5g000000ABCDGA4
