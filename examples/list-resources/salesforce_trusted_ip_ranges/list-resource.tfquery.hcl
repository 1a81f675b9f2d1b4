# terraform query -generate-config-out=trusted_ip_ranges.tf writes them as a resource with an import block.
list "salesforce_trusted_ip_ranges" "org" {
  provider         = salesforce
  include_resource = true
}
