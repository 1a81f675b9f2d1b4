package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// Token is an access token with what Salesforce tells along with it.
type Token struct {
	AccessToken    string
	TokenType      string
	InstanceURL    string    // base URL of the API that the token is for
	OrganizationID string    // 18 characters
	UserID         string    // whom the token stands for
	Scopes         []string  // OAuth names, such as api
	IssuedAt       time.Time // zero where Salesforce doesn't say, as with the JWT bearer flow
}

// LoginURL is where the client gets its tokens, or what it sends to where it was given one.
func (c *Client) LoginURL() string {
	if c.config.LoginURL != "" {
		return c.config.LoginURL
	}
	return c.config.InstanceURL
}

// MintToken signs in by another configuration, of any app of any org, and hands out the token, which the client itself doesn't
// use. The configuration's log and transport are the client's.
func (c *Client) MintToken(ctx context.Context, config Config) (Token, error) {
	way, err := config.resolve()
	if err != nil {
		return Token{}, err
	}
	mint, err := newMinter(config, way)
	if err != nil {
		return Token{}, err
	}
	return mintToken(ctx, c.sessions.client, mint)
}

// RevokeToken ends a token. One that has ended already is no error.
func (c *Client) RevokeToken(ctx context.Context, instanceURL, token string) error {
	whatever := func([]byte) bool { return true }
	err := postForm(ctx, c.sessions.client, instanceURL+"/services/oauth2/revoke", url.Values{"token": {token}}, whatever)
	if refused, ok := errors.AsType[*SignInError](err); ok && refused.Code == "invalid_token" {
		return nil
	}
	return err
}

// CheckSignIn finds what is wrong with a configuration without sending anything.
func CheckSignIn(config Config) error {
	way, err := config.resolve()
	if err == nil {
		_, err = newMinter(config, way)
	}
	return err
}

func mintToken(ctx context.Context, client *http.Client, mint minter) (Token, error) {
	token, err := retrySignIn(context.WithValue(ctx, oauth2.HTTPClient, client), mint)
	if err != nil {
		return Token{}, err
	}
	text := func(name string) string { v, _ := token.Extra(name).(string); return v }
	instance, err := NormalizeURL(text("instance_url"))
	if err != nil {
		return Token{}, fmt.Errorf("the token's instance_url: %w", err)
	}
	minted := Token{AccessToken: token.AccessToken, TokenType: token.Type(), InstanceURL: instance, Scopes: strings.Fields(text("scope"))}
	if parts := strings.Split(text("id"), "/"); len(parts) >= 2 { // https://login.salesforce.com/id/<org>/<user>
		minted.OrganizationID, minted.UserID = parts[len(parts)-2], parts[len(parts)-1]
	}
	if milliseconds, err := strconv.ParseInt(text("issued_at"), 10, 64); err == nil {
		minted.IssuedAt = time.UnixMilli(milliseconds).UTC()
	}
	return minted, nil
}
