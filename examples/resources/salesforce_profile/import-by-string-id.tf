import {
  to = salesforce_profile.billing
  id = "Billing API"
}
