# The baseline, with what this org does otherwise, and why.
module "org_baseline" {
  source = "../modules/org-baseline"

  session_settings  = { session_timeout = "FourHours" } # the support desk keeps long calls open
  trusted_ip_ranges = { "192.0.2.0/24" = "Head office" }

  known_integrations = ["billing-sync@example.com", "nightly-orders@example.com"]
  audited_profiles   = ["Admin"]
  exceptions         = { "SBS-AUTH-001" = "Single sign-on comes with the new identity provider in March." }
}

output "controls" {
  description = "What an auditor asks for: controls with pass or fail, and the evidence."
  value       = module.org_baseline.controls
}

output "deviations" {
  description = "Settings that are not as recommended."
  value       = module.org_baseline.deviations
}
