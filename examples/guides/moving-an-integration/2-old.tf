# The user that the integration logged in as until now. The import block takes it over once.
import {
  to = salesforce_user.old_orders
  id = "sam.seller@example.com"
}

resource "salesforce_user" "old_orders" {
  username   = "sam.seller@example.com"
  last_name  = "Seller"
  email      = "sam.seller@example.com"
  profile_id = data.salesforce_profile.standard.id
  is_frozen  = true # first frozen, which one line undoes; is_active = false when nobody missed it for a month
}

data "salesforce_profile" "standard" {
  name = "Standard User"
}
