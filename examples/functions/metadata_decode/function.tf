locals {
  # In a project: file("force-app/main/default/permissionsets/Billing_Sync.permissionset-meta.xml")
  billing = provider::salesforce::metadata_decode(<<-XML
    <?xml version="1.0" encoding="UTF-8"?>
    <PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
        <fieldPermissions>
            <editable>true</editable>
            <field>Account.Industry</field>
            <readable>true</readable>
        </fieldPermissions>
        <label>Billing Sync</label>
        <objectPermissions>
            <allowCreate>false</allowCreate>
            <allowDelete>false</allowDelete>
            <allowEdit>true</allowEdit>
            <allowRead>true</allowRead>
            <modifyAllRecords>false</modifyAllRecords>
            <object>Account</object>
            <viewAllRecords>false</viewAllRecords>
        </objectPermissions>
        <userPermissions>
            <enabled>true</enabled>
            <name>ApiEnabled</name>
        </userPermissions>
    </PermissionSet>
  XML
  )
}

# The content of a file is a content of the resource for any metadata,
resource "salesforce_metadata" "billing_copy" {
  type      = local.billing.type
  full_name = "Billing_Sync_Copy"
  content   = merge(local.billing.content, { label = "Billing Sync (copy)" })
}

# and can be read by expressions.
resource "salesforce_permission_set" "billing" {
  name             = "Billing_Sync"
  label            = local.billing.content.label
  user_permissions = [for p in try(local.billing.content.userPermissions, []) : p.name if p.enabled]

  field_permissions = {
    for p in try(local.billing.content.fieldPermissions, []) : p.field => p.editable ? "edit" : "read" if p.editable || try(p.readable, false)
  }
  object_permissions = {
    for p in try(local.billing.content.objectPermissions, []) : p.object => [
      for right, given in { read = p.allowRead, create = p.allowCreate, edit = p.allowEdit, delete = p.allowDelete } : right if given
    ]
  }
}
