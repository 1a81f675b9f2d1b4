data "salesforce_metadata" "security" {
  type      = "SecuritySettings"
  full_name = "Security"
}

output "session_timeout" {
  value = data.salesforce_metadata.security.content.sessionSettings.sessionTimeout
}

# What the org has nothing of is not in the content.
output "trusted_ranges" {
  value = [for r in try(data.salesforce_metadata.security.content.networkAccess.ipRanges, []) : "${r.start}-${r.end}"]
}
