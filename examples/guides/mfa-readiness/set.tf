resource "salesforce_permission_set" "erp" {
  name  = "ERP_Sync"
  label = "ERP Sync"

  object_permissions = { Order = ["read"] }
}
