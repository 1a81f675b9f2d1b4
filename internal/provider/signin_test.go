package provider

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// heredoc writes a PEM text as an argument.
func heredoc(name, text string) string {
	return fmt.Sprintf("  %s = <<-PEM\n%s\n  PEM\n", name, strings.TrimSpace(text))
}

// Each failed sign-in says, on the argument at fault where there is one, what to mend.
func TestAccSignInErrors(t *testing.T) {
	t.Parallel()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	otherKey, _, err := sfmock.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	jwt := func(o *testOrg, url, key, more string) string {
		return fmt.Sprintf("  login_url = %q\n  client_id = %q\n  username = %q\n", url, appConsumerKey, o.AdministratorUsername()) + heredoc("private_key", key) + more
	}
	for name, c := range map[string]struct {
		provider func(o *testOrg) string
		message  string
	}{
		"nothing given":            {func(*testOrg) string { return "" }, `(?s)Salesforce sign-in: client_id.*No way to sign\s+in.*SALESFORCE_CLIENT_ID`},
		"wrong key":                {func(o *testOrg) string { return jwt(o, o.url, otherKey, "") }, `(?s)invalid assertion.*certificate`},
		"certificate as key":       {func(o *testOrg) string { return jwt(o, o.url, keys[1], "") }, `(?s)private_key.*This is a certificate`},
		"no key at all":            {func(o *testOrg) string { return jwt(o, o.url, "secret", "") }, `(?s)private_key.*BEGIN\s+PRIVATE KEY`},
		"wrong audience":           {func(o *testOrg) string { return jwt(o, o.url, keys[0], `  audience = "https://example.com"`) }, `(?s)audience is invalid.*My\s+Domain`},
		"external app, login host": {func(o *testOrg) string { return jwt(o, o.loginURL, keys[0], "") }, `(?s)not installed in this org.*My Domain`},
		"unknown app": {func(o *testOrg) string {
			return strings.Replace(jwt(o, o.url, keys[0], ""), appConsumerKey, "3MVG9unknown", 1)
		}, `(?s)client identifier invalid.*30\s+minutes`},
		"user not approved": {func(o *testOrg) string {
			return strings.Replace(jwt(o, o.url, keys[0], ""), o.AdministratorUsername(), "sam.seller@example.com", 1)
		}, `(?s)not admin approved.*policies`},
		"frozen user": {func(o *testOrg) string {
			if err := o.Freeze(o.AdministratorUsername(), true); err != nil {
				return err.Error()
			}
			return jwt(o, o.url, keys[0], "")
		}, `(?s)authentication failure.*inactive or frozen`},
		"Lightning URL": {func(o *testOrg) string {
			return jwt(o, "https://example.lightning.force.com/lightning/page/home", keys[0], "")
		}, `(?s)login_url.*https://example\.my\.salesforce\.com`},
		"setup URL":            {func(o *testOrg) string { return jwt(o, "https://example.my.salesforce-setup.com", keys[0], "") }, `(?s)login_url.*https://example\.my\.salesforce\.com`},
		"http beyond loopback": {func(o *testOrg) string { return jwt(o, "http://example.my.salesforce.com", keys[0], "") }, `must start with\s+https`},
		"unknown API version":  {func(o *testOrg) string { return jwt(o, o.url, keys[0], `  api_version = "99.0"`) }, `(?s)api_version.*99\.0.*31\.0 to 68\.0`},
		"no My Domain":         {func(*testOrg) string { return "  client_id = \"3MVG9\"\n  client_secret = \"s\"" }, `(?s)login_url.*My\s+Domain`},
		"client credentials, login host": {func(o *testOrg) string {
			return fmt.Sprintf("  login_url = %q\n  client_id = %q\n  client_secret = \"test-consumer-secret\"", o.loginURL, appConsumerKey)
		}, `(?s)request not supported on this domain.*My\s+Domain`},
		"no run-as user": {func(o *testOrg) string {
			return fmt.Sprintf("  login_url = %q\n  client_id = %q\n  client_secret = \"test-consumer-secret\"", o.url, appConsumerKey)
		}, `(?s)no client credentials user\s+enabled.*run-as`},
		"wrong secret": {func(o *testOrg) string {
			return fmt.Sprintf("  login_url = %q\n  client_id = %q\n  client_secret = \"wrong\"", o.url, appConsumerKey)
		}, `(?s)invalid client credentials.*consumer secret`},
		"dead token": {func(o *testOrg) string {
			return fmt.Sprintf("  instance_url = %q\n  access_token = \"00D000000000001!dead\"", o.url)
		}, `(?s)Session expired or\s+invalid.*sf org auth`},
		"token without instance": {func(*testOrg) string { return `  access_token = "00D000000000001!dead"` }, `(?s)instance_url.*access token needs`},
		"two ways at once":       {func(o *testOrg) string { return jwt(o, o.url, keys[0], `  client_secret = "s"`) }, `(?s)client_secret.*both\s+given`},
		"key and key file":       {func(o *testOrg) string { return jwt(o, o.url, keys[0], `  private_key_file = "server.key"`) }, `both\s+given`},
		"missing key file": {func(o *testOrg) string {
			return fmt.Sprintf("  login_url = %q\n  client_id = \"x\"\n  username = \"a@example.com\"\n  private_key_file = \"missing.key\"", o.url)
		}, `(?s)private_key_file.*missing\.key.*absolute one,.*pathexpand\("~/`},
		"daily quota used up": {func(o *testOrg) string {
			o.SetDailyLimit(15000, 15000)
			return jwt(o, o.url, keys[0], "")
		}, `(?s)TotalRequests Limit exceeded.*15000/15000`},
		"dead server": {func(*testOrg) string {
			return "  instance_url = \"http://127.0.0.1:9\"\n  access_token = \"00D000000000001!dead\""
		}, `(?s)Unable to sign in to Salesforce.*connection refused`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{{
				Config:      "provider \"salesforce\" {\n" + c.provider(o) + "\n}\n" + integrationConfig(""),
				ExpectError: regexp.MustCompile(c.message),
			}}})
			if n := o.Calls()["token"]; n > 1 {
				t.Errorf("%d sign-ins were tried; failed ones count towards a lockout", n)
			}
		})
	}
}

// A value that only an apply will know is refused on its argument, not taken for empty.
func TestAccSignInUnknown(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{{
		Config: `
resource "terraform_data" "url" { input = "https://example.my.salesforce.com" }
provider "salesforce" {
  instance_url = terraform_data.url.output
  access_token = "x"
}
` + integrationConfig(""),
		ExpectError: regexp.MustCompile(`(?s)instance_url.*not known yet.*SALESFORCE_INSTANCE_URL`),
	}}})
}

// The three ways to sign in, end to end.
func TestAccSignIn(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]func(t *testing.T, o *testOrg) string{
		"JWT bearer": func(_ *testing.T, o *testOrg) string { return o.provider },
		"access token": func(t *testing.T, o *testOrg) string {
			t.Helper()
			token, err := o.Token(o.AdministratorUsername())
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("provider \"salesforce\" {\n  instance_url = %q\n  access_token = %q\n}\n", o.url, token)
		},
		"client credentials": func(t *testing.T, o *testOrg) string {
			t.Helper()
			const runAs = "terraform@example.com"
			o.insert(t, "User", person(runAs, o.profile(t, apiOnlyProfiles[0])))
			o.insert(t, "PermissionSetLicenseAssign", map[string]any{
				"AssigneeId": o.id(t, "User", "Username", runAs), "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense),
			})
			powers := map[string]any{"Name": "Terraform", "Label": "Terraform"}
			for _, p := range []string{"ManageInternalUsers", "ViewSetup", "ViewRoles", "ViewAllUsers", "AssignPermissionSets"} {
				powers["Permissions"+p] = true
			}
			o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": o.id(t, "User", "Username", runAs), "PermissionSetId": o.insert(t, "PermissionSet", powers)})
			o.AddApp(sfmock.App{Name: "CC", ConsumerKey: "3MVG9.cc", ConsumerSecret: "s", Scopes: []string{"api"}, ClientCredentials: true, RunAs: runAs, External: true})
			return fmt.Sprintf("provider \"salesforce\" {\n  login_url = %q\n  client_id = \"3MVG9.cc\"\n  client_secret = \"s\"\n}\n", o.url)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.provider = block(t, o)
			o.test(t, o.retiredBare, resource.TestStep{Config: integrationConfig("")})
		})
	}
}

// A block that signs in by itself is not disturbed by an environment that signs in as somebody else in another way.
func TestBlockOverrulesEnvironment(t *testing.T) { //nolint:paralleltest // the environment is every test's
	o := newOrg(t)
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range [][2]string{
		{"SALESFORCE_LOGIN_URL", o.url},
		{"SALESFORCE_CLIENT_ID", appConsumerKey},
		{"SALESFORCE_USERNAME", o.AdministratorUsername()},
		{"SALESFORCE_PRIVATE_KEY", keys[0]},
	} {
		t.Setenv(variable[0], variable[1])
	}
	o.speak(t)             // with an access token
	o.speakBy(t, config{}) // by the environment alone
}
