import {
  to = salesforce_permission_set_license_assignment.sync
  id = "order-sync@example.com:SalesforceAPIIntegrationPsl"
}
