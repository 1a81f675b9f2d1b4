package sfclient

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// The first API versions in which external client apps' credentials can be read, and staged (Connect REST API Developer Guide).
const (
	CredentialsVersion = 60
	StagedVersion      = 65
)

// UsedApp is an external client app with OAuth usage data; one that nobody has signed in through may have none.
type UsedApp struct {
	ID   string `json:"identifier"`
	Name string `json:"developerName"`
}

// Consumer is an OAuth client of an external client app. Secret is empty unless it was asked for.
type Consumer struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Key    string `json:"key"`
	Secret string `json:"secret"`
}

// The states of a staged pair.
const (
	StagedActive  = "Active"  // it waits to be rotated in
	StagedRotated = "Rotated" // it was replaced, and still works
	StagedExpired = "Expired"
)

// StagedCredentials are the pair of key and secret in a consumer's one staged slot: the next pair before a rotation, the old one
// after it.
type StagedCredentials struct {
	ID             string `json:"id"`
	Key            string `json:"key"`
	Secret         string `json:"secret"`
	State          string `json:"state"`
	ExpirationDate string `json:"expirationDate"`
}

// ConsumerRef says which consumer of which external client app.
type ConsumerRef struct{ AppID, ConsumerID string }

func (r ConsumerRef) path(more ...string) string {
	parts := append([]string{r.AppID, r.ConsumerID}, more...)
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "/apps/oauth/credentials/" + strings.Join(parts, "/")
}

// UsedApps are the external client apps that Salesforce has OAuth usage data of.
func (c *Client) UsedApps(ctx context.Context) ([]UsedApp, error) {
	type page struct {
		Apps []UsedApp
		Next string `json:"nextPageUrl"`
	}
	var all []UsedApp
	next := request{op: "list external client apps", method: http.MethodGet, path: c.rest("/apps/oauth/usage"), idempotent: true}
	for {
		var answer page
		if err := c.do(ctx, next, &answer); err != nil {
			return nil, err
		}
		all = append(all, answer.Apps...)
		if answer.Next == "" || len(answer.Apps) == 0 {
			return all, nil
		}
		path, query, _ := strings.Cut(answer.Next, "?")
		values, _ := url.ParseQuery(query) // a page's address that can't be read would be that of the first page
		next.path, next.query = path, values
	}
}

// Consumers are the OAuth clients of an external client app, without their secrets.
func (c *Client) Consumers(ctx context.Context, appID string) ([]Consumer, error) {
	var answer struct{ Consumers []Consumer }
	err := c.do(ctx, request{
		op: "read the consumers of an external client app", method: http.MethodGet,
		path: c.rest("/apps/oauth/credentials/" + url.PathEscape(appID)), idempotent: true,
	}, &answer)
	return answer.Consumers, err
}

// ConsumerCredentials are a consumer's key and secret.
func (c *Client) ConsumerCredentials(ctx context.Context, ref ConsumerRef) (Consumer, error) {
	var consumer Consumer
	err := c.do(ctx, request{
		op: "read consumer credentials", method: http.MethodGet,
		path: c.rest(ref.path()), query: url.Values{"part": {"keyandsecret"}}, idempotent: true,
	}, &consumer)
	return consumer, err
}

// stagedPage is the list of staged credentials, which has at most one.
type stagedPage struct{ StagedCredentials []StagedCredentials }

func (p stagedPage) first() *StagedCredentials {
	if len(p.StagedCredentials) == 0 {
		return nil
	}
	return &p.StagedCredentials[0]
}

// Staged are the credentials in a consumer's staged slot; nil when it is free.
func (c *Client) Staged(ctx context.Context, ref ConsumerRef) (*StagedCredentials, error) {
	var answer stagedPage
	err := c.do(ctx, request{op: "read staged credentials", method: http.MethodGet, path: c.rest(ref.path("staged")), idempotent: true}, &answer)
	return answer.first(), err
}

// Stage puts new credentials into a consumer's staged slot, which has to be free. If nobody knows whether that was done, a look
// at the slot tells.
func (c *Client) Stage(ctx context.Context, ref ConsumerRef) (*StagedCredentials, error) {
	var answer stagedPage
	err := c.do(ctx, request{op: "stage credentials", method: http.MethodPost, path: c.rest(ref.path("staged"))}, &answer)
	staged := answer.first()
	if err == nil && staged != nil {
		return staged, nil
	}
	if err == nil || uncertain(err) {
		if found, lookErr := c.Staged(ctx, ref); lookErr == nil && found != nil && found.State == StagedActive {
			return found, nil
		}
	}
	if err == nil {
		err = &Error{Op: "stage credentials", Status: http.StatusOK, Message: "Salesforce answered without the new credentials"}
	}
	return nil, err
}

// Rotate swaps a consumer's credentials with the staged ones. If nobody knows whether that was done, a look at the slot tells.
func (c *Client) Rotate(ctx context.Context, ref ConsumerRef, stagedID string) error {
	err := c.do(ctx, request{
		op: "rotate credentials", method: http.MethodPatch, path: c.rest(ref.path("staged", stagedID)), body: map[string]string{"command": "rotate"},
	}, nil)
	if uncertain(err) {
		if found, lookErr := c.Staged(ctx, ref); lookErr == nil && found != nil && found.State == StagedRotated {
			return nil
		}
	}
	return err
}

// Discard voids the credentials in a consumer's staged slot at once.
func (c *Client) Discard(ctx context.Context, ref ConsumerRef, stagedID string) error {
	return c.do(ctx, request{op: "discard staged credentials", method: http.MethodDelete, path: c.rest(ref.path("staged", stagedID)), idempotent: true}, nil)
}
