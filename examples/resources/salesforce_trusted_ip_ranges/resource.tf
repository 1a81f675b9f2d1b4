# All ranges that the org trusts; any other is removed.
resource "salesforce_trusted_ip_ranges" "org" {
  ip_ranges = {
    "192.0.2.0/24"                = "Head office"
    "198.51.100.10-198.51.100.20" = "Build servers"
    "203.0.113.7"                 = ""
    "2001:db8:10::/48"            = "Data centre"
  }
}
