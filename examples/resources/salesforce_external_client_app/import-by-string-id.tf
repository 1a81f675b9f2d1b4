import {
  to = salesforce_external_client_app.billing
  id = "Billing_Sync"
}
