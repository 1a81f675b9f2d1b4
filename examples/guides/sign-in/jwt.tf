provider "salesforce" {
  login_url        = "https://example.my.salesforce.com"
  client_id        = "3MVG9..." # the app's consumer key
  username         = "terraform@example.com"
  private_key_file = "${path.module}/server.key"
}
