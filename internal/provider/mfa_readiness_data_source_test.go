package provider

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// asGo is a value as Go has it: text, maps and lists; null is nil.
func asGo(t *testing.T, v tftypes.Value) any {
	t.Helper()
	var result any
	var err error
	switch {
	case v.IsNull():
		return nil
	case v.Type().Is(tftypes.Map{}) || v.Type().Is(tftypes.Object{}):
		members, named := map[string]tftypes.Value{}, map[string]any{}
		err = v.As(&members)
		for name, member := range members {
			named[name] = asGo(t, member)
		}
		result = named
	case v.Type().Is(tftypes.List{}):
		var elements []tftypes.Value
		listed := []any{}
		err = v.As(&elements)
		for _, element := range elements {
			listed = append(listed, asGo(t, element))
		}
		result = listed
	case v.Type().Is(tftypes.Number):
		result = v.String()
	case v.Type().Is(tftypes.Bool):
		var on bool
		err = v.As(&on)
		result = on
	default:
		var text string
		err = v.As(&text)
		result = text
	}
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// mfaReport is what the data source says.
type mfaReport struct {
	users   map[string]any // by username
	counts  map[string]any
	risks   any // nil, or a list
	missing []any
	diags   []*tfprotov6.Diagnostic
}

func (p *protocol) mfaReport(t *testing.T, arguments config) mfaReport {
	t.Helper()
	state, diags := p.readData(t, "salesforce_mfa_readiness", arguments)
	failed(t, nil, diags)
	report := mfaReport{risks: asGo(t, state["integrations_at_risk"]), diags: diags}
	report.users, _ = asGo(t, state["users"]).(map[string]any)
	report.counts, _ = asGo(t, state["counts"]).(map[string]any)
	report.missing, _ = asGo(t, state["missing_permissions"]).([]any)
	return report
}

// of is an attribute of a user.
func (r mfaReport) of(username, attribute string) any {
	user, _ := r.users[username].(map[string]any)
	return user[attribute]
}

// login notes a successful login of yesterday, but for what the columns say.
func (o *testOrg) login(t *testing.T, user, loginType string, columns map[string]any) {
	t.Helper()
	row := map[string]any{"UserId": user, "LoginType": loginType, "LoginTime": time.Now().Add(-24 * time.Hour), "Status": "Success"}
	maps.Copy(row, columns)
	o.insert(t, "LoginHistory", row)
}

// staff fills an org with somebody for each verdict, and an integration that uses a person's account.
func (o *testOrg) staff(t *testing.T) {
	t.Helper()
	o.seats(t, "Salesforce", -1)
	standard := o.profile(t, "Standard User")
	hire := func(username, name string) string {
		values := person(username, standard)
		values["LastName"] = name
		return o.insert(t, "User", values)
	}
	o.insert(t, "User", person("robot@example.com", o.profile(t, apiOnlyProfiles[0])))

	ready := hire("ready@example.com", "Ready")
	o.insert(t, "TwoFactorMethodsInfo", map[string]any{"UserId": ready, "HasTotp": true})
	o.login(t, ready, "Application", map[string]any{"Application": "Browser"})

	sso := hire("sso@example.com", "SSO")
	o.login(t, sso, "SAML Sfdc Initiated SSO", map[string]any{"AuthContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"})

	o.login(t, hire("erp@example.com", `Ltd. <b>"R&D"</b> \u003cx\`), "Other Apex API", map[string]any{"Application": "ERP <Sync>", "ApiType": "SOAP Partner"})
	o.login(t, hire("token@example.com", "Token"), "Remote Access 2.0", map[string]any{"Application": "Dashboards", "LoginSubType": "OauthRefreshToken"})

	boss := hire("boss@example.com", "Boss")
	o.insert(t, "TwoFactorMethodsInfo", map[string]any{"UserId": boss, "HasSalesforceAuthenticator": true, "HasTotp": true})
	o.login(t, boss, "Application", nil)
	apex := set("Developers", nil)
	apex["PermissionsAuthorApex"], apex["PermissionsViewSetup"] = true, true
	group := o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Team", "MasterLabel": "Team"})
	o.insert(t, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": group, "PermissionSetId": o.insert(t, "PermissionSet", apex)})
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": boss, "PermissionSetGroupId": group})
}

func TestMFAReadiness(t *testing.T) {
	t.Parallel()
	yesterday := func() any { return time.Now().Add(-24 * time.Hour).UTC().Format(time.DateOnly) }
	o, days := newOrg(t), []any{yesterday()}
	o.staff(t)
	days = append(days, yesterday()) // midnight may have come
	report := o.speak(t).mfaReport(t, config{})
	for username, want := range map[string]struct{ verdict, rule string }{
		"robot@example.com":       {"exempt_api_only", "api_only"},
		"ready@example.com":       {"ready", "standard_method"},
		"sso@example.com":         {"exempt_sso_mfa", "sso_mfa"},
		"erp@example.com":         {"impacted", "api_password"},
		"token@example.com":       {"ready", "machine_flows"},
		"boss@example.com":        {"impacted", "standard_method_of_privileged"},
		"carol.chief@example.com": {"unknown", "no_login"},
	} {
		if verdict, rule := report.of(username, "verdict"), report.of(username, "rule"); verdict != want.verdict || rule != want.rule {
			t.Errorf("%s is %v by %v: %v", username, verdict, rule, report.of(username, "reason"))
		}
	}
	if len(report.diags) > 0 || len(report.missing) > 0 {
		t.Errorf("the administrator misses %v: %v", report.missing, report.diags)
	}
	const path = "permission set group Team, permission set Developers"
	for _, check := range []struct {
		what      string
		got, want any
	}{
		{"privileged", report.of("boss@example.com", "privileged_by"), []any{"AuthorApex by " + path}},
		{"permissions", report.of("boss@example.com", "permissions"), map[string]any{"AuthorApex": path}},
		{"API-only", report.of("robot@example.com", "permissions"), map[string]any{"ApiUserOnly": "profile " + apiOnlyProfiles[0]}},
		{"methods", report.of("boss@example.com", "verification_methods"), []any{"SalesforceAuthenticator", "Totp"}},
		{"licence", report.of("boss@example.com", "user_license"), "Salesforce"},
		{"profile", report.of("boss@example.com", "profile"), "Standard User"},
	} {
		if !reflect.DeepEqual(check.got, check.want) {
			t.Errorf("%s: %v, not %v", check.what, check.got, check.want)
		}
	}
	login := report.of("sso@example.com", "logins").([]any)[0].(map[string]any)
	if login["kind"] != "single sign-on" || login["sso_assurance"] != "standard" || !slices.Contains(days, login["last_login"]) {
		t.Errorf("the login is %v", login)
	}
	var risks []string
	for _, risk := range report.risks.([]any) {
		r := risk.(map[string]any)
		risks = append(risks, r["urgency"].(string)+" "+r["username"].(string)+" "+r["application"].(string)+" "+r["rule"].(string))
	}
	if want := []string{"high erp@example.com ERP <Sync> soap_login", "medium token@example.com Dashboards person_authorises"}; !slices.Equal(risks, want) {
		t.Errorf("at risk are %q", risks)
	}
}

// A report without a permission has holes, and says so: nobody is ready by default.
func TestMFAReadinessWithoutPermissions(t *testing.T) {
	t.Parallel()
	all := map[string]string{"ViewSetup": "View Setup and Configuration", "MonitorLoginHistory": "Monitor Login History", "ManageTwoFactor": "Manage MFA in API"}
	for lacking, label := range all {
		t.Run(lacking, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.staff(t)
			values := set("Reporter", nil)
			for permission := range all {
				values["Permissions"+permission] = permission != lacking
			}
			values["PermissionsModifyMetadata"] = true
			o.insert(t, "PermissionSetLicenseAssign", map[string]any{"AssigneeId": o.id(t, "User", "Username", robotName), "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)})
			o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": o.id(t, "User", "Username", robotName), "PermissionSetId": o.insert(t, "PermissionSet", values)})
			p := o.speakBy(t, asRobot(t, o))
			if _, diags := p.readData(t, "salesforce_mfa_readiness", config{"profiles": tfNames("Standard User")}); lacking == "ViewSetup" {
				refused(t, diags, "can't see the profiles", "View Setup and Configuration")
			}
			report := p.mfaReport(t, config{})
			if !slices.Equal(report.missing, []any{label}) {
				t.Errorf("missing are %v", report.missing)
			}
			warned(t, report.diags, label)
			if n := report.counts["ready"]; n != "tftypes.Number<\"0\">" {
				t.Errorf("%v are ready: %v", n, report.users)
			}
			if reason, _ := report.of("ready@example.com", "reason").(string); report.of("ready@example.com", "verdict") != "unknown" || !strings.Contains(reason, label) {
				t.Errorf("ready@example.com: %v", reason)
			}
			if told := report.risks != nil; told != (lacking == "ManageTwoFactor") {
				t.Errorf("integrations at risk are %v", report.risks)
			}
		})
	}
}

// What Salesforce refuses all the same is missing too; what fails otherwise ends the report.
func TestMFAReadinessRefused(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.staff(t)
	methods := sfmock.Match{Contains: "FROM TwoFactorMethodsInfo"}
	o.Fail(methods, 1, sfmock.Fault{Status: http.StatusBadRequest, Code: "EXTERNAL_OBJECT_EXCEPTION", Message: "not from here"})
	o.insert(t, "VerificationHistory", map[string]any{"UserId": o.id(t, "User", "Username", "ready@example.com"), "VerificationTime": time.Now(), "VerificationMethod": "Totp"})
	report := o.speak(t).mfaReport(t, config{})
	warned(t, report.diags, "not from here", "EXTERNAL_OBJECT_EXCEPTION")
	if reason, _ := report.of("ready@example.com", "reason").(string); report.of("ready@example.com", "verdict") != "unknown" || !strings.Contains(reason, "Totp on ") {
		t.Errorf("ready@example.com: %v", reason)
	}
	o.Fail(sfmock.Match{Contains: "FROM LoginHistory"}, 20, sfmock.Fault{Status: http.StatusBadRequest, Code: "QUERY_TIMEOUT", Message: "too long"})
	_, diags := o.speak(t).readData(t, "salesforce_mfa_readiness", config{})
	refused(t, diags, "too long", "Unable to read who is ready for MFA")
}

func TestMFAReadinessFilters(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.staff(t)
	boss := o.id(t, "User", "Username", "boss@example.com")
	p := o.speak(t)
	for name, c := range map[string]struct {
		arguments config
		users     []string
		judged    string
	}{
		"by id":       {config{"user_ids": tfNames(boss[:15])}, []string{"boss@example.com"}, "1"},
		"by profile":  {config{"profiles": tfNames(apiOnlyProfiles[0])}, []string{"robot@example.com"}, "0"},
		"by licence":  {config{"user_licenses": tfNames(integrationSeat)}, []string{"robot@example.com"}, "0"},
		"by verdict":  {config{"verdicts": tfNames("impacted")}, []string{"boss@example.com", "erp@example.com"}, "2"},
		"by them all": {config{"user_ids": tfNames(boss), "profiles": tfNames("Standard User"), "user_licenses": tfNames("Salesforce"), "verdicts": tfNames("ready")}, nil, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := p.mfaReport(t, c.arguments)
			if got := slices.Sorted(maps.Keys(report.users)); !slices.Equal(got, c.users) {
				t.Errorf("users are %v", got)
			}
			if got := report.counts["impacted"]; got != `tftypes.Number<"`+c.judged+`">` {
				t.Errorf("%v are impacted", got)
			}
		})
	}
}

func TestMFAReadinessArguments(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for name, c := range map[string]struct {
		arguments config
		says      string
	}{
		"nobody by profile": {config{"profiles": tfNames("Nobody")}, "No active user is selected"},
		"nobody by licence": {config{"user_licenses": tfNames("Nothing")}, "Nothing"},
		"nobody by id":      {config{"user_ids": tfNames("005Hs0999999999")}, "No active user is selected"},
		"no id":             {config{"user_ids": tfNames("00e000000000001AAA")}, "starts with 005"},
		"no verdict":        {config{"verdicts": tfNames("fine")}, "value must be one of"},
		"no days":           {config{"history_days": tftypes.NewValue(tftypes.Number, 0)}, "between 1 and 180"},
		"too many days":     {config{"history_days": tftypes.NewValue(tftypes.Number, 181)}, "between 1 and 180"},
		"an empty filter":   {config{"profiles": tfNames()}, "at least 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := p.readData(t, "salesforce_mfa_readiness", c.arguments)
			refused(t, diags, c.says)
		})
	}
}

// Logins count that were let in, and that are not too old.
func TestMFAReadinessHistory(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	seller := o.id(t, "User", "Username", "sam.seller@example.com")
	o.login(t, seller, "SAML Sfdc Initiated SSO", map[string]any{"AuthMethodReference": "pwd", "LoginTime": time.Now().Add(-10 * 24 * time.Hour)})
	o.login(t, seller, "SAML Sfdc Initiated SSO", map[string]any{"AuthMethodReference": "mfa"})
	o.login(t, seller, "Other Apex API", map[string]any{"Status": "Invalid Password"})
	p := o.speak(t)
	for days, want := range map[int64]string{30: "sso_without_mfa", 5: "sso_mfa"} {
		report := p.mfaReport(t, config{"history_days": tftypes.NewValue(tftypes.Number, days)})
		if got := report.of("sam.seller@example.com", "rule"); got != want {
			t.Errorf("in %d days it is %v, not %s", days, got, want)
		}
	}
}

// The page of the example shows everything in the order of urgency, and names as text.
func TestAccMFAReport(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.staff(t)
	page := o.example(t, "mfa-report").run(t, "output", "-raw", "report")
	if err := inOrder(page, "<title>MFA readiness of Example Corporation</title>", "<b>2</b>impacted",
		"ERP &lt;Sync&gt;", "high", "as erp@example.com", "What to do:", "Dashboards", "medium",
		"<h2>Users who", "Boss", "privileged", "permission set group Team", `Ltd. &lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; &#92;u003cx&#92;`,
		"<h2>Users of whom", "Chief", "</html>"); err != nil {
		t.Error(err)
	}
}

// inOrder checks that a text has parts one after the other.
func inOrder(text string, parts ...string) error {
	for _, part := range parts {
		_, rest, found := strings.Cut(text, part)
		if !found {
			return fmt.Errorf("%q does not follow in:\n%s", part, text)
		}
		text = rest
	}
	return nil
}
