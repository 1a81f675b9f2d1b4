package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultAPIVersion is the API version that the client speaks unless told otherwise: Winter '27.
const DefaultAPIVersion = "68.0"

// Config says which org to sign in to, and how. Exactly one of three ways must be complete: AccessToken with InstanceURL;
// ClientID, Username and PrivateKey (JWT bearer); ClientID and ClientSecret with the org's My Domain as LoginURL (client credentials).
type Config struct {
	LoginURL     string // where tokens are minted; https://login.salesforce.com if empty and allowed
	InstanceURL  string // the org's My Domain, with AccessToken
	AccessToken  string
	ClientID     string // consumer key
	ClientSecret string // consumer secret
	Username     string // whom JWT bearer signs in
	PrivateKey   string // PEM of the RSA key that belongs to the app's certificate
	Audience     string // of the JWT; scheme and host of LoginURL if empty
	APIVersion   string // such as "68.0"; DefaultAPIVersion if empty

	UserAgent string
	// Trace is told of every exchange; secrets are masked. Nil for none.
	Trace func(ctx context.Context, e Exchange)
	// Transport carries the requests; nil for one of the client's own.
	Transport http.RoundTripper
}

// Exchange is one request and its answer, for a log. Bodies are cut short and their secrets masked; token requests carry none.
type Exchange struct {
	Method, URL       string
	Status            int // 0 when no answer came
	Err               error
	Duration          time.Duration
	Request, Response string
}

// ConfigError is a Config that can't be used. Field names the Config field at fault.
type ConfigError struct {
	Field   string
	Problem string // what is wrong, and what to write instead
}

func (e *ConfigError) Error() string { return e.Field + ": " + e.Problem }

// grant is a way to get a token.
type grant int

const (
	grantAccessToken grant = iota
	grantJWT
	grantClientCredentials
)

// sharedLoginHosts mint tokens for all orgs of their kind, but not for client credentials.
var sharedLoginHosts = map[string]bool{"login.salesforce.com": true, "test.salesforce.com": true}

// resolve checks the configuration, fills defaults, and infers the way to sign in.
func (c *Config) resolve() (grant, error) {
	way, err := c.infer()
	if err != nil {
		return 0, err
	}
	if c.APIVersion == "" {
		c.APIVersion = DefaultAPIVersion
	}
	if way == grantAccessToken {
		c.InstanceURL, err = NormalizeURL(c.InstanceURL)
		return way, inField("InstanceURL", err)
	}
	if c.LoginURL == "" {
		c.LoginURL = "https://login.salesforce.com"
	}
	if c.LoginURL, err = NormalizeURL(c.LoginURL); err != nil {
		return 0, inField("LoginURL", err)
	}
	if host := hostOf(c.LoginURL); way == grantClientCredentials && sharedLoginHosts[host] {
		return 0, &ConfigError{"LoginURL", "client credentials are only accepted by the org's own My Domain, not by " + host +
			". Use https://<your domain>.my.salesforce.com (Setup > My Domain shows it)."}
	}
	if c.Audience == "" {
		c.Audience = c.LoginURL
	}
	c.Audience = strings.TrimSuffix(c.Audience, "/")
	return way, nil
}

// infer finds the one way to sign in that is complete. Anything ambiguous or half given is an error on the field to change.
func (c *Config) infer() (grant, error) {
	switch {
	case c.AccessToken != "" && (c.ClientSecret != "" || c.PrivateKey != ""):
		return 0, &ConfigError{"AccessToken", "an access token is given together with a client secret or a private key. Give one way to sign in: remove the access token, or the others."}
	case c.AccessToken != "" && c.InstanceURL == "":
		return 0, &ConfigError{"InstanceURL", "an access token needs the instance URL that it is for, such as https://example.my.salesforce.com (sf org display shows it, sf org auth show-access-token the token)."}
	case c.AccessToken != "":
		return grantAccessToken, nil
	case c.ClientSecret != "" && c.PrivateKey != "":
		return 0, &ConfigError{"ClientSecret", "a client secret (client credentials flow) and a private key (JWT bearer flow) are both given. Remove one of them."}
	case c.ClientID == "":
		return 0, &ConfigError{"ClientID", "no way to sign in is complete. Give an access token with its instance URL; or the client id of an app with a username and a private key (JWT bearer flow); or with a client secret and the org's My Domain as login URL (client credentials flow)."}
	case c.ClientSecret != "" && c.Username != "":
		return 0, &ConfigError{"Username", "the client credentials flow signs in as the app's run-as user, so a username can't be given with a client secret. Remove the username, or give a private key instead of the secret (JWT bearer flow)."}
	case c.ClientSecret != "":
		return grantClientCredentials, nil
	case c.PrivateKey == "":
		return 0, &ConfigError{"PrivateKey", "the client id needs a private key and a username (JWT bearer flow), or a client secret (client credentials flow)."}
	case c.Username == "":
		return 0, &ConfigError{"Username", "the JWT bearer flow needs the username to sign in as."}
	}
	return grantJWT, nil
}

// NormalizeURL reduces what people paste as an org's address to scheme and host. It refuses plain http beyond loopback, and
// hosts that serve pages but no API, naming the host to use instead.
func NormalizeURL(raw string) (string, error) {
	text := strings.TrimSpace(raw)
	if text != "" && !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err == nil && u.User != nil {
		return "", errors.New("the address holds a username or password, which Salesforce does not take there. Write it as https://example.my.salesforce.com")
	}
	if err != nil || u.Hostname() == "" {
		return "", fmt.Errorf("%q is not the address of an org. Write it as https://example.my.salesforce.com", raw)
	}
	host := strings.ToLower(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(host)) {
		return "", fmt.Errorf("%q must start with https://", raw)
	}
	for _, page := range []struct{ suffix, instead string }{
		{".lightning.force.com", ".my.salesforce.com"},
		{".my.salesforce-setup.com", ".my.salesforce.com"},
		{".salesforce-setup.com", ".salesforce.com"},
		{".vf.force.com", ""},
		{".visualforce.com", ""},
	} {
		name, found := strings.CutSuffix(host, page.suffix)
		switch {
		case found && page.instead != "":
			return "", fmt.Errorf("%q is the address of a page, where no API answers. Use https://%s%s", raw, name, page.instead)
		case found:
			return "", fmt.Errorf("%q is the address of a page, where no API answers. Use the org's My Domain, https://<your domain>.my.salesforce.com", raw)
		}
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func inField(field string, err error) error {
	var config *ConfigError
	if err == nil || errors.As(err, &config) {
		return err
	}
	return &ConfigError{field, err.Error() + "."}
}

// SignIn is how the client signs in.
type SignIn struct {
	ClientID          string // empty with a ready access token
	LoginURL          string // where it gets its tokens; empty with a ready access token
	JWT               bool   // by the JWT bearer flow
	ClientCredentials bool   // by the client credentials flow
}

// SignIn tells how the client signs in.
func (c *Client) SignIn() SignIn {
	switch {
	case c.config.AccessToken != "":
		return SignIn{}
	case c.config.ClientSecret != "":
		return SignIn{ClientID: c.config.ClientID, LoginURL: c.config.LoginURL, ClientCredentials: true}
	}
	return SignIn{ClientID: c.config.ClientID, LoginURL: c.config.LoginURL, JWT: true}
}
