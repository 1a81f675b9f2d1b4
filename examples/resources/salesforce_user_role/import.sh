# By the developer name, or by the role's id.
terraform import salesforce_user_role.operations Operations
terraform import salesforce_user_role.operations 00E5g000000ABCDEA4
