package sfclient

import (
	"errors"
	"strings"
	"testing"
)

func TestConfigInfersTheWayToSignIn(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config          Config
		way             grant
		login, instance string
		audience        string
	}{
		"access token": {
			config: Config{AccessToken: "t", InstanceURL: "https://Example.my.salesforce.com/services/data?x=1#y"},
			way:    grantAccessToken, instance: "https://example.my.salesforce.com",
		},
		"access token beside what the environment has for other ways": {
			config: Config{AccessToken: "t", InstanceURL: "example.my.salesforce.com", ClientID: "id", Username: "u"},
			way:    grantAccessToken, instance: "https://example.my.salesforce.com",
		},
		"JWT at the default log-in host": {
			config: Config{ClientID: "id", Username: "u", PrivateKey: "k"},
			way:    grantJWT, login: "https://login.salesforce.com", audience: "https://login.salesforce.com",
		},
		"JWT at My Domain": {
			config: Config{ClientID: "id", Username: "u", PrivateKey: "k", LoginURL: " https://Example.my.salesforce.com/ "},
			way:    grantJWT, login: "https://example.my.salesforce.com", audience: "https://example.my.salesforce.com",
		},
		"JWT with an audience of its own": {
			config: Config{ClientID: "id", Username: "u", PrivateKey: "k", Audience: "https://test.salesforce.com/"},
			way:    grantJWT, login: "https://login.salesforce.com", audience: "https://test.salesforce.com",
		},
		"client credentials": {
			config: Config{ClientID: "id", ClientSecret: "s", LoginURL: "example--dev.sandbox.my.salesforce.com"},
			way:    grantClientCredentials, login: "https://example--dev.sandbox.my.salesforce.com", audience: "https://example--dev.sandbox.my.salesforce.com",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := test.config
			way, err := c.resolve()
			if err != nil || way != test.way {
				t.Fatalf("way %d, %v", way, err)
			}
			if c.LoginURL != test.login || c.InstanceURL != test.instance || c.Audience != test.audience || c.APIVersion != DefaultAPIVersion {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestConfigBlamesAField(t *testing.T) {
	t.Parallel()
	jwt := func(change func(*Config)) Config {
		c := Config{ClientID: "id", Username: "u", PrivateKey: "k"}
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		config      Config
		field, says string
	}{
		"nothing":                          {Config{}, "ClientID", "no way to sign in is complete"},
		"only a secret":                    {Config{ClientSecret: "s"}, "ClientID", "no way to sign in is complete"},
		"only a client id":                 {Config{ClientID: "id"}, "PrivateKey", "needs a private key"},
		"JWT without a username":           {jwt(func(c *Config) { c.Username = "" }), "Username", "needs the username"},
		"JWT without a key":                {jwt(func(c *Config) { c.PrivateKey = "" }), "PrivateKey", "needs a private key"},
		"a token and a key":                {jwt(func(c *Config) { c.AccessToken = "t" }), "AccessToken", "one way to sign in"},
		"a token and a secret":             {Config{AccessToken: "t", InstanceURL: "x.example.com", ClientSecret: "s"}, "AccessToken", "one way to sign in"},
		"a token without an instance":      {Config{AccessToken: "t"}, "InstanceURL", "needs the instance URL"},
		"a token and a page's address":     {Config{AccessToken: "t", InstanceURL: "https://x.lightning.force.com"}, "InstanceURL", "https://x.my.salesforce.com"},
		"a secret and a key":               {jwt(func(c *Config) { c.ClientSecret = "s" }), "ClientSecret", "Remove one of them"},
		"a secret and a username":          {Config{ClientID: "id", ClientSecret: "s", Username: "u"}, "Username", "run-as user"},
		"a page to log in at":              {jwt(func(c *Config) { c.LoginURL = "https://x.my.salesforce-setup.com" }), "LoginURL", "https://x.my.salesforce.com"},
		"client credentials at no host":    {Config{ClientID: "id", ClientSecret: "s"}, "LoginURL", "not by login.salesforce.com"},
		"client credentials at login":      {Config{ClientID: "id", ClientSecret: "s", LoginURL: "https://LOGIN.salesforce.com:443/"}, "LoginURL", "not by login.salesforce.com"},
		"client credentials at test":       {Config{ClientID: "id", ClientSecret: "s", LoginURL: "test.salesforce.com"}, "LoginURL", "My Domain"},
		"a log-in URL that is none at all": {jwt(func(c *Config) { c.LoginURL = "https://" }), "LoginURL", "not the address of an org"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := New(t.Context(), test.config)
			blamed, ok := errors.AsType[*ConfigError](err)
			if !ok || blamed.Field != test.field || !strings.Contains(blamed.Problem, test.says) || c != nil {
				t.Errorf("%v, want %s: ...%s...", err, test.field, test.says)
			}
		})
	}
}

func TestNormalizeURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://example.my.salesforce.com":                 "https://example.my.salesforce.com",
		"https://example.my.salesforce.com/":                "https://example.my.salesforce.com",
		"https://example.my.salesforce.com/services/oauth2": "https://example.my.salesforce.com",
		"example.my.salesforce.com/lightning/page":          "https://example.my.salesforce.com",
		"HTTPS://Example.MY.salesforce.com":                 "https://example.my.salesforce.com",
		"\thttps://example.my.salesforce.com\n":             "https://example.my.salesforce.com",
		"https://example.my.salesforce.com:8443":            "https://example.my.salesforce.com:8443",
		"http://localhost:8080":                             "http://localhost:8080",
		"http://127.0.0.1:8080/x":                           "http://127.0.0.1:8080",
		"http://[::1]:8080":                                 "http://[::1]:8080",
	} {
		if got, err := NormalizeURL(raw); err != nil || got != want {
			t.Errorf("%q: %q, %v", raw, got, err)
		}
	}
	for raw, says := range map[string]string{
		"":                                 "not the address",
		"   ":                              "not the address",
		"https://":                         "not the address",
		"https://:443":                     "not the address",
		"https://exa mple.com":             "not the address",
		"https://user:pass@example.com":    "holds a username or password",
		"https://example.com:port":         "not the address",
		"http://example.my.salesforce.com": "must start with https://",
		"http://192.0.2.1":                 "must start with https://",
		"http://localhost.example.com":     "must start with https://",
		"ftp://localhost":                  "must start with https://",
		"example.lightning.force.com":      "Use https://example.my.salesforce.com",
		"https://Example.lightning.force.com/lightning/setup/SetupOneHome/home": "Use https://example.my.salesforce.com",
		"https://x--dev.sandbox.lightning.force.com":                            "Use https://x--dev.sandbox.my.salesforce.com",
		"https://x.my.salesforce-setup.com/":                                    "Use https://x.my.salesforce.com",
		"https://x.sandbox.my.salesforce-setup.com/":                            "Use https://x.sandbox.my.salesforce.com",
		"https://x.salesforce-setup.com":                                        "Use https://x.salesforce.com",
		"https://x--c.vf.force.com":                                             "Use the org's My Domain",
		"https://x.visualforce.com":                                             "Use the org's My Domain",
	} {
		if got, err := NormalizeURL(raw); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q, %v; want ...%s...", raw, got, err, says)
		}
	}
}
