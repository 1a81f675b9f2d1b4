# Every integration of the org: who it is, what it may do and how it signs in. One more is one more entry.
locals {
  integrations = {
    Billing_Sync = {
      username    = "billing-sync@example.com"
      description = "Writes invoices back. Owner: Finance Systems."
      permissions = {
        object_permissions = { Account = ["read", "edit"], Order = ["read", "create"] }
        field_permissions  = { "Account.BillingCode__c" = "edit", "Order.PoNumber" = "read" }
        apex_classes       = ["BillingApi"]
      }
      login_ip_ranges = { "192.0.2.0/24" = "data centre" }
      sign_in         = { client_credentials = true }
    }
    Nightly_Orders = {
      username    = "nightly-orders@example.com"
      description = "Copies orders to the warehouse at night. Owner: Data Platform."
      permissions = {
        object_permissions = { Account = ["read"], Order = ["read"] }
      }
      login_ip_ranges = {} # from anywhere: it moves between clouds
      sign_in         = { certificate = file("${path.module}/nightly-orders.crt") }
    }
  }
}

module "integration" {
  source   = "../modules/integration"
  for_each = local.integrations

  name            = each.key
  username        = each.value.username
  email           = "integrations@example.com"
  description     = each.value.description
  permissions     = each.value.permissions
  login_ip_ranges = each.value.login_ip_ranges
  sign_in         = each.value.sign_in
}

output "integrations" {
  description = "What each integration signs in with. Secrets stay in Salesforce."
  value       = { for name, integration in module.integration : name => { username = integration.username, client_id = integration.consumer_key } }
}
