import {
  to = salesforce_my_domain_settings.org
  id = "00D5g000000ABCDEA4"
}
