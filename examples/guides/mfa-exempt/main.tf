# Who is exempt, and by what.
data "salesforce_mfa_readiness" "exempt" {
  verdicts = ["exempt_api_only", "exempt_sso_mfa", "exempt_guest"]
}

output "exempt_from_mfa" {
  value = { for username, user in data.salesforce_mfa_readiness.exempt.users : username => {
    verdict = user.verdict, reason = user.reason, rule = user.rule, permissions = user.permissions
  } }
}
