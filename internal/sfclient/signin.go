package sfclient

import (
	"bytes"
	"context"
	"crypto/rsa"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// assertionLife is how long a JWT assertion is good for. Salesforce's documents give three minutes as the most.
const assertionLife = 2 * time.Minute

// minter gets a token by one OAuth flow.
type minter func(ctx context.Context) (*oauth2.Token, error)

// newMinter prepares the way to sign in; a key that can't be read is found here, before anything is sent.
func newMinter(config Config, way grant) (minter, error) {
	endpoint := config.LoginURL + "/services/oauth2/token"
	switch way {
	case grantJWT:
		key, err := parseKey(config.PrivateKey)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context) (*oauth2.Token, error) { return mintByJWT(ctx, config, key, endpoint) }, nil
	case grantClientCredentials:
		flow := clientcredentials.Config{
			ClientID: config.ClientID, ClientSecret: config.ClientSecret, TokenURL: endpoint,
			AuthStyle: oauth2.AuthStyleInParams, // auto-detection would double every refused sign-in
		}
		return func(ctx context.Context) (*oauth2.Token, error) {
			token, err := flow.Token(ctx)
			return token, signInFailure(err)
		}, nil
	default:
		token := &oauth2.Token{AccessToken: config.AccessToken}
		return func(context.Context) (*oauth2.Token, error) {
			return token.WithExtra(map[string]any{"instance_url": config.InstanceURL}), nil
		}, nil
	}
}

func parseKey(text string) (*rsa.PrivateKey, error) {
	if block, _ := pem.Decode([]byte(text)); block == nil {
		return nil, &ConfigError{"PrivateKey", "no PEM block is in it. Give the key's text, which starts with -----BEGIN PRIVATE KEY-----; in Terraform: file(\"server.key\")."}
	} else if strings.Contains(block.Type, "ENCRYPTED") || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
		return nil, &ConfigError{"PrivateKey", "the key is protected by a passphrase. Write it out without one: openssl rsa -in server.key -out plain.key"}
	} else if strings.Contains(block.Type, "CERTIFICATE") || strings.Contains(block.Type, "PUBLIC") {
		return nil, &ConfigError{"PrivateKey", "this is a " + strings.ToLower(block.Type) + ", which belongs to the app in Salesforce. Give the private key that it was made from."}
	}
	key, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(text))
	if err != nil {
		return nil, &ConfigError{"PrivateKey", "it can't be read as an RSA key (" + err.Error() + "). Salesforce takes RS256 only: openssl genrsa -out server.key 2048"}
	}
	return key, nil
}

// mintByJWT exchanges a signed assertion for a token. golang.org/x/oauth2/jwt is not used: it ignores the context, drops
// Salesforce's error code, and takes the token's expiry from an id_token.
func mintByJWT(ctx context.Context, config Config, key *rsa.PrivateKey, endpoint string) (*oauth2.Token, error) {
	assertion, err := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": config.ClientID, "sub": config.Username, "aud": config.Audience, "exp": time.Now().Add(assertionLife).Unix(),
	}).SignedString(key)
	if err != nil {
		return nil, fmt.Errorf("sign the JWT assertion: %w", err)
	}
	client, _ := ctx.Value(oauth2.HTTPClient).(*http.Client)
	var fields map[string]any
	token := &oauth2.Token{}
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}
	err = postForm(ctx, client, endpoint, form, func(body []byte) bool {
		return json.Unmarshal(body, &fields) == nil && json.Unmarshal(body, token) == nil && token.AccessToken != ""
	})
	if err != nil {
		return nil, err
	}
	return token.WithExtra(fields), nil
}

// postForm sends a form to one of the sign-in endpoints. Any other answer than 200 with what understood makes sense of is an error.
func postForm(ctx context.Context, client *http.Client, endpoint string, form url.Values, understood func(body []byte) bool) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || !understood(body) {
		return newSignInError(response, body)
	}
	return nil
}

// session is a live token and what came with it.
type session struct {
	token    string
	instance string // base URL of the API
	orgID    string // 18 characters; empty when the token came from outside
	userID   string
}

// sessions hands out the current session and replaces it when it dies; one mint at a time.
type sessions struct {
	mint   minter
	client *http.Client  // for tokens only: no redirects, which would carry credentials elsewhere
	turn   chan struct{} // of capacity 1; whoever fills it may read and write what follows

	current *session
	orgID   string // of the first session of the run
	over    error  // why nobody needs to sign in any more: another try would be refused too, and count towards lockout
}

// get returns the live session, signing in when there is none or when it is dead, the one that Salesforce refused to the caller.
func (s *sessions) get(ctx context.Context, dead *session) (*session, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s.current == dead {
		s.current = nil
	}
	if s.current != nil || s.over != nil {
		return s.current, s.over
	}
	minted, err := s.signIn(ctx)
	if refused, ok := errors.AsType[*SignInError](err); ok && !refused.transient() {
		s.over = err
	}
	if err != nil {
		return nil, err
	}
	if s.orgID == "" {
		s.orgID = minted.orgID
	}
	if minted.orgID != s.orgID {
		s.over = fmt.Errorf("signing in again led to another org (%s) than before (%s): was the sandbox refreshed or the login URL moved meanwhile? Nothing more was sent", minted.orgID, s.orgID)
		return nil, s.over
	}
	s.current = minted
	return minted, nil
}

func (s *sessions) signIn(ctx context.Context) (*session, error) {
	token, err := mintToken(ctx, s.client, s.mint)
	if err != nil {
		return nil, err
	}
	return &session{token: token.AccessToken, instance: token.InstanceURL, orgID: token.OrganizationID, userID: token.UserID}, nil
}

// signInFailure undoes what x/oauth2 wraps around a token endpoint's refusal.
func signInFailure(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return newSignInError(refused.Response, bytes.TrimSpace(refused.Body))
	}
	return err
}
