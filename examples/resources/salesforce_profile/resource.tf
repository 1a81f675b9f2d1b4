# An API-only profile of one integration's own, so that it can log in from that integration's addresses only.
resource "salesforce_profile" "billing" {
  name         = "Billing API"
  user_license = "Salesforce Integration"
  description  = "Lets the billing integration log in from its data centre."

  login_ip_ranges = {
    "192.0.2.0/24"                = "data centre"
    "198.51.100.10-198.51.100.20" = "fail-over"
    "2001:db8:7::/48"             = "data centre, IPv6"
  }
  login_hours = {
    saturday = "00:00-00:00" # nobody
    sunday   = "20:00-24:00"
  }
}
