# With a salesforce_external_client_app of the same configuration: app_id = salesforce_external_client_app.billing.id
ephemeral "salesforce_external_client_app_credentials" "billing" {
  name = "Billing_Sync"
}

# A write-only argument takes them to a vault, past the state. Raise its version after a rotation:
#
#   resource "vault_kv_secret_v2" "billing" {
#     mount = "secret"
#     name  = "salesforce/billing"
#     data_json_wo = jsonencode({
#       client_id     = ephemeral.salesforce_external_client_app_credentials.billing.consumer_key
#       client_secret = ephemeral.salesforce_external_client_app_credentials.billing.consumer_secret
#     })
#     data_json_wo_version = 2
#   }

# Or a provider signs in with them:
provider "salesforce" {
  alias         = "billing"
  login_url     = "https://example.my.salesforce.com"
  client_id     = ephemeral.salesforce_external_client_app_credentials.billing.consumer_key
  client_secret = ephemeral.salesforce_external_client_app_credentials.billing.consumer_secret
}

data "salesforce_organization" "seen_by_billing" {
  provider = salesforce.billing
}
