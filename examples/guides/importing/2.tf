import {
  to = salesforce_integration_user.billing
  id = "billing-sync@example.com"
}

import {
  to = salesforce_permission_set.billing
  id = "Billing_Sync"
}

import {
  to = salesforce_permission_set_assignment.auditor
  id = "sam.seller@example.com:Setup_Audit"
}
