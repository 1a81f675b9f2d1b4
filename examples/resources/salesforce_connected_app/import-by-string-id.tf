import {
  to = salesforce_connected_app.nightly_export
  id = "Nightly_Export"
}
