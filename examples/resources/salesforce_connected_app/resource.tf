# A connected app from before Salesforce stopped their creation: taken over, then made stricter. What is not written here stays as it is.
import {
  to = salesforce_connected_app.nightly_export
  id = "Nightly_Export"
}

resource "salesforce_connected_app" "nightly_export" {
  name        = "Nightly_Export"
  description = "Exports orders to the warehouse every night."

  oauth = {
    scopes            = ["Api", "RefreshToken"]
    is_admin_approved = true
  }
  oauth_policy = {
    ip_relaxation        = "ENFORCE"
    refresh_token_policy = "specific_inactivity:7:DAYS"
  }
  permission_sets = [salesforce_permission_set.export.name] # exactly these may use the app
  ip_ranges = {
    "192.0.2.0/28" = "Export servers"
  }
}

resource "salesforce_permission_set" "export" {
  name             = "Nightly_Export"
  label            = "Nightly Export"
  user_permissions = ["ApiEnabled"]
}
