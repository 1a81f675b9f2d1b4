# By username and permission set or permission set group, or by the assignment's id.
terraform import salesforce_permission_set_assignment.auditor sam.seller@example.com:Setup_Audit
terraform import salesforce_permission_set_assignment.auditor 0Pa5g00000ABCDECA5
