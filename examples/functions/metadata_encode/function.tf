# For local_file, an archive, or whatever takes files of a Salesforce project.
output "remote_site" {
  value = provider::salesforce::metadata_encode("RemoteSiteSetting", {
    url                     = "https://billing.example.com"
    isActive                = true
    disableProtocolSecurity = false
  })
}
