data "salesforce_organization" "this" {}

data "salesforce_mfa_readiness" "this" {
  history_days  = var.history_days
  user_licenses = var.user_licenses
  profiles      = var.profiles
  verdicts      = local.verdicts
}

locals {
  verdicts  = ["impacted", "unknown"] # whom somebody has to do something about
  readiness = data.salesforce_mfa_readiness.this
  org       = data.salesforce_organization.this

  # The privileged first, then by username.
  users = { for verdict in local.verdicts : verdict => [
    for key in sort([
      for username, user in local.readiness.users : "${length(user.privileged_by) > 0 ? 0 : 1}${username}" if user.verdict == verdict
    ]) : merge(local.readiness.users[substr(key, 1, -1)], { username = substr(key, 1, -1) })
  ] }
  open = { for verdict, users in local.users : verdict => [for user in users : user.username if !contains(keys(var.accepted), user.username)] }

  facts = {
    org          = "${local.org.name}${local.org.is_sandbox ? " (sandbox)" : ""}"
    days         = var.history_days
    counts       = local.readiness.counts
    integrations = local.readiness.integrations_at_risk # null: can't be told
    missing      = local.readiness.missing_permissions
    users        = local.users
    accepted     = var.accepted
  }

  # What the org says is text, not HTML. jsonencode writes the characters that matter as \u0026, \u003c, \u003e and \", once
  # backslashes are out of the way.
  text    = replace(replace(jsonencode(local.facts), "\\\\", "&#92;"), "\\\"", "&quot;")
  escaped = jsondecode(replace(replace(replace(replace(local.text, "\\u0026", "&amp;"), "\\u003c", "&lt;"), "\\u003e", "&gt;"), "'", "&#39;"))
}
