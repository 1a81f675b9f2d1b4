import {
  to = salesforce_custom_permission.bypass
  id = "Bypass_Billing_Rules"
}
