package sfclient

import (
	"context"
	"net/http"
)

// Limit is how much of something the org may use, and what is left of it. Orgs and apps within one may have both or neither.
type Limit struct {
	Max       *int64 `json:"Max"`
	Remaining *int64 `json:"Remaining"`
}

// Limits are the org's limits by name as they are now. The share of each app in DailyApiRequests, which some orgs tell too, is left out.
func (c *Client) Limits(ctx context.Context) (map[string]Limit, error) {
	limits := map[string]Limit{}
	err := c.do(ctx, request{op: "read limits", method: http.MethodGet, path: c.rest("/limits"), idempotent: true}, &limits)
	return limits, err
}
