package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// policies are all policies of a kind in the org, by the profile that they name; those of a profile that is gone by "".
func (o *testOrg) policies(t *testing.T, kind string) map[string]sfclient.Component {
	t.Helper()
	token, err := o.Token(o.AdministratorUsername())
	if err != nil {
		t.Fatal(err)
	}
	client, err := sfclient.New(t.Context(), sfclient.Config{InstanceURL: o.url, AccessToken: token})
	if err != nil {
		t.Fatal(err)
	}
	listing, err := client.ListMetadata(t.Context(), kind)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]sfclient.Component{}
	for _, component := range listing {
		policy, err := sfclient.ReadMetadata[sfclient.Component](t.Context(), client, kind, component.FullName)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := found[policy.Text("profile")]; twice {
			t.Errorf("there are two of %s", policy.Text("profile"))
		}
		found[policy.Text("profile")] = policy
	}
	return found
}

// setPolicy changes elements of a profile's policy by hand, or makes one.
func (o *testOrg) setPolicy(t *testing.T, kind, profile string, elements map[string]string) {
	t.Helper()
	content := map[string]any{"profile": profile}
	fullName := "Made by hand"
	if policy, has := o.policies(t, kind)[profile]; has {
		fullName = policy.FullName()
		kept, _ := o.Component(kind, fullName)
		maps.Copy(content, kept)
	}
	for element, text := range elements {
		content[element] = text
	}
	if err := o.SetComponent(kind, fullName, content); err != nil {
		t.Fatal(err)
	}
}

// checkPolicies manages every field of a policy and shows of each that it is written, that a change by hand shows in a plan, on it
// alone, and that an apply repairs it. Fields whose values exclude each other take those that the test gives.
func checkPolicies(t *testing.T, constructor func() resource.Resource, given map[string][2]string) {
	t.Helper()
	o := newOrg(t)
	r := constructor().(*profilePolicyResource)
	i := o.speak(t).resource(r.typeName)
	held := func(f field) string { policy := o.policies(t, r.kind)["standard"]; return policy.Text(f.element) }
	valuesOf := func(f field) (one, other string) {
		if pair, own := given[f.element]; own {
			return pair[0], pair[1]
		}
		return f.valuesOf(t)
	}
	config := map[string]tftypes.Value{"profile": tftypes.NewValue(tftypes.String, "Standard User")}
	for _, f := range r.fields {
		one, _ := valuesOf(f)
		config[f.name()] = f.tf(one)
	}
	failed(t, nil, i.apply(t, config))
	for _, f := range r.fields {
		if one, _ := valuesOf(f); held(f) != one {
			t.Errorf("%s is %q after the apply, not %q", f.element, held(f), one)
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); changed != nil {
		t.Fatalf("after an apply the plan changes %q", changed)
	}
	for _, f := range r.fields {
		one, other := valuesOf(f)
		o.setPolicy(t, r.kind, "standard", map[string]string{f.element: other})
		failed(t, nil, i.read(t))
		if changed := i.changes(t, config); !slices.Equal(changed, []string{f.name()}) {
			t.Errorf("a change of %s by hand shows in the plan as one of %q", f.element, changed)
		}
		failed(t, nil, i.apply(t, config))
		if held(f) != one {
			t.Errorf("the apply did not repair %s", f.element)
		}
	}
	// What the configuration leaves out is left alone, also when something else is written.
	gone, changed := r.fields[0], r.fields[1]
	left := maps.Clone(config)
	delete(left, gone.name())
	_, other := valuesOf(gone)
	o.setPolicy(t, r.kind, "standard", map[string]string{gone.element: other})
	failed(t, nil, i.read(t))
	if changed := i.changes(t, left); changed != nil {
		t.Errorf("the plan changes %q, which the configuration leaves out", changed)
	}
	one, _ := valuesOf(gone)
	o.setPolicy(t, r.kind, "standard", map[string]string{gone.element: one}) // since the state was read
	_, another := valuesOf(changed)
	left[changed.name()] = changed.tf(another)
	failed(t, nil, i.apply(t, left))
	if held(gone) != one || held(changed) != another {
		t.Errorf("%s is %q and %s is %q after the update", gone.element, held(gone), changed.element, held(changed))
	}
}

func sessionTF(profile string, more map[string]tftypes.Value) map[string]tftypes.Value {
	config := map[string]tftypes.Value{"profile": tftypes.NewValue(tftypes.String, profile)}
	maps.Copy(config, more)
	return config
}

func idleFor(n int) map[string]tftypes.Value {
	return map[string]tftypes.Value{"session_timeout": tftypes.NewValue(tftypes.Number, n)}
}

const sessionKind = "ProfileSessionSetting"

// sessionBase are the elements that a session setting made by hand needs.
func sessionBase() map[string]string {
	return map[string]string{
		"externalCommunityUserIdentityVerif": "true", "forceLogout": "true", "sessionPersistence": "true", "sessionTimeout": "60", "sessionTimeoutWarning": "true",
	}
}

// passwordBase are the elements that a password policy made by hand needs.
func passwordBase() map[string]string {
	return map[string]string{
		"lockoutInterval": "15", "maxLoginAttempts": "5", "minimumPasswordLength": "8", "passwordComplexity": "1", "passwordExpiration": "90", "passwordHistory": "3", "passwordQuestion": "1",
	}
}

// A custom profile is told by its label, whatever its punctuation; policies of profiles that are gone belong to none.
func TestPolicyOfACustomProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	licence := o.id(t, "UserLicense", "Name", "Salesforce")
	for _, name := range []string{"Nächtlicher Lauf: 50% / EU", "Gone"} {
		o.insert(t, "Profile", map[string]any{"Name": name, "UserLicenseId": licence})
	}
	o.setPolicy(t, sessionKind, "Gone", sessionBase())
	o.remove(t, o.profile(t, "Gone"))
	p := o.speak(t)
	i := p.resource("salesforce_profile_session_setting")
	config := sessionTF("Nächtlicher Lauf: 50% / EU", idleFor(30))
	failed(t, nil, i.apply(t, config))
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); changed != nil {
		t.Errorf("after an apply the plan changes %q", changed)
	}
	if policies := o.policies(t, sessionKind); len(policies) != 2 || policies[""].Parts == nil {
		t.Errorf("the org has %v", policies)
	}
	if state := p.importByIdentity(t, i.typeName, o.profile(t, "Nächtlicher Lauf: 50% / EU")); !state["profile"].Equal(config["profile"]) || !state["session_timeout"].Equal(config["session_timeout"]) {
		t.Errorf("imported as %v", state)
	}
	// A policy keeps its generated name when its profile gets another one.
	o.update(t, o.profile(t, "Nächtlicher Lauf: 50% / EU"), map[string]any{"Name": "Day"})
	if diags := o.speak(t).reads(t, i); len(diags) > 0 || !i.state["profile"].Equal(tftypes.NewValue(tftypes.String, "Day")) {
		t.Errorf("reading says %v and leaves %v", diags, i.state)
	}
	// Setup makes an orphan of it, too.
	o.remove(t, o.profile(t, "Day"))
	if diags := o.speak(t).reads(t, i); !said(diags, tfprotov6.DiagnosticSeverityWarning, "is gone") || i.state != nil {
		t.Errorf("reading says %v and leaves %v", diags, i.state)
	}
}

// reads refreshes what another process of the provider made.
func (p *protocol) reads(t *testing.T, i *instance) []*tfprotov6.Diagnostic {
	t.Helper()
	i.protocol = p
	return i.read(t)
}

// The policy of the right profile is found among many, and a policy that somebody deletes shows.
func TestPolicyAmongMany(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	licence := o.id(t, "UserLicense", "Name", "Salesforce")
	for n := range 12 {
		name := fmt.Sprintf("Standard_%d", n)
		o.insert(t, "Profile", map[string]any{"Name": name, "UserLicenseId": licence})
		o.setPolicy(t, sessionKind, name, sessionBase())
	}
	i := o.speak(t).resource("salesforce_profile_session_setting")
	config := sessionTF("Standard User", idleFor(30))
	failed(t, nil, i.apply(t, config))
	policy := o.policies(t, sessionKind)["standard"]
	if err := o.RemoveComponent(sessionKind, policy.FullName()); err != nil {
		t.Fatal(err)
	}
	if diags := i.read(t); !said(diags, tfprotov6.DiagnosticSeverityWarning, "is gone") || i.state != nil {
		t.Errorf("reading says %v and leaves %v", diags, i.state)
	}
	failed(t, nil, i.apply(t, config))
	failed(t, nil, i.apply(t, nil))
	if policies := o.policies(t, sessionKind); len(policies) != 12 {
		t.Errorf("the org has %v", slices.Sorted(maps.Keys(policies)))
	}
}
