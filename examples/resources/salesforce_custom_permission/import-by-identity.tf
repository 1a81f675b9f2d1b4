import {
  to = salesforce_custom_permission.bypass
  identity = {
    id = "0CP5g000000ABCDGA4"
  }
}
