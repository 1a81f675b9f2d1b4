# A host that Apex may call.
resource "salesforce_metadata" "billing_site" {
  type      = "RemoteSiteSetting"
  full_name = "Billing_API"

  content = {
    url                     = "https://billing.example.com"
    isActive                = true
    disableProtocolSecurity = false
  }
}

# A permission that Apex and flows can ask for.
resource "salesforce_metadata" "approve_invoices" {
  type       = "CustomPermission"
  full_name  = "Approve_Invoices"
  check_only = true # asks Salesforce while planning

  content = {
    label      = "Approve Invoices"
    isLicensed = false
  }
}

# A password that is in no state. Count the version up to write another one.
variable "billing_password" {
  type      = string
  ephemeral = true
  default   = "correct horse battery staple"
}

resource "salesforce_metadata" "billing_credential" {
  type      = "NamedCredential"
  full_name = "Billing"

  content = {
    label         = "Billing"
    endpoint      = "https://billing.example.com"
    protocol      = "Password"
    principalType = "NamedUser"
    username      = "robot"
  }
  sensitive_content_wo         = { password = var.billing_password }
  sensitive_content_wo_version = 1
}

# Settings are there in every org. This one element is owned, and put back when it is destroyed.
resource "salesforce_metadata" "security" {
  type       = "SecuritySettings"
  full_name  = "Security"
  on_destroy = "restore"

  content = {
    sessionSettings = { enableCSRFOnGet = true }
  }
}

# Large components are faster as text: XML as in file("Auditor.permissionset-meta.xml"), or JSON.
resource "salesforce_metadata" "auditor" {
  type      = "PermissionSet"
  full_name = "Auditor"

  source = <<-XML
    <?xml version="1.0" encoding="UTF-8"?>
    <PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
        <fieldPermissions>
            <editable>false</editable>
            <field>Account.Industry</field>
            <readable>true</readable>
        </fieldPermissions>
        <label>Auditor</label>
    </PermissionSet>
  XML
}
