import {
  to = salesforce_permission_set_license_assignment.sync
  identity = {
    id = "2LA5g000000ABCDGA4"
  }
}
