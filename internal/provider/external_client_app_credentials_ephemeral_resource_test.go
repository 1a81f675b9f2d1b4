package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	credentialsType = "salesforce_external_client_app_credentials"
	rotateType      = "salesforce_rotate_external_client_app_credentials"
)

// openCredentials lets the org's REST API tell consumer secrets, as a switch in Setup does.
func (o *testOrg) openCredentials(t *testing.T) {
	t.Helper()
	if err := o.SetComponent("ExternalClientAppSettings", "ExternalClientApp", map[string]any{"enableClientSecretInRestApiAccess": true}); err != nil {
		t.Fatal(err)
	}
}

// stagedIn is what an opened resource says of the staged slot, nil for nothing.
func stagedIn(t *testing.T, result map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	if result["staged"].IsNull() {
		return nil
	}
	staged := map[string]tftypes.Value{}
	if err := result["staged"].As(&staged); err != nil {
		t.Fatal(err)
	}
	return staged
}

// credentials opens the credentials of the robots' app.
func (p *protocol) credentials(t *testing.T) map[string]tftypes.Value {
	t.Helper()
	result, _, diags := p.open(t, credentialsType, config{"name": tfText(robotApp)})
	failed(t, nil, diags)
	return result
}

func TestExternalClientAppCredentials(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config func(t *testing.T, o *testOrg) config
		used   bool // somebody has signed in through the app, so that Salesforce lists its usage
	}{
		"by name":              {func(*testing.T, *testOrg) config { return config{"name": tfText(robotApp)} }, true},
		"by name, in any case": {func(*testing.T, *testOrg) config { return config{"name": tfText(strings.ToLower(robotApp))} }, true},
		"by name, never used":  {func(*testing.T, *testOrg) config { return config{"name": tfText(robotApp)} }, false},
		"by id":                {func(t *testing.T, o *testOrg) config { t.Helper(); return config{"app_id": tfText(o.robotApp(t))} }, true},
		"by short id":          {func(t *testing.T, o *testOrg) config { t.Helper(); return config{"app_id": tfText(o.robotApp(t)[:15])} }, true},
		"by id, never used":    {func(t *testing.T, o *testOrg) config { t.Helper(); return config{"app_id": tfText(o.robotApp(t))} }, false},
		"by name and consumer": {func(t *testing.T, o *testOrg) config {
			t.Helper()
			return config{"name": tfText(robotApp), "consumer_id": tfText(o.robotConsumer(t))}
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			o.openCredentials(t)
			p := o.speak(t)
			kept := p.watched()
			if c.used {
				_, _, diags := p.open(t, tokenType, byAppSecret(t, o))
				failed(t, nil, diags)
			}
			wanted := c.config(t, o)
			result, _, diags := p.open(t, credentialsType, wanted)
			failed(t, nil, diags)
			secret := o.AppSecret(robotApp)
			for attribute, want := range map[string]string{
				"name": robotApp, "app_id": o.robotApp(t), "consumer_id": o.robotConsumer(t), "consumer_key": o.robotKey(t), "consumer_secret": secret,
			} {
				if written, is := wanted[attribute]; is && !written.IsNull() {
					want = textIn(t, wanted, attribute)
				}
				if got := textIn(t, result, attribute); got != want {
					t.Errorf("%s is %q, not %q", attribute, got, want)
				}
			}
			if stagedIn(t, result) != nil {
				t.Error("something is staged")
			}
			kept.holdsNone(t, secret)
		})
	}
}

// robotApp is the id of the robots' app.
func (o *testOrg) robotApp(t *testing.T) string {
	t.Helper()
	return o.id(t, appKind, "DeveloperName", robotApp)
}

// robotConsumer is the id of the app's consumer, which its OAuth link ends in.
func (o *testOrg) robotConsumer(t *testing.T) string {
	t.Helper()
	settings, _ := o.Component(oauthSettingsKind, robotApp+"_oauth")
	_, id, _ := strings.Cut(settings["oauthLink"].(string), ":")
	return sfclient.ID18(id)
}

// A gate that is closed is explained, whatever code Salesforce closes it with.
func TestClosedCredentialsGate(t *testing.T) {
	t.Parallel()
	gates := []string{"enableClientSecretInRestApiAccess = true", "ExternalClientAppDeveloper", "ViewClientSecret"}
	fault := func(path string, f sfmock.Fault) func(*testing.T, *testOrg) {
		return func(t *testing.T, o *testOrg) {
			t.Helper()
			o.openCredentials(t)
			o.Fail(sfmock.Match{Path: path}, 100, f)
		}
	}
	for name, c := range map[string]struct {
		close func(t *testing.T, o *testOrg)
		says  []string
		gates bool
	}{
		"the setting is off":  {func(*testing.T, *testOrg) {}, []string{"is not currently enabled"}, true},
		"with another code":   {fault("/credentials/", sfmock.Fault{Status: 400, Code: "CLOSED", Message: "feature is not enabled"}), []string{"feature is not enabled", "CLOSED"}, true},
		"as if it were not":   {fault("/credentials/", sfmock.Fault{Status: 404, Code: "NOT_FOUND", Message: "The requested resource does not exist"}), []string{"NOT_FOUND"}, true},
		"for the secret only": {fault("/credentials/0xI", sfmock.Fault{Status: 200, Body: `{"consumers":[{"id":"888000000000001AAA","key":"k"}]}`}), []string{"answered without it"}, true},
		"the quota is used":   {fault("/credentials/", sfmock.Fault{Status: 403, Code: "REQUEST_LIMIT_EXCEEDED", Message: "TotalRequests Limit exceeded."}), []string{"TotalRequests"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			c.close(t, o)
			_, _, diags := o.speak(t).open(t, credentialsType, config{"name": tfText(robotApp)})
			refused(t, diags, c.says...)
			if c.gates {
				refused(t, diags, gates...)
			} else if strings.Contains(diags[0].Detail, "gates") {
				t.Errorf("it says %s", diags[0].Detail)
			}
		})
	}
}

func TestExternalClientAppCredentialsErrors(t *testing.T) {
	t.Parallel()
	consumers := func(body string) func(*testing.T, *testOrg) {
		return func(_ *testing.T, o *testOrg) {
			o.Fail(sfmock.Match{Path: "/credentials/"}, 1, sfmock.Fault{Status: http.StatusOK, Body: body})
		}
	}
	const two = `{"consumers":[{"id":"888000000000001AAA","name":"One","key":"1"},{"id":"888000000000002AAA","name":"Two","key":"2"}]}`
	for name, c := range map[string]struct {
		prepare func(*testing.T, *testOrg)
		config  config
		says    []string
	}{
		"no app":             {nil, config{}, []string{"one (and only one) of [name,app_id]"}},
		"two apps":           {nil, config{"name": tfText(robotApp), "app_id": tfText("0xI000000000001AAA")}, []string{"2 attributes"}},
		"the id of a user":   {nil, config{"app_id": tfText("005000000000001AAA")}, []string{"starts with 0xI"}},
		"a misspelt app":     {nil, config{"name": tfText("Robots_Ap")}, []string{`Did you mean "Robots_App"`}},
		"an unknown id":      {nil, config{"app_id": tfText("0xI000000000001AAA")}, []string{"This org has no external client app"}},
		"an unknown one":     {nil, config{"name": tfText(robotApp), "consumer_id": tfText("888000000000001AAA")}, []string{"has no consumer 888000000000001AAA"}},
		"several consumers":  {consumers(two), config{"name": tfText(robotApp)}, []string{"consumer_id", "888000000000001AAA (One), 888000000000002AAA (Two)"}},
		"no consumer at all": {consumers(`{"consumers":[]}`), config{"name": tfText(robotApp)}, []string{"no OAuth settings"}},
		"an old API":         {func(_ *testing.T, o *testOrg) { o.SetNewestVersion(59) }, config{"name": tfText(robotApp)}, []string{"from API version 60.0 on; the provider speaks 59.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			robotAppOrg(t, o)
			o.openCredentials(t)
			if c.prepare != nil {
				c.prepare(t, o)
			}
			_, _, diags := o.speak(t).open(t, credentialsType, c.config)
			refused(t, diags, c.says...)
		})
	}
}

// An app that the same plan creates has no credentials yet; the message says how to wait for them.
func TestCredentialsOfPlannedApp(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.openCredentials(t)
	p := o.speak(t)
	i := p.resource(appType)
	_, diags := i.plan(t, appConfig(t, i, map[string]any{"name": "Planned", "label": "Planned", "contact_email": "ada@example.com", scopesKey: []string{"Api"}, "oauth.callback_urls": []string{"https://example.com/planned"}}))
	failed(t, nil, diags)
	_, _, diags = p.open(t, credentialsType, config{"name": tfText("Planned")})
	refused(t, diags, "does not exist yet", "app_id = salesforce_external_client_app.<name>.id")
	failed(t, nil, p.planAction(t, rotateType, config{"name": tfText("Planned"), "operation": tfText("stage")}))
}

// Salesforce lists the apps in pages.
func TestCredentialsOfAnAppOnTheSecondPage(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	robotAppOrg(t, o)
	o.openCredentials(t)
	p := o.speak(t)
	_, _, diags := p.open(t, tokenType, byAppSecret(t, o))
	failed(t, nil, diags)
	o.Fail(sfmock.Match{Path: "/apps/oauth/usage"}, 1, sfmock.Fault{
		Status: http.StatusOK, Body: `{"apps":[{"identifier":"0xI000000000001AAA","developerName":"Another"}],"nextPageUrl":"/services/data/v68.0/apps/oauth/usage?page=0&pageSize=50"}`,
	})
	p.credentials(t)
	if pages := o.Requests(sfmock.Match{Path: "/apps/oauth/usage"}); len(pages) != 2 || pages[1].Query != "page=0&pageSize=50" {
		t.Errorf("the pages that were asked for are %v", pages)
	}
}
