provider "salesforce" {
  lockout_protection = { disabled_checks = ["own_user_permissions"] }
}
