data "salesforce_connected_app" "nightly_export" {
  name = "Nightly_Export"
}

check "nightly_export_is_restricted" {
  assert {
    condition     = data.salesforce_connected_app.nightly_export.oauth.is_admin_approved
    error_message = "Every user of the org may use the app Nightly_Export."
  }
}
