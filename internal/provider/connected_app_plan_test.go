package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// A tainted app is not replaced where that would lose it.
func TestConnectedAppReplacement(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	config := i.config(map[string]any{"name": exportApp, "label": "Export", "contact_email": "owner@example.com"})
	i.state = nil // as Terraform plans the second half of a replacement
	i.refuses(t, config, "name", "You can't create a connected app")
	o.AllowConnectedAppCreation(true)
	_, diags := i.plan(t, config)
	failed(t, nil, diags)
}

// What Salesforce would refuse or ignore is found while planning, on the attribute.
func TestConnectedAppChecks(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	o.ResetRequests()
	oauth := func(name string, v any) map[string]any { return map[string]any{"oauth": map[string]any{name: v}} }
	for name, c := range map[string]struct {
		config          map[string]any
		attribute, says string
	}{
		"unknown scope":                 {oauth("scopes", []any{"RefreshTokens"}), "scopes", `Did you mean "RefreshToken"?`},
		"OAuth's word for a scope":      {oauth("scopes", []any{"api"}), "scopes", `Did you mean "Api"?`},
		"no callback":                   {oauth("callback_urls", []any{}), "callback_urls", "at least 1"},
		"callback without a scheme":     {oauth("callback_urls", []any{"example.com"}), "callback_urls", "scheme"},
		"private key":                   {oauth("certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), "certificate", "holds a PRIVATE KEY"},
		"no certificate":                {oauth("certificate", "billing.crt"), "certificate", "no PEM text"},
		"unknown user":                  {oauth("oauth_client_credential_user", "billing-sink@example.com"), "oauth_client_credential_user", "Did you mean"},
		"user of the user interface":    {oauth("oauth_client_credential_user", o.AdministratorUsername()), "oauth_client_credential_user", "API Only User"},
		"flow without a user":           {oauth("is_client_credential_enabled", true), "oauth_client_credential_user", "runs as a user"},
		"refresh token policy":          {map[string]any{"oauth_policy": map[string]any{"refresh_token_policy": "specific_lifetime:30"}}, "refresh_token_policy", "must be zero, infinite"},
		"unit of a refresh policy":      {map[string]any{"oauth_policy": map[string]any{"refresh_token_policy": "specific_inactivity:30:days"}}, "refresh_token_policy", "HOURS, DAYS or MONTHS"},
		"unknown set":                   {map[string]any{"permission_sets": []any{"Exports"}}, "permission_sets", `Did you mean "Export"?`},
		"unknown profile":               {map[string]any{"profiles": []any{"Standart User"}}, "profiles", `Did you mean "Standard User"?`},
		"range":                         {map[string]any{"ip_ranges": map[string]any{"192.0.2.9-192.0.2.1": ""}}, "ip_ranges", "ends before it begins"},
		"label":                         {map[string]any{"label": ""}, "label", "takes no ConnectedApp without label"},
		"contact":                       {map[string]any{"contact_email": "nobody"}, "contact_email", "e-mail address"},
		"new part without its elements": {map[string]any{"saml": map[string]any{"issuer": "https://example.com"}}, "acs_url", "takes no samlConfig without acsUrl"},
		"new part without anything":     {map[string]any{"session_policy": map[string]any{}}, "session_policy", "Nothing is written"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.config["name"] = exportApp
			i.refuses(t, i.config(c.config), c.attribute, c.says)
		})
	}
	t.Cleanup(func() {
		if n := o.appWrites(); n > 0 {
			t.Errorf("%d writes to the org", n)
		}
	})
}

// An element that the API version lacks is refused by name.
func TestConnectedAppOlderVersion(t *testing.T) {
	t.Parallel()
	config := attributes{}
	for _, m := range connectedAppOAuth.members {
		config[m.name()] = valueOf(t.Context(), m, nil)
	}
	config["is_dpop_enabled"] = types.BoolValue(false)
	for version, want := range map[int]int{67: 1, 68: 0} {
		var diags diag.Diagnostics
		connectedAppOAuth.check(version, config, attributes{}, path.Root("oauth"), &diags)
		if len(diags) != want {
			t.Errorf("at version %d: %v", version, diags)
		}
	}
}

// Every write that fails leaves a state from which the next apply converges.
func TestConnectedAppFaults(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	config := i.config(map[string]any{"name": exportApp, "description": "Exports"})
	refusal := sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "out of order"}
	wants := func(what string, diags []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity, says string) {
		t.Helper()
		if !slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool {
			return d.Severity == severity && strings.Contains(d.Summary, says) && strings.Contains(d.Detail, "out of order")
		}) {
			t.Errorf("%s: %v", what, diags)
		}
	}
	o.Fail(sfmock.Match{Contains: "<updateMetadata>"}, 1, refusal)
	wants("update", i.apply(t, config), tfprotov6.DiagnosticSeverityError, `Unable to update connected app "Nightly_Export"`)
	if changed := i.changedPaths(t, config); !slices.Equal(changed, []string{"description"}) {
		t.Errorf("after a failed update the plan changes %q", changed)
	}
	o.Fail(sfmock.Match{Contains: "<readMetadata>"}, 1, sfmock.Fault{After: 1, Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "out of order"})
	wants("read back", i.apply(t, config), tfprotov6.DiagnosticSeverityWarning, `Unable to read back connected app "Nightly_Export"`)
	failed(t, nil, i.read(t))
	if changed := i.changedPaths(t, config); changed != nil {
		t.Errorf("after the update the plan changes %q", changed)
	}
	o.Fail(sfmock.Match{Contains: "FROM SetupEntityAccess"}, 1, sfmock.Fault{Status: 400, Code: "INSUFFICIENT_ACCESS", Message: "out of order"})
	wants("read", i.read(t), tfprotov6.DiagnosticSeverityError, `Unable to read connected app "Nightly_Export"`)
	o.HideComponent(connectedAppKind, exportApp, true)
	if diags := i.read(t); !hasErrors(diags) || !strings.Contains(diags[0].Detail, "hidden") {
		t.Errorf("a hidden app: %v", diags)
	}
	o.HideComponent(connectedAppKind, exportApp, false)
	o.Fail(sfmock.Match{Contains: "<deleteMetadata>"}, 1, refusal)
	diags := i.apply(t, nil)
	wants("delete", diags, tfprotov6.DiagnosticSeverityError, `Unable to delete connected app "Nightly_Export"`)
	if diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(diags[0].Detail, "terraform state rm") {
		t.Errorf("destroying warns of nothing: %v", diags)
	}
	failed(t, nil, i.apply(t, nil))
	if err := o.withoutApp(exportApp)(nil); err != nil {
		t.Error(err)
	}
}

// An app without an id can't be tracked, but the message says how not to lose it.
func TestConnectedAppCreatedWithoutID(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.AllowConnectedAppCreation(true)
	i := o.speak(t).resource(connectedAppType)
	o.Fail(sfmock.Match{Contains: "<listMetadata>"}, 1, sfmock.Fault{After: 1, Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "out of order"})
	diags := i.apply(t, i.config(map[string]any{"name": "Ledger", "label": "Ledger", "contact_email": "ledger@example.com"}))
	if !hasErrors(diags) || !strings.Contains(diags[0].Detail, "terraform untaint") || i.state["name"].IsNull() {
		t.Errorf("%v, with the state %v", diags, i.state)
	}
	failed(t, nil, i.read(t))
	if i.state["id"].IsNull() {
		t.Error("a later refresh does not find the id")
	}
}

// What is not known yet is left to the apply.
func TestConnectedAppUnknown(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	i := o.manage(t)
	oauth := i.kind().AttributeTypes["oauth"].(tftypes.Object)
	config := i.config(map[string]any{"name": exportApp, "oauth": map[string]any{"certificate": tftypes.UnknownValue, "is_admin_approved": true}, "permission_sets": tftypes.UnknownValue})
	if changed := i.changedPaths(t, config); !slices.Equal(changed, []string{"oauth.certificate", "permission_sets"}) {
		t.Errorf("the plan changes %q", changed)
	}
	config["oauth"] = tftypes.NewValue(oauth, tftypes.UnknownValue)
	config["permission_sets"] = setValue("Export")
	planned, diags := i.plan(t, config)
	failed(t, nil, diags)
	if object(t, planned.PlannedState, i.kind())["oauth"].IsKnown() {
		t.Error("the plan claims to know what the configuration doesn't")
	}
}

// An app that got another name in Setup is found by its id.
func TestConnectedAppRenamed(t *testing.T) {
	t.Parallel()
	i := newOrg(t).manage(t)
	i.state["name"] = textValue("Old_Name")
	failed(t, nil, i.read(t))
	if got := i.state["name"]; !got.Equal(textValue(exportApp)) {
		t.Errorf("the name is %s", got)
	}
}
