import {
  to = salesforce_metadata.billing_site
  id = "RemoteSiteSetting:Billing_API"
}
