package provider

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// Whatever breaks once on the way of a write, the app is made once, written as it should be, and removed.
func TestAppFaults(t *testing.T) {
	t.Parallel()
	locked := sfmock.Fault{Status: 500, Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}
	for name, c := range map[string]struct {
		fault sfmock.Fault
		times int
	}{
		"reset after commit":     {sfmock.Fault{ResetAfterCommit: true}, 1},
		"reset before":           {sfmock.Fault{Reset: true}, 1},
		"truncated answer":       {sfmock.Fault{TruncateBody: true}, 1},
		"maintenance page":       {sfmock.Fault{Status: 503, Body: "<html>Down for maintenance</html>"}, 1},
		"locked":                 {locked, 2},
		"session dies meanwhile": {sfmock.Fault{KillSessions: true}, 1},
	} {
		for _, m := range []sfmock.Match{{Method: http.MethodPost, Path: "/deployRequest"}, {Method: http.MethodGet, Path: "/deployRequest"}, {Contains: "updateMetadata"}, {Contains: "createMetadata"}, {Contains: "deleteMetadata"}} {
			lost := c.fault.ResetAfterCommit || c.fault.TruncateBody
			if c.fault.Code == locked.Code && m.Method == http.MethodGet || lost && m.Method == http.MethodPost { // what only asks waits for no lock; the client's tests lose deployments
				continue
			}
			t.Run(name+" of "+m.Method+m.Contains, func(t *testing.T) {
				t.Parallel()
				o := newOrg(t)
				keys, err := appKey()
				if err != nil {
					t.Fatal(err)
				}
				i := o.speakBy(t, map[string]tftypes.Value{ // so that a new session can be had
					"login_url": tftypes.NewValue(tftypes.String, o.url), "client_id": tftypes.NewValue(tftypes.String, appConsumerKey),
					"username": tftypes.NewValue(tftypes.String, o.AdministratorUsername()), "private_key": tftypes.NewValue(tftypes.String, keys[0]),
				}).resource(appType)
				o.Fail(m, c.times, c.fault)
				first, second := appConfig(t, i, smallApp(nil)), appConfig(t, i, smallApp(map[string]any{"label": "Billing", "policies.is_enabled": false}))
				failed(t, nil, i.apply(t, first))
				failed(t, nil, i.apply(t, second))
				if err := o.RemoveComponent(globalOAuthKind, appPartName(globalOAuthKind)); err != nil {
					t.Fatal(err)
				}
				failed(t, nil, i.read(t))
				failed(t, nil, i.apply(t, second))
				failed(t, nil, i.read(t))
				if changed := i.changedLeaves(t, second); changed != nil {
					t.Errorf("the plan changes %q", changed)
				}
				if label := o.heldByApp(appKind, "label"); label != "Billing" {
					t.Errorf("the label is %q", label)
				}
				failed(t, nil, i.apply(t, nil))
				if err := o.withoutECA(nil); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// An app whose deployment nobody can tell the end of is looked for: what is there as it was sent is ours, anything else somebody's.
func TestAppUncertainCreate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there   bool
		scopes  string
		message string
	}{
		"as it was sent": {true, "RefreshToken, Api", ""},
		"somebody's":     {true, "Api", "terraform import salesforce_external_client_app.<name> Billing_Sync"},
		"nothing":        {false, "", "so Salesforce may have made it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			i := o.speak(t).resource(appType)
			failing := sfmock.Fault{Status: 400, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."}
			o.Fail(sfmock.Match{Method: http.MethodGet, Path: "/deployRequest"}, -1, failing)
			o.Fail(sfmock.Match{Method: http.MethodPatch, Path: "/deployRequest"}, -1, failing)
			i.between = func() {
				if c.there {
					o.deployedByHand(t, c.scopes)
				}
			}
			config := appConfig(t, i, smallApp(map[string]any{"oauth.is_device_flow_enabled": true}))
			diags := i.apply(t, config)
			if c.message != "" {
				refused(t, diags, c.message)
				if i.state != nil {
					t.Error("the state holds an app")
				}
				return
			}
			failed(t, nil, diags)
			failed(t, nil, i.read(t))
			if changed := i.changedLeaves(t, config); changed != nil {
				t.Errorf("the plan changes %q", changed)
			}
		})
	}
}

// deployedByHand puts the app Billing_Sync into the org, as a deployment that ends unseen does.
func (o *testOrg) deployedByHand(t *testing.T, scopes string) {
	t.Helper()
	contents := map[string]map[string]any{
		appKind:           {"label": "Billing Sync", "contactEmail": "integrations@example.com"},
		oauthSettingsKind: {appReferenceElement: appName, "commaSeparatedOauthScopes": scopes},
		globalOAuthKind:   {appReferenceElement: appName, "callbackUrl": "https://login.salesforce.com/services/oauth2/success", "isDeviceFlowEnabled": "true"},
	}
	for _, part := range appParts {
		if content, given := contents[part.kind]; given {
			if err := o.SetComponent(part.kind, appPartName(part.kind), content); err != nil {
				t.Error(err)
			}
		}
	}
}

// A deployment that Salesforce refuses leaves nothing, and says what is wrong with which part.
func TestAppRefusedCreate(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	answer := `{"id":"0Af000000000001AAA","deployResult":{"id":"0Af000000000001AAA","status":"Failed","done":true,"success":false,"details":{"componentFailures":[` +
		`{"componentType":"ExtlClntAppOauthSettings","fullName":"Billing_Sync_oauth","problem":"There's a problem with your scope(s): Api","problemType":"Error","success":false},` +
		`{"componentType":"ExternalClientApplication","fullName":"Billing_Sync","problem":"The name is reserved","problemType":"Error","success":false}]}}}`
	o.Fail(sfmock.Match{Method: http.MethodGet, Path: "/deployRequest"}, -1, sfmock.Fault{Status: 200, Body: answer, ContentType: "application/json"})
	diags := i.apply(t, appConfig(t, i, smallApp(nil)))
	refused(t, diags, `Unable to create external client app "Billing_Sync"`, "There's a problem with your scope(s): Api", "Nothing was created; Setup > Deployment Status has the deployment 0Af")
	var at []string
	for _, d := range diags {
		at = append(at, d.Attribute.String())
	}
	if slices.Sort(at); !slices.Equal(at, []string{`AttributeName("name")`, `AttributeName("oauth")`}) {
		t.Errorf("the errors are at %q", at)
	}
	if i.state != nil {
		t.Error("the state holds an app")
	}
}

// An update that is refused says on which attribute, and the next plan shows what is left to do.
func TestAppRefusedUpdate(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(nil))))
	config := appConfig(t, i, smallApp(map[string]any{"label": "Billing", "oauth.custom_scopes": []string{"none"}}))
	const answer = `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><updateMetadataResponse xmlns="http://soap.sforce.com/2006/04/metadata"><result>` +
		`<errors><fields>commaSeparatedCustomScopes</fields><message>no such scope</message><statusCode>FIELD_INTEGRITY_EXCEPTION</statusCode></errors><fullName>x</fullName><success>false</success></result></updateMetadataResponse></soapenv:Body></soapenv:Envelope>`
	o.Fail(sfmock.Match{Contains: "commaSeparatedCustomScopes"}, 1, sfmock.Fault{Status: 200, Body: answer, ContentType: "text/xml"})
	diags := i.apply(t, config)
	refused(t, diags, "Unable to update external client app", "no such scope (FIELD_INTEGRITY_EXCEPTION on commaSeparatedCustomScopes)")
	if at := diags[len(diags)-1].Attribute.String(); at != `AttributeName("oauth").AttributeName("custom_scopes")` {
		t.Errorf("the error is at %s", at)
	}
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); !slices.Equal(changed, []string{"oauth.custom_scopes"}) {
		t.Errorf("the plan changes %q", changed)
	}
	failed(t, nil, i.apply(t, config))
}

// What can't be read back after a creation is a warning, and the next refresh reads it.
func TestAppUnreadable(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(nil))
	o.Fail(sfmock.Match{Contains: "readMetadata"}, -1, sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights"})
	warned(t, i.apply(t, config), "Unable to read back external client app", "insufficient access rights")
	o.Heal()
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
	if key := leaves(t, i.state)["consumer_key"]; key.IsNull() {
		t.Error("there is no consumer key")
	}
}

// What a part holds besides what the provider knows survives a write, and no write orders a rotation.
func TestAppCarriesTheRest(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(nil))))
	o.editApp(t, oauthSettingsKind, func(content map[string]any) { content["isFirstPartyAppEnabled"] = "true" })
	before := o.wholeApp()
	secret := o.AppSecret(appName)
	o.ResetRequests()
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(map[string]any{"oauth.single_logout_url": "https://example.com/out", "oauth.is_device_flow_enabled": true}))))
	before[oauthSettingsKind+" singleLogoutUrl"], before[globalOAuthKind+" isDeviceFlowEnabled"] = "https://example.com/out", "true"
	if after := o.wholeApp(); !maps.Equal(before, after) || o.AppSecret(appName) != secret {
		t.Errorf("the apply changed more than it should have:\n%s", difference(before, after))
	}
	if n := len(o.Requests(sfmock.Match{Kind: "metadata write", Contains: "shouldRotate"})); n > 0 {
		t.Errorf("%d writes speak of a rotation", n)
	}
}

// What means nothing any longer goes with the value that it belonged to.
func TestAppConditions(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(map[string]any{
		permittedUsersKey: preAuthorized, permissionSetsKey: []string{"Billing"}, profilesKey: []string{"System Administrator"},
		refreshPolicyKey: "SpecificInactivity", refreshPeriodKey: int64(30), refreshUnitKey: "Hours",
	}))))
	config := appConfig(t, i, smallApp(map[string]any{permittedUsersKey: "AllSelfAuthorized", refreshPolicyKey: "Infinite", permissionSetsKey: []string{}}))
	want := []string{permissionSetsKey, permittedUsersKey, profilesKey, refreshPolicyKey, refreshPeriodKey, refreshUnitKey}
	if changed := i.changedLeaves(t, config); !slices.Equal(changed, want) {
		t.Errorf("the plan changes %q", changed)
	}
	failed(t, nil, i.apply(t, config))
	for _, element := range []string{"commaSeparatedPermissionSet", "commaSeparatedProfile", "refreshTokenValidityPeriod", "refreshTokenValidityUnit"} {
		if held := o.heldByApp(oauthPoliciesKind, element); held != "" {
			t.Errorf("%s is still %q", element, held)
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("after the apply the plan changes %q", changed)
	}
	config = appConfig(t, i, smallApp(map[string]any{refreshPolicyKey: "SpecificLifetime"}))
	failed(t, nil, i.apply(t, config))
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("after the apply the plan changes %q", changed)
	}
}

// Both flows work with the app that was made, and the provider itself signs in through it.
func TestAppSignsIn(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(map[string]any{
		runAsKey: integrationName, certificateKey: keys[1], permittedUsersKey: preAuthorized, permissionSetsKey: []string{"Billing"}, profilesKey: []string{"System Administrator"},
	}))))
	var key string
	if err := i.state["consumer_key"].As(&key); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		config    sfclient.Config
		arguments map[string]string
	}{
		integrationName:           {sfclient.Config{ClientSecret: o.AppSecret(appName)}, map[string]string{"client_secret": o.AppSecret(appName)}},
		o.AdministratorUsername(): {sfclient.Config{Username: o.AdministratorUsername(), PrivateKey: keys[0]}, map[string]string{"username": o.AdministratorUsername(), "private_key": keys[0]}},
	} {
		c.config.LoginURL, c.config.ClientID, c.config.UserAgent = o.url, key, "test"
		client, err := sfclient.New(t.Context(), c.config)
		if err != nil {
			t.Fatal(err)
		}
		if who, err := client.WhoAmI(t.Context()); err != nil || who.Username != name {
			t.Errorf("signed in as %q (%v), not %s", who.Username, err, name)
		}
		arguments := map[string]tftypes.Value{"login_url": tftypes.NewValue(tftypes.String, o.url), "client_id": tftypes.NewValue(tftypes.String, key)}
		for argument, text := range c.arguments {
			arguments[argument] = tftypes.NewValue(tftypes.String, text)
		}
		o.speakBy(t, arguments) // which signs in
	}
	if by := o.Find("LoginHistory", "Application", appName); by == nil {
		t.Error("nobody signed in through the app")
	}
}
