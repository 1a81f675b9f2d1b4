package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const otherIntegration = "other-sync@example.com"

// appSample is what a configuration writes into an attribute, and what somebody makes of it in Setup.
type appSample struct {
	config       tftypes.Value
	held, change any
}

func setValue(words ...string) tftypes.Value {
	elements := make([]tftypes.Value, len(words))
	for i, word := range words {
		elements[i] = tftypes.NewValue(tftypes.String, word)
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

func pairValue(key, content string) tftypes.Value {
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{key: tftypes.NewValue(tftypes.String, content)})
}

func textValue(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// sampleOf is the appSample of an attribute; most follow from its field.
func sampleOf(t *testing.T, m member, at string) appSample {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	special := map[string]appSample{
		"contact_email":                      {textValue("owner@example.com"), "owner@example.com", "other@example.com"},
		"attributes":                         {pairValue("Region", "$User.Country"), nil, []any{map[string]any{"key": "Region", "formula": "$User.City"}}},
		"ip_ranges":                          {pairValue("192.0.2.0/24", "Office"), nil, []any{map[string]any{"start": "192.0.2.0", "end": "192.0.2.9", "description": "Office"}}},
		"permission_sets":                    {setValue("Export"), nil, []any{"Other"}},
		"profiles":                           {setValue("Standard User"), nil, []any{"System Administrator"}},
		"oauth.callback_urls":                {setValue("https://example.com/b", "https://example.com/a"), "https://example.com/a\nhttps://example.com/b", "https://example.com/a\nhttps://example.net/"},
		"oauth.scopes":                       {setValue("Api", "Email", "Profile", "OfflineAccess"), nil, []any{"Basic", "RefreshToken"}},
		"oauth.certificate":                  {textValue(keys[1]), strings.TrimSpace(keys[1]), ""},
		"oauth.oauth_client_credential_user": {textValue(integrationName), integrationName, otherIntegration},
		"oauth_policy.refresh_token_policy":  {textValue("specific_lifetime:30:DAYS"), "specific_lifetime:30:DAYS", "infinite"},
		"canvas.locations":                   {setValue("Aura", "Publisher"), nil, []any{"Aura"}},
		"canvas.options":                     {setValue("HideShare"), nil, []any{"HideShare", "HideHeader"}},
	}
	if s, is := special[at]; is {
		return s
	}
	f := m.row()
	if f.kind == number && f.limits == nil {
		f.limits = &[2]int64{10, 20}
	}
	one, other := f.valuesOf(t)
	return appSample{f.tf(one), one, other}
}

// appLeaf is an attribute with a value of its own.
type appLeaf struct {
	member
	at   string   // oauth.scopes
	part []string // of the component
}

func leavesOf(g group, at string, part []string) []appLeaf {
	var all []appLeaf
	for _, m := range g.members {
		if sub, isGroup := m.(group); isGroup {
			all = append(all, leavesOf(sub, at+m.name()+".", append(slices.Clone(part), sub.element))...)
		} else {
			all = append(all, appLeaf{m, at + m.name(), part})
		}
	}
	return all
}

// everyAttribute is a configuration that writes all attributes of a group but those that are null in it.
func everyAttribute(t *testing.T, g group, at string, of tftypes.Object) map[string]tftypes.Value {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, kind := range of.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
	}
	for _, m := range g.members {
		if sub, isGroup := m.(group); isGroup {
			inner := of.AttributeTypes[m.name()].(tftypes.Object)
			values[m.name()] = tftypes.NewValue(inner, everyAttribute(t, sub, at+m.name()+".", inner))
		} else {
			values[m.name()] = sampleOf(t, m, at+m.name()).config
		}
	}
	return values
}

// changedPaths are the attributes that a plan of a configuration would change, those within objects too.
func (i *instance) changedPaths(t *testing.T, config map[string]tftypes.Value) []string {
	t.Helper()
	planned, diags := i.plan(t, config)
	failed(t, nil, diags)
	after := tftypes.NewValue(i.kind(), object(t, planned.PlannedState, i.kind()))
	differences, err := tftypes.NewValue(i.kind(), i.state).Diff(after)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, d := range differences {
		var steps []string
		for _, step := range d.Path.Steps() {
			if name, isName := step.(tftypes.AttributeName); isName {
				steps = append(steps, string(name))
			}
		}
		paths = append(paths, strings.Join(steps, "."))
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	return slices.DeleteFunc(paths, func(p string) bool { // the objects around what changed
		return p == "" || slices.ContainsFunc(paths, func(q string) bool { return strings.HasPrefix(q, p+".") })
	})
}

// manage imports an app of the seed, and gives the org what the samples speak of.
func (o *testOrg) manage(t *testing.T) *instance {
	t.Helper()
	o.set(t, "Export")
	o.set(t, "Other")
	for _, name := range []string{integrationName, otherIntegration} {
		o.insert(t, "User", person(name, o.profile(t, apiOnlyProfiles[0])))
	}
	i := o.speak(t).resource(connectedAppType)
	i.state = i.importByIdentity(t, connectedAppType, o.id(t, "ConnectedApplication", "Name", exportApp))
	return i
}

// inSetup changes an element of the app by hand.
func (o *testOrg) inSetup(t *testing.T, part []string, element string, to any) {
	t.Helper()
	content, _ := o.Component(connectedAppKind, exportApp)
	inner := content
	for _, name := range part {
		if inner[name] == nil {
			inner[name] = map[string]any{}
		}
		inner = inner[name].(map[string]any)
	}
	inner[element] = to
	if err := o.SetComponent(connectedAppKind, exportApp, content); err != nil {
		t.Fatalf("%s by hand: %v", element, err)
	}
}

// inOrg is what the app holds in an element.
func (o *testOrg) inOrg(part []string, element string) any {
	content, _ := o.Component(connectedAppKind, exportApp)
	for _, name := range part {
		content, _ = content[name].(map[string]any)
	}
	return content[element]
}

// config is a configuration of plain values.
func (i *instance) config(values map[string]any) map[string]tftypes.Value {
	return plainConfig(values, i.kind())
}

func plainConfig(values map[string]any, of tftypes.Object) map[string]tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, kind := range of.AttributeTypes {
		switch v := values[name].(type) {
		case nil:
			all[name] = tftypes.NewValue(kind, nil)
		case map[string]any:
			if inner, isObject := kind.(tftypes.Object); isObject {
				all[name] = tftypes.NewValue(kind, plainConfig(v, inner))
				continue
			}
			entries := map[string]tftypes.Value{}
			for key, content := range v {
				entries[key] = tftypes.NewValue(tftypes.String, content)
			}
			all[name] = tftypes.NewValue(kind, entries)
		case []any:
			elements := make([]tftypes.Value, len(v))
			for i, element := range v {
				elements[i] = tftypes.NewValue(tftypes.String, element)
			}
			all[name] = tftypes.NewValue(kind, elements)
		default:
			all[name] = tftypes.NewValue(kind, v)
		}
	}
	return all
}

// refuses checks that a plan fails on an attribute, with these words.
func (i *instance) refuses(t *testing.T, config map[string]tftypes.Value, attribute, says string) {
	t.Helper()
	_, diags := i.plan(t, config)
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError && strings.Contains(d.Attribute.String(), attribute) && strings.Contains(d.Summary+": "+d.Detail, says) {
			return
		}
	}
	texts := make([]string, len(diags))
	for i, d := range diags {
		texts[i] = fmt.Sprintf("%s: %s: %s", d.Attribute, d.Summary, d.Detail)
	}
	t.Errorf("no error on %s says %q, but %q", attribute, says, texts)
}
