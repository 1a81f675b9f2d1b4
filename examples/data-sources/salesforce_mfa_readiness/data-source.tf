data "salesforce_mfa_readiness" "employees" {
  user_licenses = ["Salesforce", "Salesforce Platform"]
  verdicts      = ["impacted", "unknown"] # the rest is only counted
}

# Warns with every plan, and in HCP Terraform's health checks, as long as somebody would be locked out.
check "mfa" {
  assert {
    condition     = data.salesforce_mfa_readiness.employees.counts["impacted"] == 0
    error_message = "MFA breaks the logins of: ${join(", ", [for username, user in data.salesforce_mfa_readiness.employees.users : username if user.verdict == "impacted"])}."
  }
  assert {
    condition     = length(data.salesforce_mfa_readiness.employees.missing_permissions) == 0
    error_message = "The report has holes: the provider's user lacks ${join(", ", data.salesforce_mfa_readiness.employees.missing_permissions)}."
  }
}

output "integrations_at_risk" {
  value = data.salesforce_mfa_readiness.employees.integrations_at_risk
}
