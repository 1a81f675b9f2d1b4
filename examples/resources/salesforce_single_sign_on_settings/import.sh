# By the id of the org (Setup > Company Information).
terraform import salesforce_single_sign_on_settings.org 00D5g000000ABCDEA4
