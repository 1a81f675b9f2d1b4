package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const appName = "Billing_Sync"

// appPartName is the name of the part of the app Billing_Sync that is of a kind.
func appPartName(kind string) string {
	for _, part := range appParts {
		if part.kind == kind {
			return appName + part.names[0]
		}
	}
	return ""
}

// editApp changes a part of the app Billing_Sync as an administrator does in Setup.
func (o *testOrg) editApp(t *testing.T, kind string, change func(content map[string]any)) {
	t.Helper()
	content, ok := o.Component(kind, appPartName(kind))
	if !ok {
		t.Fatalf("the org has no %s %s", kind, appPartName(kind))
	}
	change(content)
	if err := o.SetComponent(kind, appPartName(kind), content); err != nil {
		t.Fatal(err)
	}
}

// heldByApp is what the org holds in an element of the app Billing_Sync, as a text.
func (o *testOrg) heldByApp(kind string, elements ...string) string {
	content, _ := o.Component(kind, appPartName(kind))
	for _, outer := range elements[:len(elements)-1] {
		content, _ = content[outer].(map[string]any)
	}
	if held := content[elements[len(elements)-1]]; held != nil {
		return fmt.Sprint(held)
	}
	return ""
}

// appDrift is a value that the configuration has, and another that the org gets by hand.
type appDrift struct {
	ours   any
	theirs any // as the org takes it
}

// appDrifts are those whose values the tables don't tell.
func appDrifts(t *testing.T) map[string]appDrift {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]appDrift{
		"contact_email":                          {"integrations@example.com", "somebody@example.com"},
		"label":                                  {"Billing Sync", "Billing"},
		scopesKey:                                {[]string{"Api", "RefreshToken"}, "Api, RefreshToken, Web"},
		"oauth.custom_scopes":                    {[]string{"invoices", "orders"}, "orders"},
		"oauth.custom_attributes":                {map[string]any{"team": "$User.Department"}, []any{map[string]any{"formula": "$User.Division", "key": "team"}}},
		"oauth.trusted_ip_ranges":                {map[string]any{"192.0.2.0/24": "Office"}, []any{map[string]any{"description": "Office", "startIpAddress": "192.0.2.0", "endIpAddress": "192.0.2.127"}}},
		"oauth.callback_urls":                    {[]string{"https://example.com/b", "https://example.com/a"}, "https://example.com/a"},
		"oauth.id_token_validity_in_minutes":     {int64(5), "6"},
		certificateKey:                           {keys[1], ""},
		runAsKey:                                 {integrationName, "other-sync@example.com"},
		permittedUsersKey:                        {preAuthorized, "AllSelfAuthorized"},
		permissionSetsKey:                        {[]string{"Billing", "orders"}, "Billing"},
		profilesKey:                              {[]string{"System Administrator"}, "System Administrator, Standard User"},
		"policies.custom_scopes":                 {[]string{"orders"}, "orders, invoices"},
		"policies.custom_attributes":             {map[string]any{"team": "$User.Department"}, []any{}},
		"policies.execute_handler_as":            {"Ada@example.com", "sam.seller@example.com"},
		"policies.is_enabled":                    {true, "false"},
		"policies.policy_action":                 {"RaiseSessionLevel", "Block"},
		"policies.required_session_level":        {"STANDARD", "LOW"},
		"policies.refresh_token_policy_type":     {"SpecificLifetime", "SpecificInactivity"},
		"policies.refresh_token_validity_period": {int64(30), "60"},
	}
}

// driftOf is a drift of a field of a plain kind.
func (f appField) driftOf(t *testing.T) appDrift {
	t.Helper()
	one, other := f.valuesOf(t)
	switch {
	case f.kind == flag:
		return appDrift{true, "false"}
	case f.kind == number && f.values != nil:
		return appDrift{int64(5), "10"}
	case f.kind == number:
		return appDrift{int64(7), "8"}
	}
	return appDrift{one, other}
}

// driftingApp is a configuration that writes every attribute.
func driftingApp(t *testing.T) (map[string]any, map[string]appDrift) {
	t.Helper()
	drifts := appDrifts(t)
	config := map[string]any{"name": appName}
	for f := range allAppFields() {
		if f.readOnly {
			continue
		}
		if _, known := drifts[f.key()]; !known {
			drifts[f.key()] = f.driftOf(t)
		}
		config[f.key()] = drifts[f.key()].ours
	}
	return config, drifts
}

// withAppNeighbours puts into the org what the app of the drift tests refers to.
func (o *testOrg) withAppNeighbours(t *testing.T) {
	t.Helper()
	for _, name := range []string{integrationName, "other-sync@example.com"} {
		user := person(name, o.profile(t, apiOnlyProfiles[0]))
		user["CommunityNickname"] = name
		o.insert(t, "User", user)
	}
	o.set(t, "Billing")
	o.set(t, "Orders")
}

// Each attribute is written, shows a change by hand, and on that attribute alone, and is repaired.
func TestAppDrift(t *testing.T) {
	t.Parallel()
	for _, part := range appParts {
		t.Run(part.kind, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.withAppNeighbours(t)
			flat, drifts := driftingApp(t)
			i := o.speak(t).resource(appType)
			config := appConfig(t, i, flat)
			failed(t, nil, i.apply(t, config))
			failed(t, nil, i.read(t))
			if changed := i.changedLeaves(t, config); changed != nil {
				t.Fatalf("after an apply the plan changes %q", changed)
			}
			before := o.wholeApp()
			for _, f := range part.fields {
				if f.readOnly {
					continue
				}
				want := []string{f.key()}
				if f.key() == permittedUsersKey { // without which Salesforce admits nobody
					want = []string{permissionSetsKey, permittedUsersKey, profilesKey}
				}
				o.driftApp(t, part.kind, f, drifts[f.key()].theirs)
				failed(t, nil, i.read(t))
				if changed := i.changedLeaves(t, config); !slices.Equal(changed, want) {
					t.Errorf("a change of %s by hand shows in the plan as one of %q", f.key(), changed)
				}
				failed(t, nil, i.apply(t, config))
				if after := o.wholeApp(); !maps.Equal(after, before) {
					t.Errorf("the apply did not repair %s:\n%s", f.key(), difference(before, after))
				}
			}
		})
	}
}

// driftApp changes a field of the app Billing_Sync by hand.
func (o *testOrg) driftApp(t *testing.T, kind string, f appField, theirs any) {
	t.Helper()
	o.editApp(t, kind, func(content map[string]any) {
		if f.key() == permittedUsersKey {
			delete(content, "commaSeparatedPermissionSet")
			delete(content, "commaSeparatedProfile")
		}
		if f.inside != "" {
			content, _ = content[f.inside].(map[string]any)
		}
		content[f.element] = theirs
	})
}

// wholeApp is all that the org holds of the app Billing_Sync.
func (o *testOrg) wholeApp() map[string]string {
	held := map[string]string{}
	for _, part := range appParts {
		content, _ := o.Component(part.kind, appPartName(part.kind))
		for element, value := range content {
			text := fmt.Sprint(value)
			if list, isText := value.(string); isText && strings.HasPrefix(element, "commaSeparated") {
				names := strings.Split(list, ", ")
				slices.Sort(names)
				text = strings.Join(names, ", ")
			}
			held[part.kind+" "+element] = text
		}
	}
	return held
}

func difference(a, b map[string]string) string {
	var lines []string
	for key, text := range a {
		if b[key] != text {
			lines = append(lines, fmt.Sprintf("%s was %q and is %q", key, text, b[key]))
		}
	}
	return strings.Join(lines, "\n")
}

// The switches of the client credentials flow count only together, and a change of either shows.
func TestAppFlowDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(map[string]any{runAsKey: integrationName}))
	failed(t, nil, i.apply(t, config))
	for _, kind := range flowKinds {
		o.editApp(t, kind, func(content map[string]any) { content[flowElement] = "false" })
		failed(t, nil, i.read(t))
		if changed := i.changedLeaves(t, config); !slices.Equal(changed, []string{runAsKey}) {
			t.Errorf("%s: the plan changes %q", kind, changed)
		}
		failed(t, nil, i.apply(t, config))
		if o.heldByApp(kind, flowElement) != "true" {
			t.Errorf("%s: the apply did not switch the flow on", kind)
		}
	}
	off := appConfig(t, i, smallApp(map[string]any{runAsKey: ""}))
	failed(t, nil, i.apply(t, off))
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, off); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
	for _, kind := range flowKinds {
		if o.heldByApp(kind, flowElement) != "false" {
			t.Errorf("%s: the flow is still on", kind)
		}
	}
}

// smallApp is the least that an app takes, and more.
func smallApp(more map[string]any) map[string]any {
	flat := map[string]any{
		"name": appName, "label": "Billing Sync", "contact_email": "integrations@example.com",
		scopesKey: []string{"Api", "RefreshToken"}, "oauth.callback_urls": []string{"https://login.salesforce.com/services/oauth2/success"},
	}
	maps.Copy(flat, more)
	return flat
}

// What a configuration leaves out is read back and left alone.
func TestAppLeftOut(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	flat, drifts := driftingApp(t)
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, flat)))
	small := appConfig(t, i, smallApp(map[string]any{"oauth.callback_urls": flat["oauth.callback_urls"]}))
	if changed := i.changedLeaves(t, small); changed != nil {
		t.Errorf("the plan changes %q, which the configuration leaves out", changed)
	}
	for _, part := range appParts {
		for _, f := range part.fields {
			if d, there := drifts[f.key()]; there && !f.required && f.inside == "" && f.key() != permittedUsersKey {
				o.editApp(t, part.kind, func(content map[string]any) { content[f.element] = d.theirs })
			}
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, small); changed != nil {
		t.Errorf("the plan changes %q, which the configuration leaves out", changed)
	}
	if got := leaves(t, i.state)["description"]; !got.Equal(tftypes.NewValue(tftypes.String, drifts["description"].theirs)) {
		t.Errorf("the description reads %s", got)
	}
	before := o.wholeApp()
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(map[string]any{"label": "Billing", "oauth.callback_urls": flat["oauth.callback_urls"], "policies.is_enabled": true}))))
	after := o.wholeApp()
	before[appKind+" label"], before[pluginPoliciesKind+" isEnabled"] = "Billing", "true"
	if !maps.Equal(before, after) {
		t.Errorf("the apply changed more than it should have:\n%s", difference(before, after))
	}
}
