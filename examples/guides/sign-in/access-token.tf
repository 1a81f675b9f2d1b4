provider "salesforce" {
  instance_url = "https://example.my.salesforce.com"
  access_token = "00D..." # better: the variable SALESFORCE_ACCESS_TOKEN
}
