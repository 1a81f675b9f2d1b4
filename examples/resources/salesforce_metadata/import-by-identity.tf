import {
  to = salesforce_metadata.billing_site
  identity = {
    type      = "RemoteSiteSetting"
    full_name = "Billing_API"
  }
}
