import {
  to = salesforce_trusted_ip_ranges.org
  id = "00D5g000000ABCDEA4"
}
