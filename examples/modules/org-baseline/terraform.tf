terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}
