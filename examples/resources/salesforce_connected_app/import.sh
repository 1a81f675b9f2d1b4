# By the API name, or by the app's id.
terraform import salesforce_connected_app.nightly_export Nightly_Export
terraform import salesforce_connected_app.nightly_export 0H45g000000ABCDGA4
