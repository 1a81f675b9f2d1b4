package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestListUsers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	integration := o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	idle := person("idle@example.com", o.profile(t, "Standard User"))
	idle["IsActive"] = false
	o.insert(t, "User", idle)
	p := o.speak(t)
	for name, c := range map[string]struct {
		typeName string
		config   map[string]tftypes.Value
		has, not string
	}{
		"all":               {"salesforce_user", map[string]tftypes.Value{}, "idle@example.com", ""},
		"active":            {"salesforce_user", map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, true)}, integrationName, "idle@example.com"},
		"inactive":          {"salesforce_user", map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, false)}, "idle@example.com", integrationName},
		"of a profile":      {"salesforce_user", map[string]tftypes.Value{"profile": textValue("Standard User")}, "idle@example.com", integrationName},
		"integration users": {"salesforce_integration_user", map[string]tftypes.Value{}, integrationName, o.AdministratorUsername()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			results, diags := p.list(t, c.typeName, c.config, false, 1000)
			failed(t, nil, diags)
			found := names(results)
			if !slices.Contains(found, c.has) || slices.Contains(found, c.not) || !slices.IsSorted(found) {
				t.Errorf("listed are %v", found)
			}
		})
	}
	results, diags := p.list(t, "salesforce_integration_user", map[string]tftypes.Value{}, true, 1000)
	failed(t, nil, diags)
	if len(results) != 1 || !results[0].identity["id"].Equal(textValue(integration)) || !results[0].resource["profile"].Equal(textValue(apiOnlyProfiles[0])) {
		t.Errorf("the integration user is listed as %v", results)
	}
}

func TestEveryResourceCanBeListed(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for typeName := range p.schemas {
		if _, listed := p.all.ListResourceSchemas[typeName]; !listed {
			t.Errorf("%s can't be listed", typeName)
		}
	}
}

// Things are listed in the order of names, and what is told of a thing is what an import tells.
func TestListEverything(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	p := o.speak(t)
	for _, typeName := range slices.Sorted(maps.Keys(p.all.ListResourceSchemas)) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			results, diags := p.list(t, typeName, wholeList(typeName), true, 1000)
			failed(t, nil, diags)
			byName := func(a, b listedResult) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) }
			if len(results) == 0 || !slices.IsSortedFunc(results, byName) {
				t.Errorf("listed are %v", names(results))
			}
			for _, result := range results {
				if imported := p.imported(t, typeName, result.id(t)); !maps.EqualFunc(result.resource, imported, tftypes.Value.Equal) {
					t.Errorf("%s is listed as %v, and imported as %v", result.name, result.resource, imported)
				}
			}
			if first, _ := p.list(t, typeName, wholeList(typeName), false, 1); !slices.Equal(names(first), names(results)[:1]) {
				t.Errorf("with a limit of 1, listed are %v", names(first))
			}
		})
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	o.insert(t, "PermissionSet", map[string]any{"Name": "Books", "Label": "Books", "NamespacePrefix": "ledger"})
	o.insert(t, "PermissionSet", map[string]any{"Name": "Standard", "Label": "Standard", "IsCustom": false})
	o.insert(t, permissionSetGroupKind, map[string]any{"DeveloperName": "Clerks", "MasterLabel": "Clerks", "NamespacePrefix": "ledger"})
	o.insert(t, customPermissionKind, map[string]any{"DeveloperName": "Post", "MasterLabel": "Post", "NamespacePrefix": "ledger"})
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": o.id(t, "User", "Username", integrationName), "PermissionSetId": o.id(t, permissionSetKind, "Name", "Books")})
	o.insert(t, "UserRole", map[string]any{"Name": "Partner", "PortalType": "Partner", "OpportunityAccessForAccountOwner": "Edit"})
	o.AllowConnectedAppCreation(true)
	if err := o.SetComponent(connectedAppKind, "ledger__Sync", map[string]any{"label": "Sync", "contactEmail": "ledger@example.com"}); err != nil {
		t.Fatal(err)
	}
	p := o.speak(t)
	for name, c := range map[string]struct {
		typeName string
		config   map[string]string
		want     []string
	}{
		"sets of no package":           {"salesforce_permission_set", nil, []string{"Billing", "Orders"}},
		"sets of a package":            {"salesforce_permission_set", map[string]string{"namespace_prefix": "ledger"}, []string{"ledger__Books"}},
		"groups of no package":         {"salesforce_permission_set_group", nil, []string{"Empty_Desk", "Order_Desk"}},
		"groups of a package":          {"salesforce_permission_set_group", map[string]string{"namespace_prefix": "ledger"}, []string{"ledger__Clerks"}},
		"custom ones of no package":    {"salesforce_custom_permission", nil, []string{"Bypass_Validation", "Correct_Invoices"}},
		"custom ones of a package":     {"salesforce_custom_permission", map[string]string{"namespace_prefix": "ledger"}, []string{"ledger__Post"}},
		"assignments of a user":        {"salesforce_permission_set_assignment", map[string]string{"username": "SAM.seller@example.com"}, []string{"Billing (sam.seller@example.com)", "Empty_Desk (sam.seller@example.com)", "Orders (sam.seller@example.com)"}},
		"assignments of a set":         {"salesforce_permission_set_assignment", map[string]string{"permission_set": "billing"}, []string{"Billing (sam.seller@example.com)"}},
		"assignments of a package's":   {"salesforce_permission_set_assignment", map[string]string{"permission_set": "ledger__Books"}, []string{"ledger__Books (" + integrationName + ")"}},
		"assignments of a group":       {"salesforce_permission_set_assignment", map[string]string{"permission_set_group": "Empty_Desk"}, []string{"Empty_Desk (sam.seller@example.com)"}},
		"of a user and a set":          {"salesforce_permission_set_assignment", map[string]string{"permission_set": "Billing", "username": integrationName}, nil},
		"licence assignments of one":   {"salesforce_permission_set_license_assignment", map[string]string{"permission_set_license": integrationLicense}, []string{integrationLicense + " (" + integrationName + ")"}},
		"licence assignments of none":  {"salesforce_permission_set_license_assignment", map[string]string{"username": "sam.seller@example.com"}, nil},
		"profiles of a licence":        {"salesforce_profile", map[string]string{"user_license": integrationSeat}, []string{apiOnlyProfiles[0]}},
		"roles that no portal is for":  {"salesforce_user_role", nil, []string{"CEO", "Seller", "VP Sales"}},
		"apps of no package":           {connectedAppType, nil, []string{exportApp, "Warehouse_Sync"}},
		"profiles with a policy":       {"salesforce_profile_session_setting", nil, []string{profileName, "Standard User"}},
		"profiles with another policy": {"salesforce_profile_password_policy", nil, []string{"Standard User"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := map[string]tftypes.Value{}
			for filter, text := range c.config {
				config[filter] = textValue(text)
			}
			results, diags := p.list(t, c.typeName, config, false, 1000)
			failed(t, nil, diags)
			if found := names(results); !slices.Equal(found, c.want) {
				t.Errorf("listed are %v", found)
			}
		})
	}
}

func TestListErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for _, refusal := range []string{"FROM User", "FROM PermissionSet WHERE", "FROM Profile"} {
		o.Fail(sfmock.Match{Contains: refusal}, 100, sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights"})
	}
	o.Fail(sfmock.Match{Contains: "<listMetadata>"}, 100, sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights"})
	p := o.speak(t)
	for name, c := range map[string]struct {
		typeName string
		config   map[string]tftypes.Value
		messages []string
	}{
		"users":            {"salesforce_user", nil, []string{"Unable to list users", "INSUFFICIENT_ACCESS"}},
		"sets":             {"salesforce_permission_set", nil, []string{"Unable to list permission sets", "INSUFFICIENT_ACCESS"}},
		"profiles":         {"salesforce_profile", nil, []string{"Unable to list profiles", "INSUFFICIENT_ACCESS"}},
		"apps":             {"salesforce_connected_app", nil, []string{"Unable to list connected apps", "INSUFFICIENT_ACCESS"}},
		"policies":         {"salesforce_profile_session_setting", nil, []string{"Unable to list profile session settings", "INSUFFICIENT_ACCESS"}},
		"unknown group":    {"salesforce_permission_set_assignment", map[string]tftypes.Value{"permission_set_group": textValue("Nobody")}, []string{"Unable to list permission set assignments", "Nobody"}},
		"set and group":    {"salesforce_permission_set_assignment", map[string]tftypes.Value{"permission_set": textValue("A"), "permission_set_group": textValue("B")}, []string{"permission_set_group"}},
		"username's form":  {"salesforce_permission_set_license_assignment", map[string]tftypes.Value{"username": textValue("nobody")}, []string{"must have the form of an e-mail address"}},
		"empty namespaces": {"salesforce_permission_set", map[string]tftypes.Value{"namespace_prefix": textValue("")}, []string{"at least 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := maps.Clone(c.config)
			if config == nil {
				config = map[string]tftypes.Value{}
			}
			results, diags := p.list(t, c.typeName, config, false, 10)
			if results != nil {
				t.Errorf("listed are %v", names(results))
			}
			refused(t, diags, c.messages...)
		})
	}
}

// The same with Terraform itself, as far as it can query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	p := o.speak(t)
	var config strings.Builder
	var checks []querycheck.QueryResultCheck
	for _, typeName := range slices.Sorted(maps.Keys(p.all.ListResourceSchemas)) {
		fmt.Fprintf(&config, "list %q \"all\" {\n  provider = salesforce\n  include_resource = true\n", typeName)
		for name, filter := range wholeList(typeName) {
			fmt.Fprintf(&config, "  config {\n    %s = %q\n  }\n", name, as[string](t, filter))
		}
		config.WriteString("}\n")
		results, diags := p.list(t, typeName, wholeList(typeName), false, 1000)
		failed(t, nil, diags)
		for _, result := range results {
			identity := map[string]knownvalue.Check{}
			for name, v := range result.identity {
				identity[name] = knownvalue.StringExact(as[string](t, v))
			}
			checks = append(checks, querycheck.ExpectIdentity(typeName+".all", identity))
		}
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		ProtoV6ProviderFactories: factories,
		Steps:                    []resource.TestStep{{Query: true, Config: o.provider + config.String(), QueryResultChecks: checks}},
	})
}
