package provider

import (
	"fmt"
	"maps"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// dataSource is a configuration that reads one thing.
func dataSource(kind, arguments string) string {
	return fmt.Sprintf("data \"salesforce_%s\" \"it\" {\n  %s\n}\n", kind, arguments)
}

// reads checks that a data source, named in each of the given ways, tells all of what is wanted.
func (o *testOrg) reads(t *testing.T, kind string, wanted map[string]knownvalue.Check, named ...string) {
	t.Helper()
	for _, arguments := range named {
		t.Run(arguments, func(t *testing.T) {
			t.Parallel()
			var checks []statecheck.StateCheck
			for attribute, value := range wanted {
				checks = append(checks, statecheck.ExpectKnownValue("data.salesforce_"+kind+".it", tfjsonpath.New(attribute), value))
			}
			o.test(t, nothing, resource.TestStep{Config: dataSource(kind, arguments), ConfigStateChecks: checks})
		})
	}
}

func argument(name, value string) string { return fmt.Sprintf("%s = %q", name, value) }

func exactly(value string) knownvalue.Check { return knownvalue.StringExact(value) }

func TestAccOrganizationDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	org := o.Records("Organization")[0]
	o.update(t, org["Id"].(string), map[string]any{"IsSandbox": true, "TrialExpirationDate": time.Date(2040, 1, 31, 18, 0, 0, 0, time.UTC)})
	o.reads(t, "organization", map[string]knownvalue.Check{
		"id": exactly(org["Id"].(string)), "name": exactly("Example Corporation"), "organization_type": exactly("Enterprise Edition"),
		"instance_name": exactly(org["InstanceName"].(string)), "is_sandbox": knownvalue.Bool(true), "namespace_prefix": knownvalue.Null(),
		"time_zone_sid_key": exactly("America/Los_Angeles"), "default_locale_sid_key": exactly("en_US"), "language_locale_key": exactly("en_US"),
		"trial_expiration_date": exactly("2040-01-31T18:00:00Z"),
	}, "")
}

func TestAccUserDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	profile, boss := o.profile(t, "Standard User"), o.id(t, "User", "Username", o.AdministratorUsername())
	values := person("ada@example.com", profile)
	maps.Copy(values, map[string]any{
		"FirstName": "Ada", "LastName": "Lovelace", "CommunityNickname": "ada", "FederationIdentifier": "ada-1", "EmployeeNumber": "1", "Title": "Analyst",
		"Department": "Engines", "Division": "Analytical", "CompanyName": "Example", "ManagerId": boss, "UserRoleId": o.id(t, "UserRole", "DeveloperName", "CEO"),
		"UserPermissionsMarketingUser": true,
	})
	id := o.insert(t, "User", values)
	if err := o.Freeze("ada@example.com", true); err != nil {
		t.Fatal(err)
	}
	o.reads(t, "user", map[string]knownvalue.Check{
		"id": exactly(id), "username": exactly("ada@example.com"), "name": exactly("Ada Lovelace"), "email": exactly("ada@example.com"),
		"first_name": exactly("Ada"), "last_name": exactly("Lovelace"), "alias": exactly("person"), "community_nickname": exactly("ada"),
		"federation_identifier": exactly("ada-1"), "employee_number": exactly("1"), "title": exactly("Analyst"), "department": exactly("Engines"),
		"division": exactly("Analytical"), "company_name": exactly("Example"), "time_zone_sid_key": exactly("GMT"), "locale_sid_key": exactly("en_US"),
		"language_locale_key": exactly("en_US"), "email_encoding_key": exactly("UTF-8"), "profile_id": exactly(profile), "manager_id": exactly(boss),
		"user_role_id": exactly(values["UserRoleId"].(string)), "user_type": exactly("Standard"), "is_active": knownvalue.Bool(true), "is_frozen": knownvalue.Bool(true),
		"feature_licenses": knownvalue.SetExact([]knownvalue.Check{exactly("MarketingUser")}),
	}, argument("id", id), argument("id", id[:15]), argument("username", "ADA@example.com"))
}

func TestAccProfileDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id, licence := o.profile(t, apiOnlyProfiles[0]), o.id(t, "UserLicense", "Name", integrationSeat)
	o.reads(t, "profile", map[string]knownvalue.Check{
		"id": exactly(id), "name": exactly(apiOnlyProfiles[0]), "description": knownvalue.Null(), "user_license_id": exactly(licence), "user_license": exactly(integrationSeat),
		"user_type": exactly("Standard"), "api_enabled": knownvalue.Bool(true), "api_user_only": knownvalue.Bool(true),
	}, argument("id", id[:15]), argument("name", apiOnlyProfiles[0]))
}

func TestAccUserLicenseDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "User", person("ada@example.com", o.profile(t, apiOnlyProfiles[0])))
	o.reads(t, "user_license", map[string]knownvalue.Check{
		"id": exactly(o.id(t, "UserLicense", "Name", integrationSeat)), "name": exactly(integrationSeat), "license_definition_key": exactly("SALESFORCE_INTEGRATION_USER"),
		"master_label": exactly(integrationSeat), "status": exactly("Active"),
		"total_licenses": knownvalue.Int64Exact(5), "used_licenses": knownvalue.Int64Exact(1), "available": knownvalue.Int64Exact(4),
	}, argument("name", integrationSeat), argument("license_definition_key", "SALESFORCE_INTEGRATION_USER"))
}

func TestAccPermissionSetLicenseDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	if err := o.SetSeats(integrationLicense, -1); err != nil {
		t.Fatal(err)
	}
	id := o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)
	o.reads(t, "permission_set_license", map[string]knownvalue.Check{
		"id": exactly(id), "developer_name": exactly(integrationLicense), "master_label": exactly("Salesforce API Integration"), "status": exactly("Active"),
		"total_licenses": knownvalue.Int64Exact(-1), "used_licenses": knownvalue.Int64Exact(0), "available": knownvalue.Null(), "expiration_date": knownvalue.Null(),
	}, argument("id", id), argument("developer_name", integrationLicense))
}

func TestAccPermissionSetDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	licence := o.id(t, "UserLicense", "Name", "Salesforce")
	values := set("Billing", licence)
	values["Description"], values["HasActivationRequired"] = "Bills", true
	id := o.insert(t, "PermissionSet", values)
	o.reads(t, "permission_set", map[string]knownvalue.Check{
		"id": exactly(id), "name": exactly("Billing"), "label": exactly("Billing"), "description": exactly("Bills"), "namespace_prefix": knownvalue.Null(),
		"license_id": exactly(licence), "type": exactly(o.Record(id)["Type"].(string)), "is_custom": knownvalue.Bool(true), "has_activation_required": knownvalue.Bool(true),
	}, argument("id", id[:15]), argument("name", "billing"))
}

func TestAccPermissionSetDataSourceOfPackage(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	values := set("Sync", nil)
	values["NamespacePrefix"] = "acme"
	id := o.insert(t, "PermissionSet", values)
	o.reads(t, "permission_set", map[string]knownvalue.Check{
		"id": exactly(id), "name": exactly("acme__Sync"), "namespace_prefix": exactly("acme"), "license_id": knownvalue.Null(),
	}, argument("id", id), argument("name", "acme__Sync"))
}

func TestAccDataSourceErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, arguments, message string }{
		"unknown profile":                {"profile", argument("name", "Minimum Access - API Only"), `(?s)Unknown profile.*Did you\s+mean\s+"Minimum\s+Access\s+-\s+API\s+Only\s+Integrations"`},
		"unknown profile id":             {"profile", argument("id", "00e000000000001AAA"), `Unknown profile`},
		"unknown user":                   {"user", argument("username", "adminn@example.com"), `(?s)Unknown user.*Did you mean\s+"admin@example\.com"`},
		"unknown user id":                {"user", argument("id", "005000000000001AAA"), `Unknown user`},
		"unknown permission set":         {"permission_set", argument("name", "Biling"), `(?s)Unknown permission set.*Did you mean\s+"Billing"`},
		"unknown permission set id":      {"permission_set", argument("id", "0PS000000000001GAA"), `Unknown permission set`},
		"unknown user licence":           {"user_license", argument("name", "Salesforce Integrations"), `(?s)Unknown user licence.*Did you\s+mean\s+"Salesforce\s+Integration"`},
		"unknown permission set licence": {"permission_set_license", argument("developer_name", "IdentityConnects"), `(?s)Unknown permission set licence.*Did\s+you\s+mean\s+"IdentityConnect"`},
		"two names":                      {"profile", argument("name", "Read Only") + "\n" + argument("id", "00e000000000001AAA"), `Invalid Attribute Combination`},
		"no name":                        {"user", "", `(?s)one\)\s+of\s+\[id,username\]`},
		"wrong id":                       {"user", argument("id", "00e000000000001AAA"), `starts\s+with\s+005`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.insert(t, "PermissionSet", set("Billing", nil))
			o.test(t, nothing, resource.TestStep{Config: dataSource(c.kind, c.arguments), ExpectError: regexp.MustCompile(c.message)})
		})
	}
}
