package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// A policy that somebody made is taken over with a warning of what changes; there is never a second one.
func TestPolicyIsAdopted(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.setPolicy(t, sessionKind, "Standard", sessionBase())
	i := o.speak(t).resource("salesforce_profile_session_setting")
	config := sessionTF("Standard User", idleFor(30))
	o.ResetRequests()
	planned, diags := i.plan(t, config)
	failed(t, nil, diags)
	if !said(diags, tfprotov6.DiagnosticSeverityWarning, `profile "Standard User" has another profile session setting`, "session_timeout: 60 becomes 30", `terraform import salesforce_profile_session_setting.<name> "Standard User"`) || strings.Contains(diags[0].Detail, "force_logout") {
		t.Errorf("the plan says %v", diags)
	}
	if after := object(t, planned.PlannedState, i.kind()); after["force_logout"].IsKnown() {
		t.Error("the plan says what the policy leaves alone, although it may change before the apply")
	}
	if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
		t.Errorf("planning wrote %s", writes[0].Body)
	}
	failed(t, nil, i.apply(t, config))
	policies := o.policies(t, sessionKind)
	if policy := policies["standard"]; len(policies) != 1 || policy.Text("sessionTimeout") != "30" || policy.Text("forceLogout") != "true" {
		t.Errorf("the org has %v", policies)
	}
	if forced := i.state["force_logout"]; !forced.Equal(tftypes.NewValue(tftypes.Bool, true)) {
		t.Errorf("force_logout is %s", forced)
	}
	if _, diags := o.speak(t).resource("salesforce_profile_session_setting").plan(t, config); len(diags) > 0 {
		t.Errorf("the plan of what is there says %v", diags)
	}
}

// A new policy says what the org's settings say, and the plan shows it.
func TestPolicyStartsFromTheOrgs(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	newSessionSettingsResource().(*settingsResource).set(t, o, map[string]string{"sessionTimeout": "FourHours", "forceLogoutOnSessionTimeout": "true", "disableTimeoutWarning": "true"})
	newPasswordPoliciesResource().(*settingsResource).set(t, o, map[string]string{
		"complexity": "Any3UpperLowerCaseNumericSpecialCharacters", "expiration": "SixMonths", "historyRestriction": "7", "lockoutInterval": "Forever", "maxLoginAttempts": "NoLimit",
		"minimumPasswordLength": "14", "minimumPasswordLifetime": "true", "obscureSecretAnswer": "true", "questionRestriction": "None",
	})
	p := o.speak(t)
	for typeName, tc := range map[string]struct {
		config, want map[string]string
	}{
		"salesforce_profile_session_setting": {
			map[string]string{"force_logout": "false"},
			map[string]string{"sessionTimeout": "240", "forceLogout": "false", "sessionTimeoutWarning": "false", "sessionPersistence": "false", "externalCommunityUserIdentityVerif": "false", "requiredSessionLevel": ""},
		},
		"salesforce_profile_password_policy": {
			map[string]string{"password_expiration": "0"},
			map[string]string{
				"lockoutInterval": "0", "maxLoginAttempts": "0", "minimumPasswordLength": "14", "minimumPasswordLifetime": "true", "obscure": "true", "passwordComplexity": "5",
				"passwordExpiration": "0", "passwordHistory": "7", "passwordQuestion": "0",
			},
		},
	} {
		i := p.resource(typeName)
		r := map[string]*profilePolicyResource{
			"salesforce_profile_session_setting": newProfileSessionSettingResource().(*profilePolicyResource), "salesforce_profile_password_policy": newProfilePasswordPolicyResource().(*profilePolicyResource),
		}[typeName]
		config := map[string]tftypes.Value{"profile": tftypes.NewValue(tftypes.String, "Standard User")}
		for _, f := range r.fields {
			if text, written := tc.config[f.name()]; written {
				config[f.name()] = f.tf(text)
			}
		}
		planned, diags := i.plan(t, config)
		failed(t, nil, diags)
		shown := object(t, planned.PlannedState, i.kind())
		failed(t, nil, i.apply(t, config))
		policy := o.policies(t, r.kind)["standard"]
		for _, f := range r.fields {
			want, expected := tc.want[f.element]
			if expected && policy.Text(f.element) != want {
				t.Errorf("%s is %q, not %q", f.element, policy.Text(f.element), want)
			}
			if expected && want != "" && !shown[f.name()].Equal(f.tf(want)) {
				t.Errorf("the plan shows %s for %s, not %s", shown[f.name()], f.name(), want)
			}
		}
		failed(t, nil, i.read(t))
		if changed := i.changes(t, config); changed != nil {
			t.Errorf("after an apply the plan changes %q", changed)
		}
	}
}

// What the table of presets says is what the types say: a row for each element that a policy needs, values that its field takes, and
// every value of the org's.
func TestPresetsFitTheirFields(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		policy *profilePolicyResource
		org    fields
	}{
		{newProfileSessionSettingResource().(*profilePolicyResource), sessionFields},
		{newProfilePasswordPolicyResource().(*profilePolicyResource), passwordFields},
	} {
		for _, p := range tc.policy.presets {
			to := slices.IndexFunc(tc.policy.fields, func(f field) bool { return f.element == p.element })
			from := slices.IndexFunc(tc.org, func(f field) bool { return f.element == p.from })
			if to < 0 || from < 0 && p.from != "" {
				t.Errorf("%s comes from %s", p.element, p.from)
				continue
			}
			for _, value := range append(slices.Collect(maps.Values(p.words)), p.otherwise) {
				if values := tc.policy.fields[to].values; values != nil && !slices.Contains(values, value) {
					t.Errorf("%s becomes %s", p.element, value)
				}
			}
			if p.words != nil {
				for _, word := range tc.org[from].values {
					if p.words[word] == "" {
						t.Errorf("%s says nothing of %s", p.element, word)
					}
				}
			}
		}
	}
}

// A policy is the profile's by any of its names; another profile makes another policy.
func TestPolicyNamesItsProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource("salesforce_profile_session_setting")
	failed(t, nil, i.apply(t, sessionTF("Admin", idleFor(30))))
	if id := i.state["id"]; !id.Equal(tftypes.NewValue(tftypes.String, o.profile(t, "System Administrator"))) {
		t.Errorf("the id is %s", id)
	}
	failed(t, nil, i.read(t))
	if changed := i.changes(t, sessionTF("Admin", idleFor(30))); changed != nil {
		t.Errorf("after an apply the plan changes %q", changed)
	}
	for profile, replaced := range map[string]bool{"System Administrator": false, "admin": false, "Standard User": true} {
		planned, diags := i.plan(t, sessionTF(profile, idleFor(30)))
		failed(t, nil, diags)
		if (len(planned.RequiresReplace) == 1) != replaced {
			t.Errorf("naming %s replaces %v", profile, planned.RequiresReplace)
		}
	}
}

// A refused plan says what to write, and writes nothing.
func TestPolicyPlanIsRefused(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	newPasswordPoliciesResource().(*settingsResource).set(t, o, map[string]string{"historyRestriction": "0", "expiration": "Never"})
	o.setPolicy(t, "ProfilePasswordPolicy", "Admin", passwordBase())
	p := o.speak(t)
	o.ResetRequests()
	number := func(n int) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }
	for _, tc := range []struct {
		typeName, profile string
		more              map[string]tftypes.Value
		texts             []string
	}{
		{"salesforce_profile_session_setting", "Standrd User", nil, []string{"Unknown profile", `Did you mean "Standard User"?`, "salesforce_profile"}},
		{"salesforce_profile_session_setting", "Standard User", idleFor(45), []string{"session_timeout", "45"}},
		{"salesforce_profile_session_setting", "Standard User", map[string]tftypes.Value{"required_session_level": tftypes.NewValue(tftypes.String, "HIGH")}, []string{"required_session_level", "HIGH_ASSURANCE"}},
		{"salesforce_profile_password_policy", "Standard User", map[string]tftypes.Value{"password_complexity": number(6)}, []string{"password_complexity", "6"}},
		{"salesforce_profile_password_policy", "Standard User", map[string]tftypes.Value{"password_expiration": number(91)}, []string{"password_expiration", "91"}},
		{"salesforce_profile_password_policy", "Standard User", map[string]tftypes.Value{"password_history": number(0), "password_expiration": number(30)}, []string{"expire need a history", "which is 30"}},
		{"salesforce_profile_password_policy", "Standard User", map[string]tftypes.Value{"password_expiration": number(30)}, []string{"expire need a history"}}, // the org's history is 0
		{"salesforce_profile_password_policy", "System Administrator", map[string]tftypes.Value{"password_history": number(0)}, []string{"expire need a history", "which is 90"}},
	} {
		_, diags := p.resource(tc.typeName).plan(t, sessionTF(tc.profile, tc.more))
		if !said(diags, tfprotov6.DiagnosticSeverityError, tc.texts...) {
			t.Errorf("%s of %s: %v", tc.typeName, tc.profile, diags)
		}
	}
	if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
		t.Errorf("planning wrote %s", writes[0].Body)
	}
}
