terraform {
  required_providers {
    salesforce = {
      source = "terraform-salesforce/salesforce"
    }
  }
}

provider "salesforce" {
  login_url        = "https://example.my.salesforce.com"
  client_id        = "3MVG9example.consumer.key"
  username         = "terraform@example.com"
  private_key_file = "${path.module}/server.key"
}
