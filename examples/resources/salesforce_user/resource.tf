data "salesforce_profile" "standard" {
  name = "Standard User"
}

resource "salesforce_user_role" "analysts" {
  name = "Analysts"
}

resource "salesforce_user" "ada" {
  username          = "ada@example.com"
  email             = "ada@example.com"
  first_name        = "Ada"
  last_name         = "Lovelace"
  profile_id        = data.salesforce_profile.standard.id
  user_role_id      = salesforce_user_role.analysts.id
  time_zone_sid_key = "Europe/London"
  feature_licenses  = ["MarketingUser"]
}
