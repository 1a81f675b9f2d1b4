package provider

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// wrapped is base64 in lines, as within PEM.
func wrapped(content []byte, lineEnd string) string {
	var lines []string
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(content)), 64) {
		lines = append(lines, string(line))
	}
	return strings.Join(lines, lineEnd)
}

// handMade puts an app into the org whose parts bear other names than Setup gives them.
func (o *testOrg) handMade(t *testing.T, app string) {
	t.Helper()
	for _, part := range []struct {
		kind, name string
		content    map[string]any
	}{
		{appKind, app, map[string]any{"label": app, "contactEmail": "ada@example.com"}},
		{oauthSettingsKind, "signIn" + app, map[string]any{appReferenceElement: app, "commaSeparatedOauthScopes": "Api"}}, // which makes policies
		{globalOAuthKind, "keys" + app, map[string]any{appReferenceElement: app, "callbackUrl": "https://example.com/" + app}},
	} {
		if err := o.SetComponent(part.kind, part.name, part.content); err != nil {
			t.Fatal(err)
		}
	}
}

// Parts are found whatever their names, among those of other apps, with the policies that Salesforce made.
func TestAppPartsOfAnyName(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for n := range 15 {
		o.handMade(t, fmt.Sprintf("App%d", n))
	}
	p := o.speak(t)
	i := p.resource(appType)
	i.state = p.imported(t, appType, "App7")
	flat := map[string]any{
		"name": "App7", "label": "Seven", "contact_email": "ada@example.com", scopesKey: []string{"Api", "Web"}, "oauth.callback_urls": []string{"https://example.com/App7"},
		"oauth.is_device_flow_enabled": true, "policies.is_enabled": false, refreshPolicyKey: "Infinite",
	}
	config := appConfig(t, i, flat)
	want := []string{"label", "oauth.is_device_flow_enabled", scopesKey, "policies.is_enabled", refreshPolicyKey, refreshPeriodKey, refreshUnitKey}
	if changed := i.changedLeaves(t, config); !slices.Equal(changed, want) {
		t.Errorf("the plan changes %q", changed)
	}
	failed(t, nil, i.apply(t, config))
	for _, c := range [][3]string{
		{oauthSettingsKind, "signInApp7", "commaSeparatedOauthScopes"},
		{globalOAuthKind, "keysApp7", "isDeviceFlowEnabled"},
		{oauthPoliciesKind, "signInApp7_defaultPolicy", "refreshTokenPolicyType"},
		{pluginPoliciesKind, "App7_defaultPolicy", "isEnabled"},
	} {
		content, _ := o.Component(c[0], c[1])
		if got := content[c[2]]; got != map[string]any{"commaSeparatedOauthScopes": "Api, Web", "isDeviceFlowEnabled": "true", "refreshTokenPolicyType": "Infinite", "isEnabled": "false"}[c[2]] {
			t.Errorf("%s of %s is %v", c[2], c[1], got)
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("after the apply the plan changes %q", changed)
	}
	o.ResetRequests()
	failed(t, nil, i.read(t))
	if n := len(o.Requests(sfmock.Match{Contains: "listMetadata"})); n != 1 {
		t.Errorf("%d listings for parts that are known", n)
	}
	failed(t, nil, i.apply(t, nil))
	if _, there := o.Component(oauthPoliciesKind, "signInApp7_defaultPolicy"); there {
		t.Error("the policies are still there")
	}
}

// OAuth settings that somebody removed show, and are made again.
func TestAppPartsAreMadeAgain(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(map[string]any{runAsKey: integrationName, "oauth.is_device_flow_enabled": true}))
	failed(t, nil, i.apply(t, config))
	for _, kinds := range [][]string{{globalOAuthKind}, {oauthSettingsKind}, {globalOAuthKind, oauthSettingsKind}} {
		for _, kind := range kinds {
			if err := o.RemoveComponent(kind, appPartName(kind)); err != nil {
				t.Fatal(err)
			}
		}
		failed(t, nil, i.read(t))
		if changed := i.changedLeaves(t, config); changed == nil {
			t.Errorf("without %q the plan changes nothing", kinds)
		}
		failed(t, nil, i.apply(t, config))
		failed(t, nil, i.read(t))
		if changed := i.changedLeaves(t, config); changed != nil {
			t.Errorf("after the apply the plan changes %q", changed)
		}
		if key := o.heldByApp(globalOAuthKind, "consumerKey"); key == "" || o.heldByApp(oauthSettingsKind, "commaSeparatedOauthScopes") == "" {
			t.Errorf("%q were not made again", kinds)
		}
	}
}

// A part that the signed-in user may not see is not taken for missing.
func TestAppPartsHidden(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{appKind, oauthPoliciesKind} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			i := o.speak(t).resource(appType)
			failed(t, nil, i.apply(t, appConfig(t, i, smallApp(nil))))
			o.HideComponent(kind, appPartName(kind), true)
			refused(t, i.read(t), "Unable to read external client app", "hidden from the signed-in user")
		})
	}
}

// An app that was deleted and made anew under its name is another one.
func TestAppMadeAnew(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(nil))
	failed(t, nil, i.apply(t, config))
	if err := o.RemoveComponent(appKind, appName); err != nil {
		t.Fatal(err)
	}
	o.handMade(t, appName)
	warned(t, i.read(t), "is gone")
	_, diags := i.plan(t, config)
	refused(t, diags, "External client app name is taken")
}

// Policies that name permission sets and profiles by something else than configurations do are read as these.
func TestAppSettlesNames(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.set(t, "Orders")
	o.insert(t, permissionSetKind, map[string]any{"Name": "Billing", "Label": "Billing Sync"})
	token, err := o.Token(o.AdministratorUsername())
	if err != nil {
		t.Fatal(err)
	}
	client, err := sfclient.New(t.Context(), sfclient.Config{InstanceURL: o.url, AccessToken: token, UserAgent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c := &connection{client: client, plan: newPlanned()}
	app := attributes{
		permissionSetsKey: nameSetOf([]string{"Billing Sync", id[:15], "Unseen"}),
		profilesKey:       nameSetOf([]string{"Admin", o.profile(t, "Standard User"), "Unseen"}),
	}
	if err := c.settleNames(t.Context(), app, attributes{}); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(app[permissionSetsKey]); !slices.Equal(got, []string{"Billing", "Orders", "Unseen"}) {
		t.Errorf("permission sets %q", got)
	}
	if got := namesIn(app[profilesKey]); !slices.Equal(got, []string{"Standard User", "System Administrator", "Unseen"}) {
		t.Errorf("profiles %q", got)
	}
}
