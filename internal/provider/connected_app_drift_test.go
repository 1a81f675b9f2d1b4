package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// Every attribute is written; a change by hand shows in a plan, beside the earlier ones, on it alone; and an apply repairs all of them.
func TestConnectedAppDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	config := everyAttribute(t, connectedApp, "", i.kind())
	config["name"] = textValue(exportApp)
	failed(t, nil, i.apply(t, config))
	leaves := leavesOf(connectedApp, "", nil)
	for _, l := range leaves {
		if want := sampleOf(t, l.member, l.at).held; want != nil && fmt.Sprint(o.inOrg(l.part, l.row().element)) != want {
			t.Errorf("%s is %v in the org, not %v", l.at, o.inOrg(l.part, l.row().element), want)
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changedPaths(t, config); changed != nil {
		t.Fatalf("after an apply the plan changes %q", changed)
	}
	before, drifted := map[string]any{}, []string{}
	for _, l := range leaves {
		if l.at == "oauth.is_admin_approved" {
			continue // it can't be switched off alone; TestConnectedAppApproval
		}
		before[l.at] = o.inOrg(l.part, l.row().element)
		o.inSetup(t, l.part, l.row().element, sampleOf(t, l.member, l.at).change)
		failed(t, nil, i.read(t))
		drifted = append(drifted, l.at)
		slices.Sort(drifted)
		if changed := i.changedPaths(t, config); !slices.Equal(changed, drifted) {
			t.Fatalf("after a change of %s by hand the plan changes %q, not %q", l.at, changed, drifted)
		}
	}
	failed(t, nil, i.apply(t, config))
	for _, l := range leaves {
		if after := o.inOrg(l.part, l.row().element); before[l.at] != nil && !sameHeld(before[l.at], after) {
			t.Errorf("the apply made %s %v of %v", l.at, after, before[l.at])
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changedPaths(t, config); changed != nil {
		t.Errorf("in the end the plan changes %q", changed)
	}
}

// sameHeld tells whether an element holds the same, in whatever order.
func sameHeld(a, b any) bool {
	one, isList := a.([]any)
	other, _ := b.([]any)
	if !isList {
		return fmt.Sprint(a) == fmt.Sprint(b)
	}
	sorted := func(list []any) []string {
		texts := make([]string, len(list))
		for i, entry := range list {
			texts[i] = fmt.Sprint(entry)
		}
		return slices.Sorted(slices.Values(texts))
	}
	return slices.Equal(sorted(one), sorted(other))
}

// Whether users have to be pre-authorised goes together with who is.
func TestConnectedAppApproval(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	config := i.config(map[string]any{"name": exportApp, "oauth": map[string]any{"is_admin_approved": true}})
	failed(t, nil, i.apply(t, config))
	o.inSetup(t, []string{"oauthConfig"}, "isAdminApproved", "false")
	failed(t, nil, i.read(t))
	if changed := i.changedPaths(t, config); !slices.Equal(changed, []string{"oauth.is_admin_approved"}) {
		t.Errorf("the plan changes %q", changed)
	}
	open := map[string]any{"name": exportApp, "oauth": map[string]any{"is_admin_approved": false}, "permission_sets": []any{"Export"}}
	i.refuses(t, i.config(open), "permission_sets", "pre-authorises")
	open["oauth"] = map[string]any{"is_admin_approved": true}
	failed(t, nil, i.apply(t, i.config(open)))
	delete(open, "permission_sets") // still held by the org
	open["oauth"] = map[string]any{"is_admin_approved": false}
	failed(t, nil, i.read(t))
	i.refuses(t, i.config(open), "permission_sets", `has "Export"`)
	open["permission_sets"] = []any{}
	failed(t, nil, i.apply(t, i.config(open)))
	if held := o.inOrg(nil, appSetsElement); held != nil {
		t.Errorf("the org still has %v", held)
	}
}

// A write carries along what the provider does not know of, and sends nothing that Salesforce takes for new apps only.
func TestConnectedAppCarriesTheRest(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	o.inSetup(t, nil, "mobileAppConfig", map[string]any{"devicePlatform": "ios", "version": "1.0", "applicationBinaryFile": "QUJD"})
	o.inSetup(t, nil, appSetsElement, []any{"Export"})
	failed(t, nil, i.read(t))
	failed(t, nil, i.apply(t, i.config(map[string]any{"name": exportApp, "description": "Exports", "mobile_app": map[string]any{"version": "1.1"}})))
	for element, want := range map[string]string{"applicationBinaryFile": "QUJD", "version": "1.1", "devicePlatform": "ios"} {
		if got := o.inOrg([]string{"mobileAppConfig"}, element); got != want {
			t.Errorf("%s became %v", element, got)
		}
	}
	if got := o.inOrg(nil, appSetsElement); fmt.Sprint(got) != "[Export]" {
		t.Errorf("the permission sets became %v", got)
	}
	for _, r := range o.Requests(sfmock.Match{Contains: "<updateMetadata>"}) {
		for _, element := range []string{"<consumerKey>", "<" + appSetsElement + ">"} {
			if strings.Contains(string(r.Body), element) {
				t.Errorf("the update sends %s", element)
			}
		}
	}
}
