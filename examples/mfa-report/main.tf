# A page about who is ready for MFA:
#
#   terraform apply
#   terraform output -raw report > report.html
module "mfa_audit" {
  source = "../modules/mfa-audit"

  history_days = var.history_days
  accepted     = var.accepted
}

output "report" {
  description = "The report as an HTML page."
  value       = module.mfa_audit.report
}
