package provider

import (
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const robotProfile = "Robots API"

// apiProfile is a custom profile of API-only users.
func apiProfile(t *testing.T, o *testOrg) {
	t.Helper()
	o.insert(t, "Profile", map[string]any{"Name": robotProfile, "UserLicenseId": o.id(t, "UserLicense", "Name", integrationSeat)})
}

func profileWritten(name, licence string, more config) func(*testing.T, *testOrg) config {
	return func(*testing.T, *testOrg) config {
		c := config{"name": tfText(name), "user_license": tfText(licence)}
		maps.Copy(c, more)
		return c
	}
}

func TestLockoutByProfile(t *testing.T) {
	t.Parallel()
	from := func(address string) func(*testing.T, *testOrg) {
		return func(_ *testing.T, o *testOrg) { o.SetSourceIP(address) }
	}
	never := map[string]string{}
	for _, day := range weekdays {
		never[day] = noTime
	}
	own := profileWritten
	checkLockouts(t, []lockout{
		{
			name: "login IP ranges", check: ownUserIPRanges, prepare: from("192.0.2.5"), signIn: byJWT, typeName: "salesforce_profile", imported: named("System Administrator"),
			after: own("System Administrator", "Salesforce", config{"login_ip_ranges": tfMap(map[string]string{"198.51.100.0/24": "", "192.0.2.6-192.0.2.9": ""})}),
			at:    "login_ip_ranges", says: "It last logged in from 192.0.2.5",
		},
		{
			name: "login IP ranges of the other kind", check: ownUserIPRanges, prepare: from("192.0.2.5"), signIn: byJWT, typeName: "salesforce_profile", imported: named("System Administrator"),
			after: own("System Administrator", "Salesforce", config{"login_ip_ranges": tfMap(map[string]string{"2001:db8::/32": ""})}), at: "login_ip_ranges", says: "in none of the profile's login IP ranges",
		},
		{
			name: "another profile with login IP ranges", check: ownUserIPRanges, signIn: byJWT, typeName: "salesforce_user", imported: administrator,
			prepare: func(t *testing.T, o *testOrg) {
				t.Helper()
				from("192.0.2.5")(t, o)
				anotherAdministrator(t, o)
				if err := o.SetComponent("Profile", "Standard", map[string]any{"loginIpRanges": []any{map[string]any{"startAddress": "198.51.100.0", "endAddress": "198.51.100.255"}}}); err != nil {
					t.Fatal(err)
				}
			},
			after: func(t *testing.T, o *testOrg) config {
				t.Helper()
				return self(config{"profile_id": tfText(o.profile(t, "Standard User"))})(t, o)
			},
			at: "profile_id", says: "in none of the profile's login IP ranges", beside: ownUserPermissions,
		},
		{
			name: "login hours", check: ownUserLoginHours, typeName: "salesforce_profile", imported: named("System Administrator"),
			after: own("System Administrator", "Salesforce", config{"login_hours": tfMap(never)}), at: "login_hours", says: "outside these hours",
		},
		{
			name: "session level", check: ownUserSession, typeName: "salesforce_profile_session_setting",
			after: always(config{"profile": tfText("System Administrator"), "required_session_level": tfText(highAssurance)}), at: "required_session_level", says: "OAuth sessions are never of high assurance",
		},
		{
			name: "session level by the profile's API name", check: ownUserSession, typeName: "salesforce_profile_session_setting",
			after: always(config{"profile": tfText("Admin"), "required_session_level": tfText(highAssurance)}), at: "required_session_level", says: "the user that the provider signs in as",
		},
		{
			name: "session level of integrations", check: integrationSession, prepare: apiProfile, typeName: "salesforce_profile_session_setting",
			after: always(config{"profile": tfText(robotProfile), "required_session_level": tfText(highAssurance)}), at: "required_session_level", says: "no integration with this profile could sign in",
		},
		{
			name: "MFA for API logins by the profile", check: integrationMFA, prepare: apiProfile, typeName: "salesforce_profile", imported: named(robotProfile),
			after: own(robotProfile, integrationSeat, config{"user_permissions": tfNames("ApiEnabled", "ApiUserOnly", "ChatterInternalUser", "ForceTwoFactor", mfaForAPI)}),
			at:    "user_permissions", says: "asks for a second factor that no machine can give",
		},
	})
	t.Run("none inside the ranges", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		o.SetSourceIP("192.0.2.5")
		p := o.speakBy(t, byJWT(t, o))
		i := p.resource("salesforce_profile")
		i.state = p.imported(t, i.typeName, "System Administrator")
		_, diags := i.plan(t, own("System Administrator", "Salesforce", config{"login_ip_ranges": tfMap(map[string]string{"192.0.2.0/24": ""})})(t, o))
		failed(t, nil, diags)
	})
	t.Run("a warning where the login history does not tell", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		p := o.speak(t)
		i := p.resource("salesforce_profile")
		i.state = p.imported(t, i.typeName, "System Administrator")
		_, diags := i.plan(t, own("System Administrator", "Salesforce", config{"login_ip_ranges": tfMap(map[string]string{"192.0.2.0/24": ""})})(t, o))
		warned(t, diags, "the login history does not tell from which address")
	})
}

func TestOpensAt(t *testing.T) {
	t.Parallel()
	hours := entries{"monday": "08:00-18:00", "tuesday": noTime, "wednesday": "00:00-24:00"}
	monday := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		after time.Duration
		opens bool
	}{
		{7*time.Hour + 59*time.Minute, false},
		{8 * time.Hour, true},
		{17*time.Hour + 59*time.Minute, true},
		{18 * time.Hour, false},
		{36 * time.Hour, false},
		{48 * time.Hour, true},
		{71*time.Hour + 59*time.Minute, true},
		{72 * time.Hour, true},
	} {
		if opensAt(hours, monday.Add(tc.after)) != tc.opens {
			t.Errorf("%s: open should be %t", monday.Add(tc.after).Format("Monday 15:04"), tc.opens)
		}
	}
}

func TestLockoutByMFAForAPI(t *testing.T) {
	t.Parallel()
	strict := func(t *testing.T, o *testOrg) {
		t.Helper()
		values := set("Strict", nil)
		values["PermissionsForceTwoFactor"], values["Permissions"+mfaForAPI] = true, true
		o.insert(t, "PermissionSet", values)
	}
	checkLockouts(t, []lockout{
		{
			name: "a set that a robot holds", check: integrationMFA, prepare: robotWithSet, typeName: "salesforce_permission_set", imported: named("Terraform"),
			after: always(config{"name": tfText("Terraform"), "label": tfText("Terraform"), "user_permissions": tfNames(append([]string{"ForceTwoFactor", mfaForAPI}, ownPermissions...)...)}),
			at:    "user_permissions", says: "API-only users hold the permission set Terraform (robot@example.com)",
		},
		{
			name: "a set that an integration user gets", check: integrationMFA, prepare: func(t *testing.T, o *testOrg) { t.Helper(); strict(t, o); robot(t, o) }, typeName: "salesforce_integration_user",
			imported: named(robotName), after: robotConfig(config{"permission_sets": tfNames("Strict")}), at: "permission_sets", says: "The permission set Strict would go to an API-only user",
		},
		{
			name: "an assignment", check: integrationMFA, prepare: func(t *testing.T, o *testOrg) { t.Helper(); strict(t, o); robot(t, o) }, typeName: "salesforce_permission_set_assignment",
			after: always(config{"username": tfText(robotName), "permission_set": tfText("Strict")}), at: "permission_set", says: "The permission set Strict would go to an API-only user",
		},
	})
	t.Run("none for people", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		strict(t, o)
		_, diags := o.speak(t).resource("salesforce_permission_set_assignment").plan(t, config{"username": tfText(o.AdministratorUsername()), "permission_set": tfText("Strict")})
		failed(t, nil, diags)
	})
	t.Run("a planned set", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		robot(t, o)
		p := o.speak(t)
		_, diags := p.resource("salesforce_permission_set").plan(t, config{"name": tfText("New"), "label": tfText("New"), "user_permissions": tfNames("ForceTwoFactor", mfaForAPI)})
		failed(t, nil, diags)
		i := p.resource("salesforce_integration_user")
		i.state = p.imported(t, i.typeName, robotName)
		_, diags = i.plan(t, robotConfig(config{"permission_sets": tfNames("New")})(t, o))
		refused(t, diags, "The permission set New would go to an API-only user")
	})
}

const robotApp = "Robots_App"

// robotAppOrg has an external client app that lets administrators in by JWT, and runs as the robot by client credentials.
func robotAppOrg(t *testing.T, o *testOrg) {
	t.Helper()
	robotWithSet(t, o)
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	belongs := func(more map[string]any) map[string]any {
		more["externalClientApplication"] = robotApp
		return more
	}
	for _, part := range []struct {
		kind, name string
		content    map[string]any
	}{
		{appKind, robotApp, map[string]any{"label": "Robots", "contactEmail": "robots@example.com", "distributionState": "Local"}},
		{oauthSettingsKind, robotApp + "_oauth", belongs(map[string]any{"commaSeparatedOauthScopes": "Api, RefreshToken"})},
		{globalOAuthKind, robotApp + "_glbloauth", belongs(map[string]any{"callbackUrl": "https://example.com/callback", "certificate": keys[1], "isClientCredentialsFlowEnabled": true})},
		{oauthPoliciesKind, robotApp + "_oauth_defaultPolicy", belongs(map[string]any{
			"permittedUsersPolicyType": preAuthorized, "commaSeparatedProfile": "System Administrator", "commaSeparatedPermissionSet": "Terraform",
			"isClientCredentialsFlowEnabled": true, "clientCredentialsFlowUser": robotName,
		})},
		{pluginPoliciesKind, robotApp + "_defaultPolicy", belongs(map[string]any{"isEnabled": true, "isOauthPluginEnabled": true})},
	} {
		if err := o.SetComponent(part.kind, part.name, part.content); err != nil {
			t.Fatal(err)
		}
	}
}

func (o *testOrg) robotKey(t *testing.T) string {
	t.Helper()
	component, there := o.Component(globalOAuthKind, robotApp+"_glbloauth")
	if !there {
		t.Fatal("the app has no global OAuth settings")
	}
	return component["consumerKey"].(string)
}

func byAppJWT(t *testing.T, o *testOrg) config {
	t.Helper()
	c := byJWT(t, o)
	c["client_id"] = tfText(o.robotKey(t))
	return c
}

func byAppSecret(t *testing.T, o *testOrg) config {
	t.Helper()
	return config{"login_url": tfText(o.url), "client_id": tfText(o.robotKey(t)), "client_secret": tfText(o.AppSecret(robotApp))}
}

// written is a state as a configuration that writes all of it: without what is only read.
func written(attributes []*tfprotov6.SchemaAttribute, values map[string]tftypes.Value) config {
	c := config{}
	for _, a := range attributes {
		value := values[a.Name]
		switch {
		case !a.Optional && !a.Required:
			value = tftypes.NewValue(value.Type(), nil)
		case a.NestedType != nil && !value.IsNull() && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			inner := map[string]tftypes.Value{}
			_ = value.As(&inner)
			value = tftypes.NewValue(value.Type(), map[string]tftypes.Value(written(a.NestedType.Attributes, inner)))
		}
		c[a.Name] = value
	}
	return c
}

// with is a configuration with a nested attribute otherwise.
func (c config) with(value tftypes.Value, path ...string) config {
	changed := config{}
	maps.Copy(changed, c)
	if len(path) == 1 {
		changed[path[0]] = value
		return changed
	}
	inner := map[string]tftypes.Value{}
	_ = c[path[0]].As(&inner)
	changed[path[0]] = tftypes.NewValue(c[path[0]].Type(), map[string]tftypes.Value(config(inner).with(value, path[1:]...)))
	return changed
}

// otherCertificate belongs to no key that anybody signs in with.
var otherCertificate = sync.OnceValue(func() string {
	_, certificate, err := sfmock.NewKey()
	if err != nil {
		panic(err)
	}
	return certificate
})

// robotAppConfig is the app as it is, changed.
func robotAppConfig(change func(config) config) func(*testing.T, *testOrg) config {
	return func(t *testing.T, o *testOrg) config {
		t.Helper()
		p := o.speak(t)
		const typeName = "salesforce_external_client_app"
		return change(written(p.schemas[typeName].Block.Attributes, p.imported(t, typeName, robotApp)))
	}
}

func TestLockoutByExternalClientApp(t *testing.T) {
	t.Parallel()
	const app = "salesforce_external_client_app"
	cases := []lockout{
		{name: "destroyed", check: ownAppEnabled, signIn: byAppJWT, says: "This plan deletes it"},
		{
			name: "disabled", check: ownAppEnabled, signIn: byAppJWT, at: "is_enabled", says: "This plan disables it",
			after: robotAppConfig(func(c config) config { return c.with(tfBool(false), "policies", "is_enabled") }),
		},
		{
			name: "with another certificate", check: ownAppFlow, signIn: byAppJWT, at: "certificate", says: "takes the certificate",
			after: robotAppConfig(func(c config) config { return c.with(tfText(otherCertificate()), "oauth", "jwt_bearer", "certificate") }),
		},
		{
			name: "without client credentials", check: ownAppFlow, signIn: byAppSecret, at: "client_credentials", says: "switches off its client credentials flow",
			after: robotAppConfig(func(c config) config { return c.with(tfText(""), "oauth", "client_credentials", "run_as") }),
		},
		{
			name: "without a scope", check: ownAppScopes, signIn: byAppSecret, at: "scopes", says: "takes the scope Api",
			after: robotAppConfig(func(c config) config { return c.with(tfNames("Chatter"), "oauth", "scopes") }),
		},
		{
			name: "without the refresh scope", check: ownAppScopes, signIn: byAppJWT, at: "scopes", says: "takes the scope RefreshToken",
			after: robotAppConfig(func(c config) config { return c.with(tfNames("Api"), "oauth", "scopes") }),
		},
		{
			name: "without the provider's profile", check: ownAppAccess, signIn: byAppJWT, at: "policies", says: "leaves out every permission set and profile of admin@example.com",
			after: robotAppConfig(func(c config) config { return c.with(tfNames(), "policies", "profiles") }),
		},
		{
			name: "with a session level", check: ownUserSession, signIn: byAppJWT, at: "required_session_level", says: "OAuth sessions without a screen are never of high assurance",
			after: robotAppConfig(func(c config) config {
				return c.with(tfText(highAssurance), "policies", "required_session_level").with(tfText("Block"), "policies", "policy_action")
			}),
		},
		{
			name: "another's app with a session level", check: integrationSession, at: "required_session_level", says: "integrations that sign in through the app Robots_App would be cut off",
			after: robotAppConfig(func(c config) config {
				return c.with(tfText(highAssurance), "policies", "required_session_level").with(tfText("Block"), "policies", "policy_action")
			}),
		},
	}
	for i := range cases {
		cases[i].typeName, cases[i].imported, cases[i].prepare = app, named(robotApp), robotAppOrg
	}
	checkLockouts(t, cases)
	t.Run("none by another change", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		robotAppOrg(t, o)
		p := o.speakBy(t, byAppJWT(t, o))
		i := p.resource(app)
		i.state = p.imported(t, app, robotApp)
		_, diags := i.plan(t, robotAppConfig(func(c config) config {
			return c.with(tfNames("Api", "RefreshToken", "Web"), "oauth", "scopes").with(tfNames(), "policies", "permission_sets").with(tfText("Another"), "label")
		})(t, o))
		failed(t, nil, diags)
	})
}

func TestLockoutByRelaxedRanges(t *testing.T) {
	t.Parallel()
	prepare := func(ranged, relaxed bool) func(*testing.T, *testOrg) {
		return func(t *testing.T, o *testOrg) {
			t.Helper()
			apiProfile(t, o)
			robotAppOrg(t, o)
			if ranged {
				full, _ := o.Component("Profile", "Robots API")
				full["loginIpRanges"] = []any{map[string]any{"startAddress": "192.0.2.0", "endAddress": "192.0.2.255"}}
				if err := o.SetComponent("Profile", "Robots API", full); err != nil {
					t.Fatal(err)
				}
			}
			policies, _ := o.Component(oauthPoliciesKind, robotApp+"_oauth_defaultPolicy")
			policies["commaSeparatedProfile"] = robotProfile
			if relaxed {
				policies["ipRelaxationPolicyType"] = "Bypass"
			}
			if err := o.SetComponent(oauthPoliciesKind, robotApp+"_oauth_defaultPolicy", policies); err != nil {
				t.Fatal(err)
			}
		}
	}
	checkLockouts(t, []lockout{
		{
			name: "by the profile", check: integrationRanges, prepare: prepare(false, true), typeName: "salesforce_profile", imported: named(robotProfile),
			after: profileWritten(robotProfile, integrationSeat, config{"login_ip_ranges": tfMap(map[string]string{"192.0.2.0/24": ""})}), at: "login_ip_ranges", says: "The app Robots_App relaxes IP restrictions",
		},
		{
			name: "by the app", check: integrationRanges, prepare: prepare(true, false), typeName: "salesforce_external_client_app", imported: named(robotApp),
			after: robotAppConfig(func(c config) config { return c.with(tfText("Bypass"), "policies", "ip_relaxation_policy_type") }), at: "ip_relaxation_policy_type", says: "enforces the login IP ranges of the profile Robots API all the same",
		},
	})
}
