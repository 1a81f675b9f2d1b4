terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

# How to sign in comes from the environment, such as SALESFORCE_LOGIN_URL, SALESFORCE_CLIENT_ID, SALESFORCE_USERNAME and
# SALESFORCE_PRIVATE_KEY_FILE for the JWT bearer flow.
provider "salesforce" {}
