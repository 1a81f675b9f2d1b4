import {
  to = salesforce_permission_set.billing
  identity = {
    id = "0PS5g000000ABCDGA4"
  }
}
