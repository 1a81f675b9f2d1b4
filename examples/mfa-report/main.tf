# A page about who is ready for MFA:
#
#   terraform apply
#   terraform output -raw report > report.html

data "salesforce_organization" "this" {}

data "salesforce_mfa_readiness" "all" {
  history_days = var.history_days
  verdicts     = ["impacted", "unknown"] # whom somebody has to do something about
}

locals {
  readiness = data.salesforce_mfa_readiness.all
  org       = data.salesforce_organization.this

  facts = {
    org          = "${local.org.name}${local.org.is_sandbox ? " (sandbox)" : ""}"
    days         = var.history_days
    counts       = local.readiness.counts
    integrations = local.readiness.integrations_at_risk # null: can't be told
    missing      = local.readiness.missing_permissions

    # The privileged first, then by username.
    users = { for verdict in ["impacted", "unknown"] : verdict => [
      for key in sort([
        for username, user in local.readiness.users : "${length(user.privileged_by) > 0 ? 0 : 1}${username}" if user.verdict == verdict
      ]) : merge(local.readiness.users[substr(key, 1, -1)], { username = substr(key, 1, -1) })
    ] }
  }

  # What the org says is text, not HTML. jsonencode writes the characters that matter as \u0026, \u003c, \u003e and \", once
  # backslashes are out of the way.
  text    = replace(replace(jsonencode(local.facts), "\\\\", "&#92;"), "\\\"", "&quot;")
  escaped = jsondecode(replace(replace(replace(replace(local.text, "\\u0026", "&amp;"), "\\u003c", "&lt;"), "\\u003e", "&gt;"), "'", "&#39;"))
}

output "report" {
  description = "The report as an HTML page."
  value       = templatefile("${path.module}/report.html.tftpl", local.escaped)
}
