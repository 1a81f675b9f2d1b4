# By the id of the org (Setup > Company Information).
terraform import salesforce_trusted_ip_ranges.org 00D5g000000ABCDEA4
