data "salesforce_org_limits" "this" {}

check "api_requests" {
  assert {
    condition     = data.salesforce_org_limits.this.limits["DailyApiRequests"].remaining > 1000
    error_message = "The org has fewer than 1,000 API requests left for the next 24 hours."
  }
}
