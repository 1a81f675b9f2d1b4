terraform {
  required_providers {
    salesforce = {
      source = "terraform-salesforce/salesforce"
    }
  }
}

# JWT bearer flow: the private key belongs to the certificate that was uploaded to the app.
provider "salesforce" {
  login_url        = "https://example.my.salesforce.com"
  client_id        = "3MVG9example.consumer.key"
  username         = "terraform@example.com"
  private_key_file = "${path.module}/server.key"
}
