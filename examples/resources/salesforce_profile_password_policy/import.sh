# By the profile's name, its API name or its id.
terraform import salesforce_profile_password_policy.integrations "Minimum Access - API Only Integrations"
terraform import salesforce_profile_password_policy.integrations 00e5g000000ABCDEA4
