# By the name, by the name in metadata, or by the profile's id.
terraform import salesforce_profile.billing "Billing API"
terraform import salesforce_profile.administrators Admin
terraform import salesforce_profile.billing 00e5g000000ABCDAA4
