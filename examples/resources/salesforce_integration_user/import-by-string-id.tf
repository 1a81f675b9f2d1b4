import {
  to = salesforce_integration_user.billing
  id = "billing-sync@example.com"
}
