import {
  to = salesforce_permission_set_assignment.auditor
  identity = {
    id = "0Pa5g00000ABCDECA5"
  }
}
