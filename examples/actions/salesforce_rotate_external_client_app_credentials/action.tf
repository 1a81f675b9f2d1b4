# 1. A new pair, for the vault:    terraform apply -invoke=action.salesforce_rotate_external_client_app_credentials.stage
action "salesforce_rotate_external_client_app_credentials" "stage" {
  config {
    name      = "Billing_Sync"
    operation = "stage"
  }
}

# 2. The new pair is the app's:    terraform apply -invoke=action.salesforce_rotate_external_client_app_credentials.rotate
#    The old one works for 30 more days, in which the integration changes over.
action "salesforce_rotate_external_client_app_credentials" "rotate" {
  config {
    name      = "Billing_Sync"
    operation = "rotate"
  }
}

# 3. The old pair ends:            terraform apply -invoke=action.salesforce_rotate_external_client_app_credentials.discard
action "salesforce_rotate_external_client_app_credentials" "discard" {
  config {
    name      = "Billing_Sync"
    operation = "discard"
  }
}
