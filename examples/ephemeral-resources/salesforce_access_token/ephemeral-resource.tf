ephemeral "salesforce_external_client_app_credentials" "billing" {
  name = "Billing_Sync"
}

# A token of the integration, not of the provider's user.
ephemeral "salesforce_access_token" "billing" {
  client_id     = ephemeral.salesforce_external_client_app_credentials.billing.consumer_key
  client_secret = ephemeral.salesforce_external_client_app_credentials.billing.consumer_secret
}

# Any provider that calls Salesforce can take it, such as this one: what follows sees what the integration sees.
provider "salesforce" {
  alias        = "billing"
  instance_url = ephemeral.salesforce_access_token.billing.instance_url
  access_token = ephemeral.salesforce_access_token.billing.access_token
}

data "salesforce_organization" "seen_by_billing" {
  provider = salesforce.billing
}
