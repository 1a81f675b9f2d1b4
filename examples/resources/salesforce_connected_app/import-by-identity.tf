import {
  to = salesforce_connected_app.nightly_export
  identity = {
    id = "0H45g000000ABCDGA4"
  }
}
