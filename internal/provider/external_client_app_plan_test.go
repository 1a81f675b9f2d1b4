package provider

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// certificateOf is a self-signed certificate of a new key that is valid until a time.
func certificateOf(t *testing.T, until time.Time, elliptical bool) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.AddDate(-1, 0, 0), NotAfter: until}
	var public, private any
	if elliptical {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		public, private = key.Public(), key
	} else {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		public, private = key.Public(), key
	}
	content, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: content}))
}

// ecaWrites are the requests that write anything.
func (o *testOrg) ecaWrites() []sfmock.Request {
	return append(o.Requests(sfmock.Match{Kind: "metadata write"}), o.Requests(sfmock.Match{Path: "/deployRequest"})...)
}

// What Salesforce would refuse, or never do, is refused while planning, on the attribute, and nothing is written.
func TestAppPlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := o.SetComponent(appKind, "Taken", map[string]any{"label": "Taken"}); err != nil {
		t.Fatal(err)
	}
	p := o.speak(t)
	for name, c := range map[string]struct {
		attributes map[string]any
		messages   []string
	}{
		"taken name":              {map[string]any{"name": "taken"}, []string{"name is taken", "terraform import salesforce_external_client_app.<name> 0xI"}},
		"connected app's name":    {map[string]any{"name": "Nightly_Export"}, []string{"A connected app has this name"}},
		"name with space":         {map[string]any{"name": "Billing Sync"}, []string{"must start with a letter"}},
		"name of a package":       {map[string]any{"name": "acme__Billing"}, []string{`Only the package "acme"`, "terraform import"}},
		"no label":                {map[string]any{"label": ""}, []string{"string length must be at least 1"}},
		"no address":              {map[string]any{"contact_email": "Ada"}, []string{"e-mail address"}},
		"unknown scope":           {map[string]any{scopesKey: []string{"refresh_token"}}, []string{"Unknown OAuth scope", `Did you mean "RefreshToken"`}},
		"no scope":                {map[string]any{scopesKey: []string{}}, []string{"at least 1 element"}},
		"callback without scheme": {map[string]any{"oauth.callback_urls": []string{"example.com"}}, []string{"with its scheme"}},
		"unknown user":            {map[string]any{runAsKey: "billing-sink@example.com"}, []string{`no user "billing-sink@example.com"`, "run_as = salesforce_integration_user.<name>.username"}},
		"user of the UI":          {map[string]any{runAsKey: "sam.seller@example.com"}, []string{"Run-as user is not API-only"}},
		"no username":             {map[string]any{runAsKey: "Sam"}, []string{"e-mail address"}},
		"unknown permission set":  {admitting(permissionSetsKey, "Biling"), []string{`Did you mean "Billing"`, "salesforce_permission_set.<name>.name"}},
		"unknown profile":         {admitting(profilesKey, "System Administratr"), []string{`Did you mean "System Administrator"`}},
		"names in one":            {admitting(profilesKey, "System Administrator, Standard User"), []string{"without a comma"}},
		"sets for everybody":      {map[string]any{permissionSetsKey: []string{"Billing"}}, []string{"Attribute has no meaning here", `permitted_users_policy_type = "AdminApprovedPreAuthorized", which is going to be "AllSelfAuthorized"`}},
		"time without end":        {map[string]any{refreshPolicyKey: "Infinite", refreshUnitKey: "Days"}, []string{`refresh_token_policy_type = "SpecificLifetime" or "SpecificInactivity"`}},
		"private key":             {map[string]any{certificateKey: keys[0]}, []string{"Not a certificate", "never its private key"}},
		"expired certificate":     {map[string]any{certificateKey: certificateOf(t, time.Now().Add(-time.Hour), false)}, []string{"Certificate has expired"}},
		"certificate of a curve":  {map[string]any{certificateKey: certificateOf(t, time.Now().AddDate(1, 0, 0), true)}, []string{"ECDSA", "RSA"}},
		"odd number of minutes":   {map[string]any{"policies.named_user_jwt_timeout": int64(7)}, []string{"named_user_jwt_timeout"}},
		"no range":                {map[string]any{"oauth.trusted_ip_ranges": map[string]any{"192.0.2.1/24": ""}}, []string{"Not a range of IP addresses"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := p.resource(appType)
			_, diags := i.plan(t, appConfig(t, i, smallApp(c.attributes)))
			refused(t, diags, c.messages...)
		})
	}
	t.Cleanup(func() {
		if writes := o.ecaWrites(); len(writes) > 0 {
			t.Errorf("%d writes were sent although the plans were refused", len(writes))
		}
	})
}

// admitting are attributes of an app that admits a name.
func admitting(key, name string) map[string]any {
	return map[string]any{permittedUsersKey: preAuthorized, key: []string{name}}
}

// What works in no org, although Salesforce takes it, is warned of.
func TestAppPlanWarnings(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	o.update(t, o.id(t, "User", "Username", "other-sync@example.com"), map[string]any{"IsActive": false})
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	p := o.speak(t)
	admitted := admitting(permissionSetsKey, "Billing")
	admitted[certificateKey] = keys[1]
	for name, c := range map[string]struct {
		attributes map[string]any
		message    string
	}{
		"JWT without a scope":        {with(admitted, scopesKey, []string{"Api"}), "JWT bearer flow lacks a scope"},
		"JWT for who allows it":      {map[string]any{certificateKey: keys[1]}, `Write permitted_users_policy_type = "AdminApprovedPreAuthorized"`},
		"JWT for nobody":             {with(admitted, permissionSetsKey, []string{}), "Name a permission set"},
		"certificate about to end":   {with(admitted, certificateKey, certificateOf(t, time.Now().AddDate(0, 0, 20), false)), "Certificate expires soon"},
		"PKCE":                       {map[string]any{pkceKey: false}, "PKCE may stay required"},
		"inactive user":              {map[string]any{runAsKey: "other-sync@example.com"}, "Run-as user is inactive"},
		"nothing wrong":              {admitted, ""},
		"nothing wrong, all scopes":  {with(admitted, scopesKey, []string{"Full"}), ""},
		"nothing wrong, no JWT flow": {map[string]any{runAsKey: integrationName, scopesKey: []string{"Api"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := p.resource(appType)
			_, diags := i.plan(t, appConfig(t, i, smallApp(c.attributes)))
			if c.message == "" {
				for _, d := range diags {
					t.Errorf("%s: %s", d.Summary, d.Detail)
				}
				return
			}
			warned(t, diags, c.message)
			if len(diags) != 1 || diags[0].Attribute == nil {
				t.Errorf("%d diagnostics, the first at %v", len(diags), diags[0].Attribute)
			}
		})
	}
}

func with(attributes map[string]any, key string, value any) map[string]any {
	all := map[string]any{key: value}
	for k, v := range attributes {
		if k != key {
			all[k] = v
		}
	}
	return all
}

// A certificate that ran out is warned of, and keeps nobody from planning.
func TestAppCertificateRunsOut(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	over := certificateOf(t, time.Now().Add(-time.Hour), false)
	failed(t, nil, i.apply(t, appConfig(t, i, smallApp(nil))))
	o.editApp(t, globalOAuthKind, func(content map[string]any) { content["certificate"] = over })
	failed(t, nil, i.read(t))
	config := appConfig(t, i, smallApp(map[string]any{certificateKey: over}))
	_, diags := i.plan(t, config)
	warned(t, diags, "Certificate has expired")
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
}

// An element of a newer API version is refused, and what an older one doesn't tell is null.
func TestAppOlderVersion(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.SetNewestVersion(66)
	i := o.speak(t).resource(appType)
	_, diags := i.plan(t, appConfig(t, i, smallApp(map[string]any{"oauth.is_dpop_enabled": true})))
	refused(t, diags, "isDPopEnabled exists from API version 68.0 on; the provider speaks 66.0")
	config := appConfig(t, i, smallApp(map[string]any{"oauth.is_device_flow_enabled": true}))
	failed(t, nil, i.apply(t, config))
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
}

// What the configuration spells otherwise is no change, and what it means otherwise is.
func TestAppSpelling(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	i := o.speak(t).resource(appType)
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	first := smallApp(map[string]any{
		certificateKey: keys[1], runAsKey: integrationName, permittedUsersKey: preAuthorized, permissionSetsKey: []string{"Billing"}, profilesKey: []string{"System Administrator"},
		"oauth.trusted_ip_ranges": map[string]any{"192.0.2.0/24": "Office"}, "oauth.callback_urls": []string{"https://example.com/a", "https://example.com/b"},
	})
	failed(t, nil, i.apply(t, appConfig(t, i, first)))
	block, _ := pem.Decode([]byte(keys[1]))
	o.editApp(t, globalOAuthKind, func(content map[string]any) {
		content["certificate"] = fmt.Sprintf("-----BEGIN CERTIFICATE-----\r\n%s\r\n-----END CERTIFICATE-----", wrapped(block.Bytes, "\r\n"))
		content["callbackUrl"] = "https://example.com/b\r\nhttps://example.com/a"
	})
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, appConfig(t, i, first)); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
	for key, value := range map[string]any{
		"name": "BILLING_sync", certificateKey: wrapped(block.Bytes, ""), runAsKey: "Billing-Sync@example.com", permissionSetsKey: []string{"billing"}, profilesKey: []string{"system administrator"},
		"oauth.trusted_ip_ranges": map[string]any{"192.0.2.0-192.0.2.255": "Office"}, scopesKey: []string{"RefreshToken", "Api"}, "oauth.callback_urls": []string{"https://example.com/b", "https://example.com/a"},
	} {
		if changed := i.changedLeaves(t, appConfig(t, i, with(first, key, value))); changed != nil {
			t.Errorf("%s: the plan changes %q", key, changed)
		}
	}
	if changed := i.changedLeaves(t, appConfig(t, i, with(first, scopesKey, []string{"Api"}))); len(changed) != 1 {
		t.Errorf("the plan changes %q", changed)
	}
}

// PKCE that Salesforce keeps is said once and no difference ever after; where it is let go it shows again.
func TestAppPKCE(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.KeepPKCE(true)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(map[string]any{pkceKey: false}))
	warned(t, i.apply(t, config), "Salesforce keeps PKCE required")
	failed(t, nil, i.read(t))
	_, diags := i.plan(t, config)
	if changed := i.changedLeaves(t, config); changed != nil || diags != nil {
		t.Errorf("the plan changes %q and says %v", changed, diags)
	}
	more := appConfig(t, i, smallApp(map[string]any{pkceKey: false, "label": "Billing"}))
	warned(t, i.apply(t, more), "Salesforce keeps PKCE required")
	o.KeepPKCE(false)
	failed(t, nil, i.apply(t, config))
	o.editApp(t, globalOAuthKind, func(content map[string]any) { content["isPkceRequired"] = "true" })
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); len(changed) != 1 || changed[0] != pkceKey {
		t.Errorf("the plan changes %q", changed)
	}
}

// What Salesforce takes without a word and does not do is an error of an update, and a warning of a creation.
func TestAppNotTaken(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.speak(t).resource(appType)
	config := appConfig(t, i, smallApp(nil))
	failed(t, nil, i.apply(t, config))
	const silent = `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>` +
		`<updateMetadataResponse xmlns="http://soap.sforce.com/2006/04/metadata"><result><fullName>Billing_Sync</fullName><success>true</success></result></updateMetadataResponse></soapenv:Body></soapenv:Envelope>`
	o.Fail(sfmock.Match{Contains: "updateMetadata"}, 1, sfmock.Fault{Status: 200, Body: silent, ContentType: "text/xml"})
	refused(t, i.apply(t, appConfig(t, i, smallApp(map[string]any{"label": "Billing"}))), "Salesforce does not take the setting", `Salesforce accepted label without an error, and holds "Billing Sync"`)
	failed(t, nil, i.read(t))
	if changed := i.changedLeaves(t, config); changed != nil {
		t.Errorf("the plan changes %q", changed)
	}
}
