# What every org gets. Who is who in each of them comes from its own file: terraform apply -var-file=orgs/dev.tfvars
variable "integrations" {
  description = "Integrations by API name, with what each may do."
  type = map(object({
    label   = string
    email   = string
    objects = map(set(string))
  }))
  default = {
    Billing_Sync = {
      label   = "Billing Sync"
      email   = "integrations@example.com"
      objects = { Account = ["read"] }
    }
  }
}

resource "salesforce_permission_set" "integration" {
  for_each = var.integrations

  name               = each.key
  label              = each.value.label
  object_permissions = each.value.objects
}

resource "salesforce_integration_user" "integration" {
  for_each = var.integrations

  username        = "${replace(lower(each.key), "_", "-")}@${terraform.workspace}.example.com"
  last_name       = each.value.label
  email           = each.value.email
  permission_sets = [salesforce_permission_set.integration[each.key].name]
}
