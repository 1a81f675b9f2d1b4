package provider

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const tokenType = "salesforce_access_token"

// accepts tells whether the API takes an access token.
func (o *testOrg) accepts(t *testing.T, token string) bool {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.url+"/services/data/v68.0/limits", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// byRobotJWT are the arguments of a token of the administrator by the robots' app.
func byRobotJWT(t *testing.T, o *testOrg) config {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	return config{"client_id": tfText(o.robotKey(t)), "username": tfText(o.AdministratorUsername()), "private_key": tfText(keys[0]), "login_url": tfText(o.url)}
}

func TestAccessToken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config func(*testing.T, *testOrg) config
		user   string
		issued bool
	}{
		"JWT bearer":         {byRobotJWT, "", false},
		"client credentials": {byAppSecret, robotName, true},
		"the provider's login URL": {func(t *testing.T, o *testOrg) config {
			t.Helper()
			c := byAppSecret(t, o)
			delete(c, "login_url")
			return c
		}, robotName, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			p := o.speak(t)
			kept := p.watched()
			config := c.config(t, o)
			secrets := []string{}
			for _, argument := range []string{"client_secret", "private_key"} {
				if _, given := config[argument]; given {
					secrets = append(secrets, textIn(t, config, argument))
				}
			}
			result, private, diags := p.open(t, tokenType, config)
			failed(t, nil, diags)
			token := textIn(t, result, "access_token")
			if !o.accepts(t, token) {
				t.Error("the API refuses the token")
			}
			user := o.id(t, "User", "Username", map[bool]string{true: o.AdministratorUsername(), false: c.user}[c.user == ""])
			if textIn(t, result, "user_id") != user || textIn(t, result, "instance_url") != o.url || textIn(t, result, "token_type") != "Bearer" ||
				textIn(t, result, "organization_id") != o.Records("Organization")[0]["Id"] || !result["scopes"].Equal(tfNames("api")) || result["issued_at"].IsNull() == c.issued {
				t.Errorf("the result is %v", result)
			}
			failed(t, nil, p.closeToken(t, private))
			if !o.accepts(t, token) {
				t.Error("closing ended the token")
			}
			kept.holdsNone(t, append(secrets, token)...)
		})
	}
}

func TestAccessTokenRevokedOnClose(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotAppOrg(t, o)
	p := o.speak(t)
	kept := p.watched()
	open := func() (token string, private []byte) {
		c := byRobotJWT(t, o)
		c["revoke_on_close"] = tfBool(true)
		result, private, diags := p.open(t, tokenType, c)
		failed(t, nil, diags)
		return textIn(t, result, "access_token"), private
	}
	token, private := open()
	failed(t, nil, p.closeToken(t, private))
	if o.accepts(t, token) {
		t.Error("the token still works")
	}
	failed(t, nil, p.closeToken(t, private)) // it has ended already
	kept.holdsNone(t, token)

	token, private = open()
	o.Fail(sfmock.Match{Path: "/services/oauth2/revoke"}, 1, sfmock.Fault{Status: http.StatusServiceUnavailable})
	warned(t, p.closeToken(t, private), "Unable to revoke the access token")
	if !o.accepts(t, token) {
		t.Error("the token was revoked all the same")
	}
	kept.holdsNone(t, token)
}

func TestAccessTokenErrors(t *testing.T) {
	t.Parallel()
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	for name, c := range map[string]struct {
		change config
		says   []string
		signs  int // sign-ins that are tried
	}{
		"two ways at once":           {config{"client_secret": tfText("hush-hush")}, []string{"client_secret", "both given"}, 0},
		"no way":                     {config{"username": tfText(""), "private_key": tfText("")}, []string{"length must be at least 1"}, 0},
		"half a way":                 {config{"username": tftypes.NewValue(tftypes.String, nil)}, []string{"username", "needs the username"}, 0},
		"no key":                     {config{"private_key": tfText("-----BEGIN NONSENSE")}, []string{"private_key", "No PEM block"}, 0},
		"a page":                     {config{"login_url": tfText("https://example.lightning.force.com")}, []string{"login_url", "https://example.my.salesforce.com"}, 0},
		"somebody else":              {config{"username": tfText("sam.seller@example.com")}, []string{"not admin approved", "policies"}, 1},
		"an app that is not there":   {config{"client_id": tfText("3MVG9unknown")}, []string{"client identifier invalid"}, 1},
		"unknown until an apply":     {config{"username": unknown, "private_key": tfText("nonsense")}, nil, 0},
		"secret at a shared host":    {config{"login_url": tfText("https://login.salesforce.com"), "client_secret": tfText("hush-hush"), "username": tftypes.NewValue(tftypes.String, nil), "private_key": tftypes.NewValue(tftypes.String, nil)}, []string{"login_url", "My Domain"}, 0},
		"somebody else's test realm": {config{"audience": tfText("https://example.com")}, []string{"audience is invalid"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			p := o.speak(t)
			o.ResetRequests()
			config := byRobotJWT(t, o)
			maps.Copy(config, c.change)
			if c.says == nil { // Terraform opens nothing that is not known yet, but validates it
				dynamic := value(t, p.all.EphemeralResourceSchemas[tokenType].ValueType(), config)
				valid, err := p.server.ValidateEphemeralResourceConfig(t.Context(), validateEphemeral(dynamic))
				failed(t, err, valid.Diagnostics)
				return
			}
			_, _, diags := p.open(t, tokenType, config)
			refused(t, diags, c.says[len(c.says)-1])
			var at strings.Builder
			for _, d := range diags {
				at.WriteString(d.Attribute.String() + d.Summary + d.Detail)
			}
			if !strings.Contains(at.String(), c.says[0]) || strings.Contains(at.String(), "provider block") {
				t.Errorf("it says %s", at.String())
			}
			if n := o.Calls()["token"]; n != c.signs {
				t.Errorf("%d sign-ins were tried", n)
			}
		})
	}
}
