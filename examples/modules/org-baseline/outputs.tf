output "controls" {
  description = "Controls of the Security Benchmark for Salesforce by id: title, pass (null where it can't be told), evidence, and the reason of an exception."
  value       = local.controls
}

output "deviations" {
  description = "Settings that are not as recommended, by name: what is recommended and what the org has."
  value       = local.deviations
}
