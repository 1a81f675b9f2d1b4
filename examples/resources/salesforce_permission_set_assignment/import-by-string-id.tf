import {
  to = salesforce_permission_set_assignment.auditor
  id = "sam.seller@example.com:Setup_Audit"
}
