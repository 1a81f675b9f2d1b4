resource "salesforce_password_policies" "org" {
  minimum_password_length = 14
  complexity              = "UpperLowerCaseNumericSpecialCharacters"
  history_restriction     = 12
  max_login_attempts      = "FiveAttempts"
  lockout_interval        = "ThirtyMinutes"
}
