# terraform query -generate-config-out=users.tf writes them as resources with import blocks.
list "salesforce_user" "sellers" {
  provider = salesforce
  limit    = 500

  config {
    profile   = "Standard User"
    is_active = true
  }
}
