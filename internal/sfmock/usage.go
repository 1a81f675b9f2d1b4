package sfmock

import (
	"fmt"
	"net/http"
)

// dailyLimit is the allowance of a fresh org.
const dailyLimit = 100_000

// usage is the org's daily allowance of API calls, which all its integrations share.
type usage struct {
	used, max int
}

// header is the value of Sforce-Limit-Info.
func (u usage) header() string { return fmt.Sprintf("api-usage=%d/%d", u.used, u.max) }

// Usage returns how many API calls count against the daily limit so far.
func (o *Org) Usage() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.usage.used
}

// SetDailyLimit sets how many API calls count as made and how many a day allows.
func (o *Org) SetDailyLimit(used, limit int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.usage = usage{used: used, max: limit}
}

// SetConcurrencyLimit lets at most limit API requests be served at a time and refuses the others; 0 takes the limit away.
// Salesforce counts only requests that run for 20 seconds or more: slow the org down to stand for those.
func (o *Org) SetConcurrencyLimit(limit int) {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	o.hooks.maxInFlight = limit
}

func errDailyLimit() *apiError {
	return &apiError{Status: http.StatusForbidden, Code: "REQUEST_LIMIT_EXCEEDED", Message: "TotalRequests Limit exceeded."}
}

func errConcurrency() *apiError {
	return &apiError{
		Status: http.StatusForbidden, Code: "REQUEST_LIMIT_EXCEEDED",
		Message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
	}
}
