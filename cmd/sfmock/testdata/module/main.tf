terraform {
  required_version = ">= 1.11"
  required_providers {
    salesforce = {
      source = "terraform-salesforce/salesforce"
    }
  }
}

variable "username" {
  type        = string
  description = "Username of the integration."
}

resource "salesforce_permission_set" "shipping" {
  name               = "Shipping_Sync"
  label              = "Shipping Sync"
  object_permissions = { Shipment__c = ["read", "edit"] }
  field_permissions  = { "Shipment__c.Carrier__c" = "edit" }
}

resource "salesforce_integration_user" "shipping" {
  username        = var.username
  last_name       = "Shipping Sync"
  email           = "integrations@example.com"
  permission_sets = [salesforce_permission_set.shipping.name]
}

output "user_id" {
  description = "Id of the user."
  value       = salesforce_integration_user.shipping.id
}
