# What the org says of the integration's user.
terraform {
  required_providers {
    salesforce = { source = "terraform-salesforce/salesforce" }
  }
}

variable "username" {
  type = string
}

data "salesforce_user_access" "this" {
  username = var.username
  objects  = ["Account", "Order"]
}

output "access" {
  value = data.salesforce_user_access.this
}
