data "salesforce_mfa_readiness" "employees" {
  verdicts = ["impacted", "unknown"]
}
