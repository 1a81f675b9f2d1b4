variable "client_secret" {
  description = "The app's consumer secret, from the pipeline's vault."
  type        = string
  ephemeral   = true
}

provider "salesforce" {
  login_url     = "https://example.my.salesforce.com"
  client_id     = "3MVG9..."
  client_secret = var.client_secret
}
