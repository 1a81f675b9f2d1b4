package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Tally is how far something got that has to be done many times.
type Tally struct{ Done, Left int }

// EndSessions ends the sessions of a user. What one of them opened ends with it, and counts all the same. Sessions of others than the
// signed-in user are seen with Manage Users only.
func (c *Client) EndSessions(ctx context.Context, userID string) (Tally, error) {
	rows, err := Query[struct {
		ID string `json:"Id"`
	}](ctx, c, "list sessions", "SELECT Id FROM AuthSession WHERE UsersId = "+Quote(userID))
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	if err != nil {
		return Tally{}, err
	}
	return each(ctx, ids, func(ctx context.Context, id string) error { return c.remove(ctx, "AuthSession", id) })
}

// RevokeTokens takes every refresh token of a user from the app that holds it, with the sessions that came of it. Tokens of others than
// the signed-in user are seen with Customize Application only. No query finds more than 2,500 of them, so that it is asked again until
// none is left.
func (c *Client) RevokeTokens(ctx context.Context, userID string) (Tally, error) {
	const op = "revoke OAuth tokens"
	var total Tally
	tried := map[string]bool{}
	for {
		rows, err := Query[struct{ DeleteToken string }](ctx, c, op, "SELECT DeleteToken FROM OauthToken WHERE UserId = "+Quote(userID))
		if err != nil {
			return Tally{Done: total.Done}, err
		}
		var found []string
		for _, row := range rows {
			if !tried[row.DeleteToken] {
				found = append(found, row.DeleteToken)
			}
			tried[row.DeleteToken] = true
		}
		switch {
		case len(rows) == 0:
			return total, nil
		case len(found) == 0:
			return Tally{total.Done - len(rows), len(rows)}, &Error{Op: op, Status: http.StatusOK, Message: fmt.Sprintf("Salesforce still lists %d tokens that it revoked", len(rows))}
		}
		round, err := each(ctx, found, c.revokeToken)
		if total.Done += round.Done; err != nil {
			return Tally{total.Done, round.Left}, err
		}
	}
}

// revokeToken revokes a token by its handle. One that is gone already counts as revoked.
func (c *Client) revokeToken(ctx context.Context, token string) error {
	err := c.do(ctx, request{
		op: "revoke OAuth token", method: http.MethodPost, path: "/services/oauth2/revoke", idempotent: true, anonymous: true,
		form: &form{"application/x-www-form-urlencoded", []byte(url.Values{"token": {token}}.Encode()), "an OAuth token"},
	}, nil)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Code == "invalid_token" {
		return nil
	}
	return err
}

// each does the same to many things side by side, to the last even if some fail, and returns the first failure.
func each(ctx context.Context, things []string, work func(ctx context.Context, thing string) error) (Tally, error) {
	var group errgroup.Group
	group.SetLimit(maxCollection)
	var done atomic.Int64
	for _, thing := range things {
		group.Go(func() error {
			err := work(ctx, thing)
			if err == nil {
				done.Add(1)
			}
			return err
		})
	}
	err := group.Wait()
	return Tally{int(done.Load()), len(things) - int(done.Load())}, err
}
