# What may a person do? The postcondition stops the plan.
data "salesforce_user_access" "seller" {
  username = "sam.seller@example.com"
  objects  = ["Account", "Opportunity"]

  lifecycle {
    postcondition {
      condition     = !self.privileged
      error_message = "${self.username} is privileged: ${join(", ", self.privileged_reasons)}."
    }
  }
}

# The check warns, and names the grants to take away.
check "sellers_delete_no_accounts" {
  assert {
    condition = !contains(lookup(data.salesforce_user_access.seller.object_permissions, "Account", []), "delete")
    error_message = join("", [
      "Sam deletes accounts by: ",
      join(", ", [for path, grant in data.salesforce_user_access.seller.grants : path if contains(lookup(grant.object_permissions, "Account", []), "delete")]),
      ".",
    ])
  }
}

# Who logs in no more keeps no access.
check "seller_logs_in" {
  assert {
    condition     = length(coalesce(data.salesforce_user_access.seller.unused, {})) == 0
    error_message = "Unused: ${join(", ", keys(coalesce(data.salesforce_user_access.seller.unused, {})))}."
  }
}
