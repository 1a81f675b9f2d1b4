# For an address list outside this provider, such as a page in Setup or a metadata file.
output "office" {
  value = provider::salesforce::cidr_range("192.0.2.0/24") # { start = "192.0.2.0", end = "192.0.2.255" }
}

output "office_v6" {
  value = provider::salesforce::cidr_range("2001:db8:1::/48") # { start = "2001:db8:1::", end = "2001:db8:1:ffff:ffff:ffff:ffff:ffff" }
}
