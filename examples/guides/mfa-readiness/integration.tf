resource "salesforce_integration_user" "erp" {
  username        = "erp-sync@example.com"
  last_name       = "ERP Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.erp.name]
}

resource "salesforce_external_client_app" "erp" {
  name          = "ERP_Sync"
  label         = "ERP Sync"
  contact_email = "integrations@example.com"
  oauth = {
    scopes             = ["Api"]
    callback_urls      = ["https://login.salesforce.com/services/oauth2/success"]
    client_credentials = { run_as = salesforce_integration_user.erp.username }
  }
}
