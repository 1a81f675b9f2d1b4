package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// metadataWritten is a component as a configuration of salesforce_metadata has it.
func metadataWritten(kind, name string, content parts) func(*testing.T, *testOrg) config {
	return func(*testing.T, *testOrg) config {
		return having(metadataConfig(kind, name, content), "check_only", tftypes.NewValue(tftypes.Bool, false))
	}
}

func permitted(on bool, names ...string) rows {
	var all rows
	for _, name := range names {
		all = append(all, parts{"name": name, "enabled": on})
	}
	return all
}

// withMuting lets a group have a muting permission set that mutes nothing.
func withMuting(t *testing.T, o *testOrg) {
	t.Helper()
	robotWithGroup(t, o)
	if err := o.SetComponent("MutingPermissionSet", "Robots_Muting", map[string]any{"label": "Muting"}); err != nil {
		t.Fatal(err)
	}
	if err := o.SetComponent("PermissionSetGroup", "Robots", map[string]any{"label": "Robots", "permissionSets": []any{"Terraform"}, "mutingPermissionSets": []any{"Robots_Muting"}}); err != nil {
		t.Fatal(err)
	}
}

// What the resources of single types refuse, salesforce_metadata refuses, too.
func TestLockoutByMetadata(t *testing.T) {
	t.Parallel()
	most := ownPermissions[1:] // without AssignPermissionSets
	cases := []lockout{
		{
			name: "permission set", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, imported: named("PermissionSet:Terraform"),
			after: metadataWritten("PermissionSet", "Terraform", parts{"userPermissions": permitted(true, most...)}), at: "content", says: "the permission set Terraform loses AssignPermissionSets",
		},
		{
			name: "source of a permission set", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, imported: named("PermissionSet:Terraform"),
			after: func(*testing.T, *testOrg) config {
				c := metadataWritten("PermissionSet", "Terraform", nil)(nil, nil)
				delete(c, "content")
				return having(c, "source", textValue(`{"userPermissions": []}`))
			}, at: "source", says: "the permission set Terraform loses",
		},
		{name: "permission set destroyed", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, imported: named("PermissionSet:Terraform"), says: "the permission set Terraform loses"},
		{
			name: "permission set replaced", check: ownUserPermissions, prepare: robotWithSet, signIn: asRobot, imported: named("PermissionSet:Terraform"),
			after: metadataWritten("PermissionSet", "Other", parts{"label": "Other"}), says: "the permission set Terraform loses",
		},
		{
			name: "MFA for API logins", check: integrationMFA, prepare: robotWithSet, imported: named("PermissionSet:Terraform"),
			after: metadataWritten("PermissionSet", "Terraform", parts{"userPermissions": permitted(true, append([]string{"ForceTwoFactor", mfaForAPI}, ownPermissions...)...)}),
			at:    "content", says: "API-only users hold the permission set Terraform (robot@example.com)",
		},
		{
			name: "group", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, imported: named("PermissionSetGroup:Robots"),
			after: metadataWritten("PermissionSetGroup", "Robots", parts{"permissionSets": rows{}}), at: "content", says: "the permission set group Robots loses members",
		},
		{name: "group destroyed", check: ownUserPermissions, prepare: robotWithGroup, signIn: asRobot, imported: named("PermissionSetGroup:Robots"), says: "the permission set group Robots loses members"},
		{
			name: "muting set", check: ownUserPermissions, prepare: withMuting, signIn: asRobot, imported: named("MutingPermissionSet:Robots_Muting"),
			after: metadataWritten("MutingPermissionSet", "Robots_Muting", parts{"userPermissions": permitted(true, "ModifyMetadata")}), at: "content", says: "mutes permissions",
		},
		{
			name: "profile", check: ownUserPermissions, prepare: robotWithProfile, signIn: asRobot, imported: named("Profile:Robots"),
			after: metadataWritten("Profile", "Robots", parts{"userPermissions": permitted(false, "ModifyMetadata")}), at: "content", says: "the profile Robots loses ModifyMetadata",
		},
		{
			name: "login IP ranges", check: ownUserIPRanges, prepare: func(_ *testing.T, o *testOrg) { o.SetSourceIP("192.0.2.5") }, signIn: byJWT, imported: named("Profile:Admin"),
			after: metadataWritten("Profile", "Admin", parts{"loginIpRanges": rows{parts{"startAddress": "198.51.100.0", "endAddress": "198.51.100.255"}}}), at: "content", says: "It last logged in from 192.0.2.5",
		},
		{
			name: "login hours", check: ownUserLoginHours, imported: named("Profile:Admin"), after: metadataWritten("Profile", "Admin", parts{"loginHours": never()}), at: "content", says: "outside these hours",
		},
		{
			name: "MFA for API logins by the profile", check: integrationMFA, prepare: apiProfile, imported: named("Profile:Robots API"),
			after: metadataWritten("Profile", "Robots API", parts{"userPermissions": permitted(true, "ForceTwoFactor", mfaForAPI)}), at: "content", says: "asks for a second factor that no machine can give",
		},
		{
			name: "session level", check: ownUserSession, at: "content", says: "OAuth sessions are never of high assurance",
			after: metadataWritten("ProfileSessionSetting", "admin_session", parts{
				"profile": "admin", "requiredSessionLevel": highAssurance, "forceLogout": false, "externalCommunityUserIdentityVerif": false, "sessionPersistence": false, "sessionTimeout": 120, "sessionTimeoutWarning": true,
			}),
		},
		{
			name: "single sign-on", check: ssoLogin, after: metadataWritten("SecuritySettings", "Security", parts{"singleSignOnSettings": parts{"isLoginWithSalesforceCredentialsDisabled": true}}),
			at: "content", says: "no SAML configuration and no authentication provider",
		},
		{
			name: "MFA off", check: enforcedMFA, after: metadataWritten("SecuritySettings", "Security", parts{"sessionSettings": parts{"enableMFADirectUILoginOptIn": false}}),
			at: "content", says: "Salesforce enforces multi-factor authentication",
		},
		{
			name: "My Domain", check: myDomainLogin, signIn: elsewhere, after: metadataWritten("MyDomainSettings", "MyDomain", parts{"doesApiLoginRequireOrgDomain": true}),
			at: "content", says: "Set login_url to the org's My Domain first",
		},
		{name: "connected app destroyed", check: ownAppEnabled, prepare: connectedAppOrg, signIn: byConnectedApp, imported: named("ConnectedApp:" + robotConnectedApp), says: "This plan deletes it"},
		{
			name: "connected app without a scope", check: ownAppScopes, prepare: connectedAppOrg, signIn: byConnectedApp, imported: named("ConnectedApp:" + robotConnectedApp),
			after: metadataWritten("ConnectedApp", robotConnectedApp, parts{"oauthConfig": parts{"scopes": rows{"RefreshToken"}}}), at: "content", says: "takes the scope Api",
		},
		{name: "external client app destroyed", check: ownAppEnabled, prepare: robotAppOrg, signIn: byAppJWT, imported: named(appKind + ":" + robotApp), says: "This plan deletes it"},
		{
			name: "external client app disabled", check: ownAppEnabled, prepare: robotAppOrg, signIn: byAppJWT, imported: named(pluginPoliciesKind + ":" + robotApp + "_defaultPolicy"),
			after: metadataWritten(pluginPoliciesKind, robotApp+"_defaultPolicy", parts{"isEnabled": false}), at: "content", says: "disables it",
		},
		{
			name: "external client app without a scope", check: ownAppScopes, prepare: robotAppOrg, signIn: byAppJWT, imported: named(oauthSettingsKind + ":" + robotApp + "_oauth"),
			after: metadataWritten(oauthSettingsKind, robotApp+"_oauth", parts{"commaSeparatedOauthScopes": "RefreshToken"}), at: "content", says: "takes the scope Api",
		},
		{
			name: "external client app without its certificate", check: ownAppFlow, prepare: robotAppOrg, signIn: byAppJWT, imported: named(globalOAuthKind + ":" + robotApp + "_glbloauth"),
			after: metadataWritten(globalOAuthKind, robotApp+"_glbloauth", parts{"certificate": otherCertificate()}), at: "content", says: "takes the certificate",
		},
		{
			name: "external client app for others", check: ownAppAccess, prepare: robotAppOrg, signIn: byAppJWT, imported: named(oauthPoliciesKind + ":" + robotApp + "_oauth_defaultPolicy"),
			after: metadataWritten(oauthPoliciesKind, robotApp+"_oauth_defaultPolicy", parts{"commaSeparatedProfile": "Standard User", "commaSeparatedPermissionSet": ""}), at: "content", says: "leaves out every permission set and profile",
		},
		{
			name: "external client app as another user", check: ownAppFlow, prepare: robotAppOrg, signIn: byAppSecret, imported: named(oauthPoliciesKind + ":" + robotApp + "_oauth_defaultPolicy"),
			after: metadataWritten(oauthPoliciesKind, robotApp+"_oauth_defaultPolicy", parts{"isClientCredentialsFlowEnabled": false}), at: "content", says: "switches off its client credentials flow",
		},
	}
	for i := range cases {
		cases[i].typeName = metadataType
	}
	checkLockouts(t, cases)
}

// never are login hours that keep everybody out.
func never() parts {
	hours := parts{}
	for _, day := range weekdays {
		hours[day+"Start"], hours[day+"End"] = "0", "0"
	}
	return hours
}

// What the guard has nothing against.
func TestNoLockoutByMetadata(t *testing.T) {
	t.Parallel()
	unknown := permitted(true, ownPermissions[1:]...)
	unknown = append(unknown, parts{"name": notYet, "enabled": true})
	for name, c := range map[string]struct {
		prepare func(t *testing.T, o *testOrg)
		signIn  func(t *testing.T, o *testOrg) config
		id      string
		after   func(*testing.T, *testOrg) config
	}{
		"elements left out":    {robotWithSet, asRobot, "PermissionSet:Terraform", metadataWritten("PermissionSet", "Terraform", parts{"description": "Robots"})},
		"not known yet":        {robotWithSet, asRobot, "PermissionSet:Terraform", metadataWritten("PermissionSet", "Terraform", parts{"userPermissions": unknown})},
		"single entries":       {robotWithProfile, asRobot, "Profile:Robots", metadataWritten("Profile", "Robots", parts{"userPermissions": permitted(true, "RunReports")})},
		"profile left alone":   {robotWithProfile, asRobot, "Profile:Robots", metadataWritten("Profile", "Robots", parts{"description": "Robots"})},
		"settings left out":    {nil, byJWT, "", metadataWritten("SecuritySettings", "Security", parts{"sessionSettings": parts{"lockSessionsToDomain": true}})},
		"another app":          {robotAppOrg, byJWT, appKind + ":" + robotApp, func(*testing.T, *testOrg) config { return nil }},
		"kept":                 {robotWithSet, asRobot, "PermissionSet:Terraform", nil},
		"app with more scopes": {robotAppOrg, byAppJWT, oauthSettingsKind + ":" + robotApp + "_oauth", metadataWritten(oauthSettingsKind, robotApp+"_oauth", parts{"commaSeparatedOauthScopes": "Api, RefreshToken, Web"})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			if c.prepare != nil {
				c.prepare(t, o)
			}
			p := o.speakBy(t, c.signIn(t, o))
			i := p.resource(metadataType)
			if c.id != "" {
				i.state = p.imported(t, metadataType, c.id)
			}
			var after config
			if c.after != nil {
				after = c.after(t, o)
			} else {
				i.state = maps.Clone(i.state)
				i.state["on_destroy"] = textValue(onDestroyKeep)
			}
			_, diags := i.plan(t, after)
			failed(t, nil, diags)
			for _, d := range diags {
				if d.Summary == "The lockout guard can't look" {
					t.Errorf("%s: %s", d.Summary, d.Detail)
				}
			}
		})
	}
}

// Restoring settings can lock out as changing them can.
func TestLockoutByRestoredSettings(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	if err := o.SetComponent("SecuritySettings", "Security", parts{"singleSignOnSettings": parts{"isLoginWithSalesforceCredentialsDisabled": "true"}}); err != nil {
		t.Fatal(err)
	}
	p := o.speak(t)
	settings, config := p.metadata(t, having(metadataConfig("SecuritySettings", "Security", parts{"singleSignOnSettings": parts{"isLoginWithSalesforceCredentialsDisabled": false}}), "on_destroy", textValue(onDestroyRestore)))
	failed(t, nil, settings.apply(t, config))
	o.ResetRequests()
	_, diags := settings.plan(t, nil)
	refused(t, diags, "no SAML configuration and no authentication provider", string(ssoLogin))
	o.untouched(t)
}

// Whatever settings resource has a check, salesforce_metadata makes it; and its page names the types that it looks at.
func TestMetadataGuards(t *testing.T) {
	t.Parallel()
	count := 0
	for s := range guardedSettings() {
		if count++; metadataGuards[s.kind] == nil {
			t.Errorf("%s is not guarded, and %s is", s.kind, s.typeName)
		}
	}
	if count < 3 {
		t.Errorf("only %d settings are guarded", count)
	}
	for _, part := range appParts {
		if metadataGuards[part.kind] == nil {
			t.Errorf("%s is not guarded, and external client apps consist of it", part.kind)
		}
	}
	for kind := range metadataGuards {
		if !strings.HasPrefix(kind, "ExtlClntApp") && !strings.Contains(metadataText, "`"+kind+"`") {
			t.Errorf("the page does not name %s", kind)
		}
	}
}
