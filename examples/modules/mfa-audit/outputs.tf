output "report" {
  description = "The report as an HTML page: terraform output -raw report > report.html."
  value       = templatefile("${path.module}/report.html.tftpl", local.escaped)
}

output "counts" {
  description = "How many users have each verdict."
  value       = local.readiness.counts
}

output "open" {
  description = "Usernames by verdict, impacted and unknown, of whom nobody takes care yet; the privileged first."
  value       = local.open
}

output "integrations_at_risk" {
  description = "Software that logs in as people, the most urgent first, with what breaks and what to do. Null if that can't be told."
  value       = local.readiness.integrations_at_risk
}

output "missing_permissions" {
  description = "Permissions that the provider's user lacks for verdicts that rest on everything."
  value       = local.readiness.missing_permissions
}
