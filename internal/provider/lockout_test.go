package provider

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// values of a resource, as a configuration writes them.
type config map[string]tftypes.Value

func tfText(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
func tfBool(b bool) tftypes.Value   { return tftypes.NewValue(tftypes.Bool, b) }
func tfNames(names ...string) tftypes.Value {
	elements := make([]tftypes.Value, len(names))
	for i, name := range names {
		elements[i] = tfText(name)
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

func tfMap(texts map[string]string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for key, text := range texts {
		elements[key] = tfText(text)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, elements)
}

// lockout is a plan that would lock somebody out.
type lockout struct {
	name     string
	check    lockoutCheck
	signIn   func(t *testing.T, o *testOrg) config // how the provider signs in; nil for a ready token
	prepare  func(t *testing.T, o *testOrg)        // what the org has before the provider signs in; may be nil
	typeName string
	imported func(t *testing.T, o *testOrg) string // the import id of what is managed already; nil for what before creates
	before   func(t *testing.T, o *testOrg) config // nil for nothing
	after    func(t *testing.T, o *testOrg) config // nil for a destroy
	at       string                                // the attribute at fault, "" for none
	says     string
	beside   lockoutCheck // another check that the same plan trips, or ""
}

// checkLockouts shows of each that the plan is refused on its attribute, that the message names the way round, that the check can be
// switched off, and that nothing is written.
func checkLockouts(t *testing.T, lockouts []lockout) {
	t.Helper()
	for _, l := range lockouts {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			diags := l.plan(t, l.beside)
			refused(t, diags, l.says, `disabled_checks = ["`+string(l.check)+`"]`)
			l.blames(t, diags, tfprotov6.DiagnosticSeverityError)
			diags = l.plan(t, l.check, l.beside)
			warned(t, diags, l.says, "is switched off on the provider")
			l.blames(t, diags, tfprotov6.DiagnosticSeverityWarning)
		})
	}
}

// plan plans it, with checks switched off, and makes sure that nothing is written.
func (l lockout) plan(t *testing.T, off ...lockoutCheck) []*tfprotov6.Diagnostic {
	t.Helper()
	o := newOrg(t)
	if l.prepare != nil {
		l.prepare(t, o)
	}
	p := o.speak(t, off...)
	if l.signIn != nil {
		p = o.speakBy(t, l.signIn(t, o), off...)
	}
	i := p.resource(l.typeName)
	switch {
	case l.imported != nil:
		i.state = p.imported(t, l.typeName, l.imported(t, o))
	case l.before != nil:
		failed(t, nil, i.apply(t, l.before(t, o)))
	}
	o.ResetRequests()
	var after config
	if l.after != nil {
		after = l.after(t, o)
	}
	_, diags := i.plan(t, after)
	o.untouched(t)
	o.asksOnly(t, "resource/"+l.typeName)
	return diags
}

// blames checks that a diagnostic of the lockout stands on the attribute at fault.
func (l lockout) blames(t *testing.T, diags []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity) {
	t.Helper()
	var at []string
	for _, d := range diags {
		if d.Severity == severity && strings.Contains(d.Detail, string(l.check)) {
			at = append(at, strings.ReplaceAll(d.Attribute.String(), "\"", ""))
		}
	}
	if !slices.ContainsFunc(at, func(path string) bool { return strings.Contains(path, l.at) && (l.at != "" || path == "") }) {
		t.Errorf("it stands at %q, not at %q", at, l.at)
	}
}

// nested is a value of a nested attribute whose other attributes are null.
func (o *testOrg) nested(t *testing.T, typeName, attribute string, values config) tftypes.Value {
	t.Helper()
	kind := o.speak(t).resource(typeName).kind().AttributeTypes[attribute].(tftypes.Object)
	for name, of := range kind.AttributeTypes {
		if _, given := values[name]; !given {
			values[name] = tftypes.NewValue(of, nil)
		}
	}
	return tftypes.NewValue(kind, map[string]tftypes.Value(values))
}

// untouched checks that nothing was written to the org.
func (o *testOrg) untouched(t *testing.T) {
	t.Helper()
	for _, r := range o.Requests(sfmock.Match{}) {
		writes := slices.Contains([]string{"metadata write", "deploy", "graph"}, r.Kind) || r.Method != http.MethodGet && slices.Contains([]string{"collection", "record"}, r.Kind)
		if writes {
			t.Errorf("a %s was sent: %s %s", r.Kind, r.Method, r.Path)
		}
	}
}

// byJWT signs in as the administrator with the test's app.
func byJWT(t *testing.T, o *testOrg) config {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	return config{"login_url": tfText(o.url), "client_id": tfText(appConsumerKey), "username": tfText(o.AdministratorUsername()), "private_key": tfText(keys[0])}
}

// administrator is the id of the user that the provider signs in as.
func administrator(t *testing.T, o *testOrg) string {
	t.Helper()
	return o.id(t, "User", "Username", o.AdministratorUsername())
}

// anotherAdministrator adds one, so that the first is not the last.
func anotherAdministrator(t *testing.T, o *testOrg) {
	t.Helper()
	o.insert(t, "User", person("second@example.com", o.profile(t, "System Administrator")))
}

// always is a configuration that does not depend on the org.
func always(c config) func(*testing.T, *testOrg) config {
	return func(*testing.T, *testOrg) config { return c }
}

// self is the administrator as a configuration writes it, with some attributes otherwise.
func self(more config) func(*testing.T, *testOrg) config {
	return func(t *testing.T, o *testOrg) config {
		t.Helper()
		user := o.Record(administrator(t, o))
		c := config{
			"username": tfText(o.AdministratorUsername()), "last_name": tfText(user["LastName"].(string)), "email": tfText(user["Email"].(string)), "profile_id": tfText(user["ProfileId"].(string)),
		}
		maps.Copy(c, more)
		return c
	}
}

func TestLockoutByUser(t *testing.T) {
	t.Parallel()
	toProfile := func(name string) func(*testing.T, *testOrg) config {
		return func(t *testing.T, o *testOrg) config {
			t.Helper()
			return self(config{"profile_id": tfText(o.profile(t, name))})(t, o)
		}
	}
	checkLockouts(t, []lockout{
		{
			name: "own user deactivated", check: ownUserActive, prepare: anotherAdministrator, typeName: "salesforce_user", imported: administrator,
			after: self(config{"is_active": tfBool(false)}), at: "is_active", says: "admin@example.com is the user that the provider signs in as",
		},
		{
			name: "own user frozen", check: ownUserActive, prepare: anotherAdministrator, typeName: "salesforce_user", imported: administrator,
			after: self(config{"is_frozen": tfBool(true)}), at: "is_frozen", says: "Deactivated or frozen, it could not undo this plan",
		},
		{
			name: "own user destroyed", check: ownUserActive, prepare: anotherAdministrator, typeName: "salesforce_user", imported: administrator, says: "is the user that the provider signs in as",
		},
		{
			name: "own user renamed", check: ownUserActive, signIn: byJWT, typeName: "salesforce_user", imported: administrator,
			after: self(config{"username": tfText("other@example.com")}), at: "username", says: "is the username that the provider signs in with",
		},
		{
			name: "own user's profile", check: ownUserPermissions, prepare: anotherAdministrator, typeName: "salesforce_user", imported: administrator,
			after: toProfile("Standard User"), at: "profile_id", says: "ManageInternalUsers (to change users)",
		},
		{
			name: "last administrator deactivated", check: lastAdministrator, prepare: robotWithSet, signIn: asRobot, typeName: "salesforce_user", imported: administrator,
			after: self(config{"is_active": tfBool(false)}), at: "is_active", says: "No administrator would be left",
		},
		{
			name: "last administrator moved", check: lastAdministrator, prepare: robotWithSet, signIn: asRobot, typeName: "salesforce_user", imported: administrator,
			after: toProfile("Standard User"), at: "profile_id", says: "Modify All Data and Manage Users",
		},
	})
}

// What the guard has nothing against.
func TestNoLockoutByUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	anotherAdministrator(t, o)
	p := o.speak(t)
	for name, id := range map[string]string{"somebody else": o.id(t, "User", "Username", "second@example.com")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := p.resource("salesforce_user")
			i.state = p.imported(t, "salesforce_user", id)
			_, diags := i.plan(t, nil)
			failed(t, nil, diags)
		})
	}
}

// elsewhere signs in at the login page that all orgs share.
func elsewhere(t *testing.T, o *testOrg) config {
	t.Helper()
	c := byJWT(t, o)
	keys, _ := appKey()
	o.AddApp(sfmock.App{Name: "Old", ConsumerKey: "old", CertificatePEM: keys[1], Scopes: []string{"api", "refresh_token"}, AdminApproved: true, Profiles: []string{"System Administrator"}})
	c["login_url"], c["client_id"] = tfText(o.loginURL), tfText("old")
	return c
}

func TestLockoutBySettings(t *testing.T) {
	t.Parallel()
	identityProvider := func(t *testing.T, o *testOrg) {
		t.Helper()
		if err := o.SetComponent("SamlSsoConfig", "Okta", map[string]any{
			"name": "Okta", "identityLocation": "SubjectNameId", "identityMapping": "Username", "issuer": "https://idp.example.com", "samlEntityId": "https://example.my.salesforce.com",
			"samlVersion": "SAML2_0", "validationCert": "certificate",
		}); err != nil {
			t.Fatal(err)
		}
	}
	bound := func(t *testing.T, o *testOrg) {
		t.Helper()
		identityProvider(t, o)
		o.update(t, o.profile(t, "System Administrator"), map[string]any{"IsSsoEnabled": true})
	}
	noPasswords := func(t *testing.T, o *testOrg) {
		t.Helper()
		if err := o.SetComponent("SecuritySettings", "Security", map[string]any{"singleSignOnSettings": map[string]any{"isLoginWithSalesforceCredentialsDisabled": "true"}}); err != nil {
			t.Fatal(err)
		}
	}
	signOn := always(config{passwordsDisabled: tfBool(true), "enable_saml_login": tfBool(true)})
	checkLockouts(t, []lockout{
		{
			name: "single sign-on without an identity provider", check: ssoLogin, typeName: "salesforce_single_sign_on_settings", after: signOn,
			at: passwordsDisabled, says: "no SAML configuration and no authentication provider",
		},
		{
			name: "single sign-on that is switched off", check: ssoLogin, prepare: identityProvider, typeName: "salesforce_single_sign_on_settings",
			after: always(config{passwordsDisabled: tfBool(true), "enable_saml_login": tfBool(false)}), at: passwordsDisabled, says: "enable_saml_login is false",
		},
		{
			name: "single sign-on without a break-glass administrator", check: ssoLogin, prepare: bound, typeName: "salesforce_single_sign_on_settings", after: signOn,
			at: passwordsDisabled, says: "No administrator could log in without single sign-on",
		},
		{
			name: "API logins at My Domain only", check: myDomainLogin, signIn: elsewhere, typeName: "salesforce_my_domain_settings",
			after: always(config{apiAtMyDomain: tfBool(true)}), at: apiAtMyDomain, says: "Set login_url to the org's My Domain first",
		},
		{
			name: "single sign-on that comes back with a destroy", check: ssoLogin, prepare: noPasswords, typeName: "salesforce_single_sign_on_settings",
			before: always(config{passwordsDisabled: tfBool(false), "on_destroy": tfText(onDestroyRestore)}), at: passwordsDisabled, says: "no SAML configuration and no authentication provider",
		},
		{
			name: "MFA off where it is enforced", check: enforcedMFA, typeName: sessionType, after: always(config{requireMFA: tfBool(false)}), at: requireMFA, says: "Salesforce enforces multi-factor authentication",
		},
	})
	t.Run("none with an identity provider and an administrator without single sign-on", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		identityProvider(t, o)
		_, diags := o.speak(t).resource("salesforce_single_sign_on_settings").plan(t, signOn(t, o))
		failed(t, nil, diags)
	})
	t.Run("none when the provider signs in at My Domain", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		_, diags := o.speakBy(t, byJWT(t, o)).resource("salesforce_my_domain_settings").plan(t, config{apiAtMyDomain: tfBool(true)})
		failed(t, nil, diags)
	})
}
