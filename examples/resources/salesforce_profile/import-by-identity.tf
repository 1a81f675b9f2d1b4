import {
  to = salesforce_profile.billing
  identity = {
    id = "00e5g000000ABCDAA4"
  }
}
