# Reads key and secret when they are needed, and writes them nowhere.
ephemeral "salesforce_external_client_app_credentials" "billing" {
  name = "Billing_Sync"
}

# A write-only argument takes them to the vault, past the state. Raise the version after each rotation.
resource "vault_kv_secret_v2" "billing" {
  mount = "secret"
  name  = "salesforce/billing"

  data_json_wo = jsonencode({
    client_id     = ephemeral.salesforce_external_client_app_credentials.billing.consumer_key
    client_secret = ephemeral.salesforce_external_client_app_credentials.billing.consumer_secret
  })
  data_json_wo_version = 2
}
