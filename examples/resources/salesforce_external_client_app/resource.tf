# What the integration may do, and the user that it is.
resource "salesforce_permission_set" "billing" {
  name               = "Billing_Sync"
  label              = "Billing Sync"
  object_permissions = { Account = ["read", "edit"] }
}

resource "salesforce_integration_user" "billing" {
  username        = "billing-sync@example.com"
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.billing.name]
}

# An app that signs in as this user with its consumer key and secret (client credentials).
resource "salesforce_external_client_app" "billing" {
  name          = "Billing_Sync"
  label         = "Billing Sync"
  contact_email = "integrations@example.com"
  description   = "Writes invoices back."

  oauth = {
    scopes             = ["Api"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"] # Salesforce wants one, used or not
    client_credentials = { run_as = salesforce_integration_user.billing.username }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.billing.name] # whose holders may use the app
  }
}

# An app that signs in with assertions that it signs itself (JWT bearer).
resource "salesforce_external_client_app" "export" {
  name          = "Nightly_Orders"
  label         = "Nightly Orders"
  contact_email = "integrations@example.com"

  oauth = {
    scopes        = ["Api", "RefreshToken"]
    callback_urls = ["https://login.salesforce.com/services/oauth2/success"]
    jwt_bearer = {
      certificate = <<-EOT
        -----BEGIN CERTIFICATE-----
        MIIDHTCCAgWgAwIBAgIUA9Jv4qS/whhU57VOWtzOWtst6zowDQYJKoZIhvcNAQEL
        BQAwHTEbMBkGA1UEAwwSZXhwb3J0LmV4YW1wbGUuY29tMCAXDTI2MTEyMzE4NTM1
        M1oYDzIwNTYxMTE1MTg1MzUzWjAdMRswGQYDVQQDDBJleHBvcnQuZXhhbXBsZS5j
        b20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDjls6DsoVqPCAByXz6
        BUGsm0zY69o4QEAjLIX6H9MnI5AmA5Z3ByRfJtzbEnTuEohVf0ZbaTD3y763zYyc
        dv0LfPS4IyNhmgE8h4flOuP7iThMMNARqOGepSRYVdZSQyJXjxqiO0w4DldpaE7y
        wc8X2urSvWe1ah7xLQ/NjEayZFg2RSwNoLLgV25dm0aki/G1Wnu3/DxtJWrqRqiH
        O9pIdCbFNFPIIF6YlSr93orPfCq8v3IkuX6jRbclHogV6p4W4eDCCcXmCJnAd6fC
        A7akV9NKTrrbY1NziHaMTWNmbO4Oh0BrN/H4YlQIUAn2lhAVe/LxvjCkX8ZF0jtF
        4uGnAgMBAAGjUzBRMB0GA1UdDgQWBBRzBsyZqMcfvQrC1hv/WSwcyMt6fDAfBgNV
        HSMEGDAWgBRzBsyZqMcfvQrC1hv/WSwcyMt6fDAPBgNVHRMBAf8EBTADAQH/MA0G
        CSqGSIb3DQEBCwUAA4IBAQCdTl9kpyfkACfQd9r5/dFgeEjIqDZJAfgtIjjmUk/C
        bnKE1BL49M34R/kY6PhYl77e2fYNUJN/q5lwmbVdTDwlKfd29BMrFQ01bePT2i/S
        Yuj9GUJUBzzCgn+73rl9jAIeI876y2D9jzocHJLD4JDOX8JSUL9M4G3vC7P32Y3+
        P7svoePmYb4hdQnC+HHkoiOwhyb3bwaaog6ERv2feekNGeSE4XO8ayB4iUzB7p2T
        XoMrcn2wUHNFX3UQ7b53jq0EUvzJRJDIaiNtxLROP6PbuJTEH5nb8Tvh8s31V8aC
        99MIYoTxJURojgwLNUYnqvN7LA7HY98LzKBzBmZg+C3S
        -----END CERTIFICATE-----
      EOT
    }
  }
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.billing.name]
    session_timeout_in_minutes  = 30
  }
}

output "billing_client_id" {
  value = salesforce_external_client_app.billing.consumer_key
}
