check "mfa" {
  assert {
    condition     = data.salesforce_mfa_readiness.employees.counts["impacted"] == 0
    error_message = "MFA breaks the logins of ${data.salesforce_mfa_readiness.employees.counts["impacted"]} users."
  }
  assert {
    condition     = length(data.salesforce_mfa_readiness.employees.missing_permissions) == 0
    error_message = "The report has holes: the provider's user lacks ${join(", ", data.salesforce_mfa_readiness.employees.missing_permissions)}."
  }
}
