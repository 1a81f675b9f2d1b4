package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// converted is what a folder becomes, and what is noted.
func converted(t *testing.T, folder string) (configuration, notes string, err error) {
	t.Helper()
	var out, said strings.Builder
	err = run(t.Context(), []string{folder}, &out, &said)
	if err != nil && out.Len() > 0 {
		t.Errorf("it fails, and yet writes\n%s", out.String())
	}
	return out.String(), said.String(), err
}

// folderOf holds files of components: a name, and what is in the root element.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func xmlOf(root, content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><` + root + ` xmlns="http://soap.sforce.com/2006/04/metadata">` + content + `</` + root + `>`
}

const sample = "testdata/force-app"

func TestSample(t *testing.T) {
	t.Parallel()
	got, notes, err := converted(t, sample)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/imported.tf")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the configuration is not that of testdata/imported.tf:\n%s", got)
	}
	for _, file := range []string{"classes/BillingJob.cls-meta.xml", "objects/Shipment__c/Shipment__c.object-meta.xml", "objects/Shipment__c/fields/Carrier__c.field-meta.xml"} {
		if !strings.Contains(notes, file+": files of this kind are not converted\n") {
			t.Errorf("%s is not noted in\n%s", file, notes)
		}
	}
	if lines := slices.Collect(strings.Lines(notes)); len(lines) != 3 || !slices.IsSorted(lines) {
		t.Errorf("%d notes:\n%s", len(lines), notes)
	}
}

// What a file refers to need not be in the folder, and the order of its entries is no order.
func TestConverted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		want  string
		note  string
	}{
		"things that are elsewhere": {
			map[string]string{"permissionsets/Ship.permissionset-meta.xml": xmlOf("PermissionSet", `<fieldPermissions><editable>false</editable><field>ns__Freight__c.ns__Cost__c</field><readable>true</readable></fieldPermissions>`+
				`<label>Ship</label><license>Some Licence</license><objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead>`+
				`<modifyAllRecords>false</modifyAllRecords><object>ns__Freight__c</object><viewAllRecords>false</viewAllRecords></objectPermissions><userPermissions><enabled>true</enabled><name>NeverHeardOf</name></userPermissions>`)},
			`resource "salesforce_permission_set" "ship" {
  name  = "Ship"
  label = "Ship"
  field_permissions = {
    "ns__Freight__c.ns__Cost__c" = "read"
  }
  license = "Some Licence"
  object_permissions = {
    ns__Freight__c = ["read"]
  }
  user_permissions = ["NeverHeardOf"]
}
`, "",
		},
		"a standard profile owns what its file says": {
			map[string]string{"profiles/Admin.profile": xmlOf("Profile", `<custom>false</custom><classAccesses><apexClass>Elsewhere</apexClass><enabled>true</enabled></classAccesses><userLicense>Salesforce</userLicense>`)},
			`resource "salesforce_profile" "admin" {
  name         = "System Administrator"
  user_license = "Salesforce"
  apex_classes = ["Elsewhere"]
}
`, "",
		},
		"texts that mean something in Terraform": {
			map[string]string{"permissionsets/A.permissionset-meta.xml": xmlOf("PermissionSet", "<description>${a} \"b\"\n%{c}</description><label>A</label>")},
			`  description = "$${a} \"b\"\n%%{c}"` + "\n", "",
		},
		"names that come to the same": {
			map[string]string{
				"permissionsets/BillingSync.permissionset-meta.xml":  xmlOf("PermissionSet", "<label>One</label>"),
				"permissionsets/Billing_Sync.permissionset-meta.xml": xmlOf("PermissionSet", "<label>Two</label>"),
			},
			`resource "salesforce_permission_set" "billing_sync_2" {` + "\n" + `  name  = "Billing_Sync"`, "",
		},
		"the policy of a profile in the folder": {
			map[string]string{
				"profiles/Night Shift.profile-meta.xml": xmlOf("Profile", `<custom>true</custom><userLicense>Salesforce</userLicense>`),
				"profileSessionSettings/Night Shift_profileSessionSetting1.profileSessionSetting-meta.xml": xmlOf("ProfileSessionSetting",
					`<externalCommunityUserIdentityVerif>false</externalCommunityUserIdentityVerif><forceLogout>true</forceLogout><profile>Night Shift</profile><sessionPersistence>false</sessionPersistence><sessionTimeout>30</sessionTimeout><sessionTimeoutWarning>false</sessionTimeoutWarning>`),
			},
			`resource "salesforce_profile_session_setting" "night_shift" {` + "\n" + `  profile                                = salesforce_profile.night_shift.name`, "",
		},
		"the policy of a profile that is elsewhere": {
			map[string]string{"profilePasswordPolicies/PT1.profilePasswordPolicy-meta.xml": xmlOf("ProfilePasswordPolicy",
				`<lockoutInterval>15</lockoutInterval><maxLoginAttempts>5</maxLoginAttempts><minimumPasswordLength>8</minimumPasswordLength><passwordComplexity>1</passwordComplexity><passwordExpiration>90</passwordExpiration><passwordHistory>3</passwordHistory><passwordQuestion>1</passwordQuestion><profile>Elsewhere</profile>`)},
			`  profile                 = "Elsewhere"`, "",
		},
		"what came with a package": {
			map[string]string{
				"permissionsets/ns__Theirs.permissionset-meta.xml": xmlOf("PermissionSet", "<label>Theirs</label>"),
				"permissionsets/Ours.permissionset-meta.xml":       xmlOf("PermissionSet", "<label>Ours</label>"),
			},
			`"Ours"`, "permissionsets/ns__Theirs.permissionset-meta.xml: it came with a package",
		},
		"an element that is newer than the schema": {
			map[string]string{"settings/OauthOidc.settings-meta.xml": xmlOf("OauthOidcSettings", "<blockOAuthUnPwFlow>true</blockOAuthUnPwFlow><fromTheFuture>true</fromTheFuture>")},
			"  block_oauth_un_pw_flow = true\n", "settings/OauthOidc.settings-meta.xml: fromTheFuture is left out: OauthOidcSettings has no such element",
		},
		"a connected app, whose permission sets go by their labels": {
			map[string]string{
				"connectedApps/Old_App.connectedApp-meta.xml": xmlOf("ConnectedApp", `<contactEmail>a@example.com</contactEmail><label>Old App</label><oauthConfig><callbackUrl>https://example.com/a</callbackUrl>`+
					`<consumerKey>3MVG9</consumerKey><consumerSecret>hush</consumerSecret><isAdminApproved>true</isAdminApproved><scopes>Api</scopes></oauthConfig><permissionSetName>The Ships</permissionSetName><profileName>System Administrator</profileName>`),
				"permissionsets/Ship.permissionset-meta.xml": xmlOf("PermissionSet", "<label>The Ships</label>"),
			},
			`  oauth = {
    callback_urls     = ["https://example.com/a"]
    is_admin_approved = true
    scopes            = ["Api"]
  }
  permission_sets = [salesforce_permission_set.ship.name]
  profiles        = ["System Administrator"]
}
`, "",
		},
		"a profile of a licence that the mock org lacks": {
			map[string]string{"profiles/Read Only.profile": xmlOf("Profile", `<custom>false</custom><userLicense>Partner App Subscription</userLicense>`)},
			`  user_license = "Partner App Subscription"`, "",
		},
		"a profile without its licence": {
			map[string]string{
				"profiles/Half.profile":                      xmlOf("Profile", `<custom>true</custom>`),
				"permissionsets/Ship.permissionset-meta.xml": xmlOf("PermissionSet", "<label>Ship</label>"),
			},
			`"Ship"`, "profiles/Half.profile: it names no user licence",
		},
		"a secret": {
			map[string]string{"authproviders/Okta.authprovider-meta.xml": xmlOf("AuthProvider", "<consumerSecret>hush</consumerSecret><friendlyName>Okta</friendlyName><providerType>OpenIdConnect</providerType>")},
			`  content = {
    friendlyName = "Okta"
    providerType = "OpenIdConnect"
  }
`, "authproviders/Okta.authprovider-meta.xml: consumerSecret is a secret and left out",
		},
		"secrets of a named credential": {
			map[string]string{"namedCredentials/Bank.namedCredential-meta.xml": xmlOf("NamedCredential", "<awsAccessKey>hush</awsAccessKey><awsAccessSecret>hush</awsAccessSecret><label>Bank</label>"+
				"<oauthRefreshToken>hush</oauthRefreshToken><oauthToken>hush</oauthToken><password>hush</password><protocol>Password</protocol>")},
			`  content = {
    label    = "Bank"
    protocol = "Password"
  }
`, "Bank.namedCredential-meta.xml: awsAccessKey is a secret and left out",
		},
		"a secret of an app that is elsewhere, and whose name others have": {
			map[string]string{"permissionsets/Sync.permissionset-meta.xml": xmlOf("PermissionSet", "<label>Sync</label>"), "extlClntAppGlobalOauthSets/Sync_glbloauth.ecaGlblOauth-meta.xml": xmlOf("ExtlClntAppGlobalOauthSettings",
				"<callbackUrl>https://example.com</callbackUrl><consumerSecret>hush</consumerSecret><externalClientApplication>Sync</externalClientApplication><label>Sync</label>")},
			`    externalClientApplication = "Sync"`, "Sync_glbloauth.ecaGlblOauth-meta.xml: consumerSecret is a secret and left out",
		},
		"many entries, of which another resource has some": {
			map[string]string{"settings/Security.settings-meta.xml": xmlOf("SecuritySettings", "<enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser><networkAccess>"+
				strings.Repeat("<ipRanges><description>${a}</description><end>192.0.2.1</end><start>192.0.2.1</start></ipRanges>", 501)+"</networkAccess>")},
			`resource "salesforce_metadata" "security_settings_security" {
  type      = "SecuritySettings"
  full_name = "Security"
  source    = <<EOT
<?xml version="1.0" encoding="UTF-8"?>
<SecuritySettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser>
</SecuritySettings>
EOT
}
`, "",
		},
		"a standard profile that nobody knows": {
			map[string]string{"profiles/PlatformPortal.profile": xmlOf("Profile", "<custom>false</custom><userLicense>Salesforce</userLicense>")},
			`  name         = "PlatformPortal"`, "profiles/PlatformPortal.profile: Setup may show this standard profile by another name",
		},
		"settings that lie in one file": {
			map[string]string{"settings/Security.settings-meta.xml": xmlOf("SecuritySettings", "<networkAccess></networkAccess><singleSignOnSettings><enableSamlLogin>true</enableSamlLogin></singleSignOnSettings>")},
			`resource "salesforce_single_sign_on_settings" "org" {
  enable_saml_login = true
}

# From settings/Security.settings-meta.xml
import {
  to = salesforce_trusted_ip_ranges.org
  id = var.organization_id
}

resource "salesforce_trusted_ip_ranges" "org" {
  ip_ranges = {}
}
`, "",
		},
		"a name with two underscores that is no package's": {
			map[string]string{"remoteSiteSettings/a__b.remoteSite-meta.xml": xmlOf("RemoteSiteSetting", "<isActive>true</isActive><url>https://example.com</url>")},
			`id = "RemoteSiteSetting:a__b"`, "",
		},
		"a policy of a profile that is gone": {
			map[string]string{
				"profilePasswordPolicies/PT1.profilePasswordPolicy-meta.xml": xmlOf("ProfilePasswordPolicy", "<passwordHistory>3</passwordHistory>"),
				"permissionsets/Ship.permissionset-meta.xml":                 xmlOf("PermissionSet", "<label>Ship</label>"),
			},
			`"Ship"`, "profilePasswordPolicies/PT1.profilePasswordPolicy-meta.xml: it names no profile",
		},
		"a file with a line break in its name": {
			map[string]string{"permissionsets/Ship\r\n}.permissionset-meta.xml": xmlOf("PermissionSet", "<label>Ship</label>")},
			"# From permissionsets/Ship  }.permissionset-meta.xml\n", "",
		},
		"a profile of one word": {
			map[string]string{"profiles/Night.profile": xmlOf("Profile", "<custom>true</custom><userLicense>Salesforce</userLicense>")},
			`  name         = "Night"`, "",
		},
		"nothing but a name": {
			map[string]string{"remoteSiteSettings/Billing.remoteSite": xmlOf("RemoteSiteSetting", "<fullName>Billing</fullName>")},
			`  full_name = "Billing"
  content   = {}
`, "",
		},
		"a role below one that is elsewhere": {
			map[string]string{"roles/Clerk.role": xmlOf("Role", "<caseAccessLevel>Edit</caseAccessLevel><name>Clerk</name><opportunityAccessLevel>Edit</opportunityAccessLevel><parentRole>Elsewhere</parentRole>")},
			`resource "salesforce_user_role" "clerk" {
  name                                 = "Clerk"
  case_access_for_account_owner        = "Edit"
  developer_name                       = "Clerk"
  opportunity_access_for_account_owner = "Edit"
}
`, "",
		},
		"My Domain": {
			map[string]string{"settings/MyDomain.settings-meta.xml": xmlOf("MyDomainSettings", "<doesApiLoginRequireOrgDomain>true</doesApiLoginRequireOrgDomain>")},
			`resource "salesforce_my_domain_settings" "org" {
  does_api_login_require_org_domain = true
}
`, "",
		},
		"a muting set without its group": {
			map[string]string{"mutingpermissionsets/Quiet.mutingpermissionset-meta.xml": xmlOf("MutingPermissionSet", "<label>Quiet</label>")},
			`id = "MutingPermissionSet:Quiet"`, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, notes, err := converted(t, folderOf(t, test.files))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(got, "variable ") != strings.Contains(got, "= var.") {
				t.Errorf("a variable is declared and not used, or used and not declared:\n%s", got)
			}
			if !strings.Contains(got, test.want) || strings.Contains(got, "hush") {
				t.Errorf("no\n%s\nin\n%s", test.want, got)
			}
			if (notes == "") != (test.note == "") || !strings.Contains(notes, test.note) {
				t.Errorf("noted is %q, not %q", notes, test.note)
			}
		})
	}
}

// What came with a package is its maker's, in the types whose names have the package's namespace in front.
func TestPackaged(t *testing.T) {
	t.Parallel()
	for file, root := range map[string]string{
		"connectedApps/ns__Theirs.connectedApp":             "ConnectedApp",
		"customPermissions/ns__Theirs.customPermission":     "CustomPermission",
		"externalClientApps/ns__Theirs.eca":                 "ExternalClientApplication",
		"permissionsets/ns__Theirs.permissionset":           "PermissionSet",
		"permissionsetgroups/ns__Theirs.permissionsetgroup": "PermissionSetGroup",
	} {
		_, notes, err := converted(t, folderOf(t, map[string]string{file: xmlOf(root, "<label>Theirs</label>")}))
		if err == nil || !strings.Contains(err.Error(), "nothing that can be converted") || !strings.Contains(notes, file+": it came with a package") {
			t.Errorf("%s: %v, noted is %q", file, err, notes)
		}
	}
}

// What has resources of its own for everything that it says is not metadata besides.
func TestNothingBesides(t *testing.T) {
	t.Parallel()
	got, _, err := converted(t, folderOf(t, map[string]string{
		"settings/Security.settings": xmlOf("SecuritySettings", "<fullName>Security</fullName><singleSignOnSettings><enableSamlLogin>true</enableSamlLogin></singleSignOnSettings>"),
	}))
	if err != nil || strings.Contains(got, metadataResource) || !strings.Contains(got, "salesforce_single_sign_on_settings") {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	var out, said strings.Builder
	if err := run(t.Context(), []string{"-help"}, &out, &said); !errors.Is(err, flag.ErrHelp) || said.String() != usage || out.Len() > 0 {
		t.Errorf("asked for help it says %v, %q and %q", err, said.String(), out.String())
	}
	said.Reset()
	if err := run(t.Context(), []string{"-force", sample}, &out, &said); err == nil || !strings.Contains(said.String(), "not defined: -force") || out.Len() > 0 {
		t.Errorf("of an unknown flag it says %v and %q", err, said.String())
	}
	if err := run(t.Context(), []string{sample, sample}, &out, &said); err == nil || !strings.Contains(err.Error(), "usage: ") || out.Len() > 0 {
		t.Errorf("of two folders it says %v", err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	const file = "permissionsets/Ship.permissionset-meta.xml"
	for name, test := range map[string]struct{ file, content, want string }{
		"no XML":             {file, "<PermissionSet>", file + ": "},
		"another type":       {file, xmlOf("Profile", ""), file + ": its name says PermissionSet, but its root element Profile"},
		"no switch":          {file, xmlOf("PermissionSet", "<hasActivationRequired>perhaps</hasActivationRequired><label>Ship</label>"), file + ": hasActivationRequired: "},
		"nothing to convert": {"README.md", "# Read me", "nothing that can be converted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := converted(t, folderOf(t, map[string]string{test.file: test.content})); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, not %q", err, test.want)
			}
		})
	}
	if _, _, err := converted(t, "nowhere"); err == nil || !strings.Contains(err.Error(), "nowhere is no folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
	var said strings.Builder
	if err := run(t.Context(), nil, &said, &said); err == nil || !strings.Contains(err.Error(), "usage: ") {
		t.Errorf("no folder: %v", err)
	}
}

// A link to a file is one; a link to a folder may lead anywhere.
func TestLinks(t *testing.T) {
	t.Parallel()
	folder := folderOf(t, map[string]string{"elsewhere.txt": xmlOf("PermissionSet", "<label>Ship</label>")})
	for name, to := range map[string]string{"Ship.permissionset": "elsewhere.txt", "loop": "."} {
		if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
			t.Skip(err)
		}
	}
	got, notes, err := converted(t, folder)
	if err != nil || !strings.Contains(got, `label = "Ship"`) || !strings.Contains(notes, "loop: files of this kind are not converted") {
		t.Errorf("%v, noted is %q\n%s", err, notes, got)
	}
}

// A text in lines is read as it was, whatever is in it.
func TestLines(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\n", "  a\n\n b\n", "EOT\n", " EOT\nEOT1\n", "${a} $${b} %{c} %%{d} $$$ \\n \"\n", "\ta\u2028\n", "\n"} {
		file, diags := hclsyntax.ParseConfig(append(append([]byte("a = "), linesOf(text).Bytes()...), '\n'), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Errorf("%q: %v", text, diags)
			continue
		}
		attributes, _ := file.Body.JustAttributes()
		if got, diags := attributes["a"].Expr.Value(nil); diags.HasErrors() || got.AsString() != text {
			t.Errorf("%q becomes %#v (%v)", text, got, diags)
		}
	}
}

// Names of other components are written in whatever case.
func TestPartOfApp(t *testing.T) {
	t.Parallel()
	got, _, err := converted(t, folderOf(t, map[string]string{
		"externalClientApps/Sync.eca-meta.xml": xmlOf("ExternalClientApplication", "<contactEmail>a@example.com</contactEmail><distributionState>Local</distributionState><label>Sync</label>"),
		"extlClntAppGlobalOauthSets/Sync_glbloauth.ecaGlblOauth-meta.xml": xmlOf("ExtlClntAppGlobalOauthSettings",
			"<callbackUrl>https://example.com</callbackUrl><externalClientApplication>sync</externalClientApplication><label>Sync</label>"),
	}))
	if err != nil || strings.Contains(got, metadataResource) || !strings.Contains(got, `"salesforce_external_client_app" "sync"`) {
		t.Errorf("%v\n%s", err, got)
	}
}

// A key is one, whatever it would mean elsewhere.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"for", "null", "in", "a b", "a.b", "1", "${a}"} {
		object := hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{entry(key, hclwrite.TokensForValue(cty.True))})
		expression, diags := hclsyntax.ParseExpression(object.Bytes(), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Errorf("%s: %v", key, diags)
			continue
		}
		if got, diags := expression.Value(nil); diags.HasErrors() || !got.Type().HasAttribute(key) {
			t.Errorf("%s becomes %#v (%v)", key, got, diags)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	var things []*thing
	for _, label := range []string{"A", "a", "A_2", "日本", "A", "?"} {
		things = append(things, &thing{resource: "x", label: label})
	}
	name(things)
	var names []string
	for _, t := range things {
		names = append(names, t.name)
	}
	if got := strings.Join(names, " "); got != "a a_2 a_2_2 _ a_3 __2" {
		t.Error(got)
	}
}

func TestIdentifier(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"Billing_Sync": "billing_sync", "BillingSync": "billing_sync", "Billing Robots: EU": "billing_robots_eu", "24x7": "_24x7", "Order2Cash": "order2_cash", "Ärger": "rger", "???": "_",
		"RemoteSiteSetting_Billing_API": "remote_site_setting_billing_api",
	} {
		if got := identifier(label); got != want {
			t.Errorf("%s: %s, not %s", label, got, want)
		}
	}
}
