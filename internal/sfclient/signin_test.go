package sfclient

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	app := func(change func(*sfmock.App)) func(*testOrg) {
		return func(o *testOrg) {
			a := testApp()
			change(&a)
			o.AddApp(a)
		}
	}
	for name, test := range map[string]struct {
		org    func(*testOrg)
		config func(*testOrg) Config
		user   string
	}{
		"JWT":                          {config: (*testOrg).jwt, user: administrator},
		"JWT at the log-in host":       {config: func(o *testOrg) Config { c := o.jwt(); c.LoginURL = o.loginURL; return c }, user: administrator},
		"JWT with the public audience": {config: func(o *testOrg) Config { c := o.jwt(); c.Audience = "https://login.salesforce.com/"; return c }, user: administrator},
		"JWT through an ECA":           {org: app(func(a *sfmock.App) { a.External = true }), config: (*testOrg).jwt, user: administrator},
		"client credentials":           {config: (*testOrg).clientCredentials, user: machine},
		"an access token": {config: func(o *testOrg) Config {
			token, _ := o.Token(machine)
			return Config{AccessToken: token, InstanceURL: o.url + "/"}
		}, user: machine},
		"JWT after the user approved the app": {org: func(o *testOrg) {
			app(func(a *sfmock.App) { a.AdminApproved = false })(o)
			_ = o.Approve("Terraform", machine)
		}, config: func(o *testOrg) Config { c := o.jwt(); c.Username = strings.ToUpper(machine); return c }, user: machine},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			if test.org != nil {
				test.org(o)
			}
			config := test.config(o)
			c, err := New(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			if who, err := c.WhoAmI(t.Context()); err != nil || who.Username != test.user || who.OrganizationID != o.Records("Organization")[0]["Id"] {
				t.Errorf("%+v, %v", who, err)
			}
			if c.InstanceURL() != o.url || c.APIVersion() != DefaultAPIVersion || len(c.Warnings()) != 0 {
				t.Errorf("%s, %s, %q", c.InstanceURL(), c.APIVersion(), c.Warnings())
			}
			want := 1
			if config.AccessToken != "" {
				want = 0
			}
			calls(t, o.Org, "token", want)
		})
	}
}

// TestSignInRefused checks that each refusal keeps Salesforce's words, has advice, and was asked for once only: failed sign-ins count
// towards lockout.
func TestSignInRefused(t *testing.T) {
	t.Parallel()
	app := func(change func(*sfmock.App)) func(*testing.T, *testOrg) {
		return func(_ *testing.T, o *testOrg) {
			a := testApp()
			change(&a)
			o.AddApp(a)
		}
	}
	jwt := func(change func(*testOrg, *Config)) func(*testOrg) Config {
		return func(o *testOrg) Config {
			c := o.jwt()
			change(o, &c)
			return c
		}
	}
	as := func(username string) func(*testOrg) Config {
		return jwt(func(_ *testOrg, c *Config) { c.Username = username })
	}
	update := func(object, column string, value any, change map[string]any) func(*testing.T, *testOrg) {
		return func(t *testing.T, o *testOrg) {
			t.Helper()
			if err := o.Update(o.Find(object, column, value)["Id"].(string), change); err != nil {
				t.Error(err)
			}
		}
	}
	restrict := func(profile string) func(*testing.T, *testOrg) {
		return func(t *testing.T, o *testOrg) {
			t.Helper()
			err := o.SetComponent("Profile", profile, map[string]any{"loginIpRanges": []map[string]any{{"startAddress": "192.0.2.1", "endAddress": "192.0.2.9"}}})
			if err != nil {
				t.Error(err)
			}
			o.SetSourceIP("198.51.100.1")
		}
	}
	for name, test := range map[string]struct {
		org    func(*testing.T, *testOrg)
		config func(*testOrg) Config
		want   string
	}{
		"another key":               {config: jwt(func(_ *testOrg, c *Config) { c.PrivateKey = otherKey() }), want: "invalid_grant: invalid assertion"},
		"another audience":          {config: jwt(func(_ *testOrg, c *Config) { c.Audience = "https://example.com" }), want: "invalid_grant: audience is invalid"},
		"an unknown app":            {config: jwt(func(_ *testOrg, c *Config) { c.ClientID = "nobody" }), want: "invalid_client_id: client identifier invalid"},
		"another org's app":         {org: app(func(a *sfmock.App) { a.Foreign = true }), config: (*testOrg).jwt, want: "app_not_found: External client app is not installed in this org"},
		"an ECA at the log-in host": {org: app(func(a *sfmock.App) { a.External = true }), config: jwt(func(o *testOrg, c *Config) { c.LoginURL = o.loginURL }), want: "app_not_found: External client app is not installed in this org"},
		"a user who did not approve": {
			org: app(func(a *sfmock.App) { a.AdminApproved = false }), config: (*testOrg).jwt, want: "invalid_grant: user hasn't approved this consumer",
		},
		"a user whom no administrator approved": {config: as("sam.seller@example.com"), want: "invalid_app_access: user is not admin approved to access this app"},
		"nobody":                                {config: as("nobody@example.com"), want: "invalid_grant: inactive user"},
		"an inactive user":                      {org: update("User", "Username", machine, map[string]any{"IsActive": false}), config: as(machine), want: "invalid_grant: inactive user"},
		"a frozen user":                         {org: func(_ *testing.T, o *testOrg) { _ = o.Freeze(administrator, true) }, config: (*testOrg).jwt, want: "invalid_grant: authentication failure"},
		"a forbidden address":                   {org: restrict("Admin"), config: (*testOrg).jwt, want: "invalid_grant: ip restricted"},
		"a blocked app":                         {org: app(func(a *sfmock.App) { a.Blocked = true }), config: (*testOrg).jwt, want: "app_blocked: this app is blocked by admin"},
		"a wrong secret":                        {config: func(o *testOrg) Config { c := o.clientCredentials(); c.ClientSecret = "wrong"; return c }, want: "invalid_client: invalid client credentials"},
		"a secret at an unknown app":            {config: func(o *testOrg) Config { c := o.clientCredentials(); c.ClientID = "nobody"; return c }, want: "invalid_client_id: client identifier invalid"},
		"client credentials at the log-in host": {config: func(o *testOrg) Config { c := o.clientCredentials(); c.LoginURL = o.loginURL; return c }, want: "invalid_grant: request not supported on this domain"},
		"no run-as user":                        {org: app(func(a *sfmock.App) { a.RunAs = "" }), config: (*testOrg).clientCredentials, want: "invalid_grant: no client credentials user enabled"},
		"client credentials off":                {org: app(func(a *sfmock.App) { a.ClientCredentials = false }), config: (*testOrg).clientCredentials, want: "unsupported_grant_type: grant type not supported"},
		"an inactive run-as user":               {org: update("User", "Username", machine, map[string]any{"IsActive": false}), config: (*testOrg).clientCredentials, want: "invalid_grant: inactive user"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			if test.org != nil {
				test.org(t, o)
			}
			_, err := New(t.Context(), test.config(o))
			refused, ok := errors.AsType[*SignInError](err)
			if !ok || refused.Code+": "+refused.Description != test.want || refused.Status != http.StatusBadRequest {
				t.Fatalf("%v, want %s", err, test.want)
			}
			if refused.Advice() == "" || refused.Error() != "sign in to Salesforce: "+test.want {
				t.Errorf("%v, advice %q", refused, refused.Advice())
			}
			if got := o.Requests(sfmock.Match{}); len(got) != 1 || got[0].Kind != "token" {
				t.Errorf("%d requests: %v", len(got), o.Calls())
			}
		})
	}
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	for _, known := range signInAdvice {
		for _, description := range []string{known.description, strings.ToUpper(known.description), known.code + ": " + known.description} {
			if got := (&SignInError{Code: known.code, Description: description}).Advice(); got != known.advice || !strings.HasSuffix(got, ".") {
				t.Errorf("%s: %s: %q", known.code, description, got)
			}
		}
	}
	for _, unknown := range []SignInError{{Code: "invalid_grant"}, {Code: "invalid_grant", Description: "never seen"}, {Code: "unknown_error"}} {
		if got := unknown.Advice(); got != "" {
			t.Errorf("%v: %q", unknown, got)
		}
	}
}

func TestUnusableKeys(t *testing.T) {
	t.Parallel()
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, headers map[string]string, content []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Headers: headers, Bytes: content}))
	}
	for name, test := range map[string]struct{ key, says string }{
		"no PEM":                    {"server.key", "no PEM block"},
		"PKCS #8 with a passphrase": {block("ENCRYPTED PRIVATE KEY", nil, der), "passphrase"},
		"PKCS #1 with a passphrase": {block("RSA PRIVATE KEY", map[string]string{"Proc-Type": "4,ENCRYPTED"}, der), "passphrase"},
		"the certificate":           {keyPair().certificate, "this is a certificate"},
		"a public key":              {block("PUBLIC KEY", nil, der), "this is a public key"},
		"an elliptic curve key":     {block("PRIVATE KEY", nil, der), "RS256 only"},
		"nonsense":                  {block("RSA PRIVATE KEY", nil, []byte("nonsense")), "can't be read as an RSA key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := Config{ClientID: consumerKey, Username: administrator, PrivateKey: test.key, Transport: roundTripper(func(*http.Request) (*http.Response, error) {
				t.Error("a request was sent")
				return nil, errTest
			})}
			_, err := New(t.Context(), config)
			if blamed, ok := errors.AsType[*ConfigError](err); !ok || blamed.Field != "PrivateKey" || !strings.Contains(blamed.Problem, test.says) {
				t.Errorf("%v, want ...%s...", err, test.says)
			}
			if bytes.Contains([]byte(err.Error()), der[:8]) || strings.Contains(err.Error(), "BEGIN EC") {
				t.Errorf("the key is in %v", err)
			}
		})
	}
}

// TestSignInTriesAgain checks what is tried again at the token endpoint, and how often.
func TestSignInTriesAgain(t *testing.T) {
	t.Parallel()
	keyPair()
	for name, test := range map[string]struct {
		fault     sfmock.Fault
		times     int
		wantCalls int
		succeeds  bool
	}{
		"busy for a moment":     {sfmock.Fault{Status: 503, Code: "server_error", Message: "try again"}, 2, 3, true},
		"busy for long":         {sfmock.Fault{Status: 503, Code: "server_error", Message: "try again"}, -1, 3, false},
		"busy with a 400":       {sfmock.Fault{Status: 400, Code: "service_unavailable"}, 1, 2, true},
		"down":                  {sfmock.Fault{Status: 400, Code: "system_down"}, 1, 2, true},
		"a gateway's page":      {sfmock.Fault{Status: 503, Body: "<html>maintenance</html>"}, 1, 2, true},
		"too many requests":     {sfmock.Fault{Status: 429, Body: "slow down", ContentType: "text/plain"}, 1, 2, true},
		"cut":                   {sfmock.Fault{Reset: true}, 1, 2, true},
		"refused":               {sfmock.Fault{Code: "invalid_grant", Message: "never seen"}, 1, 1, false},
		"refused without words": {sfmock.Fault{Status: 400, Body: "{}", ContentType: "application/json"}, 1, 1, false},
		"no org here":           {sfmock.Fault{Status: 404, Body: "<html>URL No Longer Exists</html>"}, 1, 1, false},
	} {
		for _, flow := range []Config{
			{ClientID: consumerKey, Username: administrator, PrivateKey: keyPair().private},
			{ClientID: consumerKey, ClientSecret: consumerSecret},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				inFakeTime(t, func(t *testing.T) {
					t.Helper()
					o := sfmock.New(sfmock.Options{})
					seed(t, o)
					o.Fail(sfmock.Match{Kind: "token"}, test.times, test.fault)
					flow.LoginURL, flow.Transport = inProcessDomain, o.Transport()
					defer flow.Transport.(*http.Transport).CloseIdleConnections()
					if _, err := New(t.Context(), flow); (err == nil) != test.succeeds {
						t.Error(err)
					}
					calls(t, o, "token", test.wantCalls)
				})
			})
		}
	}
}

func TestSignInFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		for _, config := range []func(*testOrg) Config{(*testOrg).jwt, (*testOrg).clientCredentials} {
			elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("credentials went to %s", r.Host) }))
			t.Cleanup(elsewhere.Close)
			o := newOrg(t)
			o.Fail(sfmock.Match{Kind: "token"}, -1, sfmock.Fault{Status: status, Header: map[string]string{"Location": elsewhere.URL}})
			if _, err := New(t.Context(), config(o)); err == nil || !strings.Contains(err.Error(), http.StatusText(status)) {
				t.Errorf("%d: %v", status, err)
			}
			calls(t, o.Org, "token", 1)
		}
	}
}

func TestSignInEndsWithTheContext(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	ctx, cancel := withCancelled(t)
	defer cancel()
	if _, err := New(ctx, o.jwt()); !errors.Is(err, ctx.Err()) {
		t.Error(err)
	}
	calls(t, o.Org, "token", 0)
}
