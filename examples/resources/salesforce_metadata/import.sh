# The type of the component, a colon, and its full name.
terraform import salesforce_metadata.billing_site RemoteSiteSetting:Billing_API
terraform import salesforce_metadata.security SecuritySettings:Security
