import {
  to = salesforce_permission_set.billing
  id = "Billing_Sync"
}
