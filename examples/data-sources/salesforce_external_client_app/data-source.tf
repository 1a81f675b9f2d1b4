resource "salesforce_external_client_app" "billing" {
  name          = "Billing_Sync"
  label         = "Billing Sync"
  contact_email = "integrations@example.com"

  oauth = {
    scopes        = ["Api"]
    callback_urls = ["https://login.salesforce.com/services/oauth2/success"]
  }
}

# By name for an app that is made elsewhere; here by id, so that it is read when it is there.
data "salesforce_external_client_app" "billing" {
  id = salesforce_external_client_app.billing.id
}

output "billing_client_id" {
  value = data.salesforce_external_client_app.billing.consumer_key
}
