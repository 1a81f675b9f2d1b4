package provider

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const permissionSetAddress = "salesforce_permission_set.billing"

func permissionSetConfig(name, more string) string {
	return fmt.Sprintf(`
resource "salesforce_permission_set" "billing" {
  name  = %q
  label = "Billing Sync"
  %s
}
`, name, more)
}

// withoutSet checks that the org has no permission set of a name.
func (o *testOrg) withoutSet(name string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if found := o.Find(permissionSetKind, "Name", name); found != nil {
			return fmt.Errorf("the permission set %s is still there", name)
		}
		return nil
	}
}

// component is a permission set as an administrator sees it.
func (o *testOrg) component(name string) map[string]any {
	content, _ := o.Component(permissionSetKind, name)
	return content
}

// edit changes the permission set Billing_Sync as an administrator does in Setup.
func (o *testOrg) edit(t *testing.T, change func(content map[string]any)) {
	t.Helper()
	content := o.component("Billing_Sync")
	change(content)
	if err := o.SetComponent(permissionSetKind, "Billing_Sync", content); err != nil {
		t.Fatal(err)
	}
}

// entriesOf lists a section of a component as texts, in an order of their own.
func entriesOf(content map[string]any, element string) []string {
	list, _ := content[element].([]any)
	texts := make([]string, len(list))
	for i, entry := range list {
		texts[i] = fmt.Sprint(entry)
	}
	slices.Sort(texts)
	return texts
}

func TestAccPermissionSet(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	sameID := statecheck.CompareValue(compare.ValuesSame())
	const first = `
  description        = "Writes invoices"
  object_permissions = { Account = ["read", "edit"], Contact = ["read"], Order = [] }
  field_permissions  = { "Account.BillingCode__c" = "edit", "Contact.AccountId" = "read" }
  user_permissions   = ["ViewSetup", "ManagePackageLicenses"]
  apex_classes       = ["billingapi"]
  flows              = []
  timeouts           = { create = "5m" }
`
	o.test(
		t, o.withoutSet("Billing_Sync_2"),
		resource.TestStep{
			Config: permissionSetConfig("Billing_Sync", first),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(permissionSetAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(permissionSetAddress, tfjsonpath.New("id")),
					plancheck.ExpectKnownValue(permissionSetAddress, tfjsonpath.New("has_activation_required"), knownvalue.Bool(false)),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(permissionSetAddress, tfjsonpath.New("id"))},
			Check: func(s *terraform.State) error {
				record := o.Find(permissionSetKind, "Name", "Billing_Sync")
				if id := s.RootModule().Resources[permissionSetAddress].Primary.ID; record["Id"] != id || record["PermissionsManagePackageLicenses"] != true {
					return fmt.Errorf("the org has %v, with Manage Package Licenses %v; the state has %s", record["Id"], record["PermissionsManagePackageLicenses"], id)
				}
				content := o.component("Billing_Sync")
				for element, want := range map[string][]string{
					"objectPermissions": {
						"map[allowCreate:false allowDelete:false allowEdit:false allowRead:true modifyAllRecords:false object:Contact viewAllFields:false viewAllRecords:false]",
						"map[allowCreate:false allowDelete:false allowEdit:true allowRead:true modifyAllRecords:false object:Account viewAllFields:false viewAllRecords:false]",
					},
					"fieldPermissions": {"map[editable:false field:Contact.Account readable:true]", "map[editable:true field:Account.BillingCode__c readable:true]"},
					"classAccesses":    {"map[apexClass:BillingApi enabled:true]"},
				} {
					if got := entriesOf(content, element); !slices.Equal(got, want) {
						return fmt.Errorf("the org has the %s %v, not %v", element, got, want)
					}
				}
				return nil
			},
		},
		resource.TestStep{ // a new timeout asks nothing of Salesforce
			PreConfig: o.ResetRequests,
			Config:    permissionSetConfig("Billing_Sync", strings.Replace(first, "5m", "6m", 1)),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{changesOnly(permissionSetAddress, "timeouts")},
			},
			Check: func(*terraform.State) error {
				if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
					return fmt.Errorf("%d writes for a timeout", len(writes))
				}
				return nil
			},
		},
		resource.TestStep{ // renamed in place, the rest replaced
			Config: permissionSetConfig("Billing_Sync_2", `
  has_activation_required = true
  object_permissions      = { Account = ["read", "edit", "delete", "view_all_records", "modify_all_records", "create", "view_all_fields"] }
  field_permissions       = { "Account.Industry" = "read" }
  tabs                    = { "standard-Account" = "Available" }
`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(permissionSetAddress, plancheck.ResourceActionUpdate),
					changesOnly(permissionSetAddress, "name", "description", "has_activation_required", "object_permissions", "field_permissions", "tabs", "user_permissions", "apex_classes", "flows", "timeouts"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(permissionSetAddress, tfjsonpath.New("id"))},
			Check: func(*terraform.State) error {
				record := o.Find(permissionSetKind, "Name", "Billing_Sync_2")
				if record["HasActivationRequired"] != true || record["Description"] != nil || record["PermissionsViewSetup"] != false || record["PermissionsManagePackageLicenses"] != false {
					return fmt.Errorf("the org has activation %v, description %v, View Setup %v, Manage Package Licenses %v",
						record["HasActivationRequired"], record["Description"], record["PermissionsViewSetup"], record["PermissionsManagePackageLicenses"])
				}
				if n := len(o.component("Billing_Sync_2")["objectPermissions"].([]any)); n != 1 {
					return fmt.Errorf("the org has %d object permissions", n)
				}
				return nil
			},
		},
	)
}

// An imported set is the configured one, in whatever way its names are written.
func TestAccPermissionSetImport(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := permissionSetConfig("Billing_Sync", `
  license            = "SalesforceAPIIntegrationPsl"
  object_permissions = { Account = ["read"] }
  field_permissions  = { "Contact.Account" = "read" }
  apex_classes       = ["BillingApi"]
`)
	otherwise := strings.NewReplacer("Contact.Account", "Contact.AccountId", "BillingApi", "billingAPI").Replace(config)
	var id string
	verify := func(step resource.TestStep) resource.TestStep {
		step.ResourceName, step.ImportState = permissionSetAddress, true
		return step
	}
	o.test(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{Config: config, Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[permissionSetAddress].Primary.ID
			return nil
		}},
		verify(resource.TestStep{ImportStateVerify: true, ImportStateVerifyIgnore: []string{"license"}}),
		verify(resource.TestStep{ImportStateVerify: true, ImportStateVerifyIgnore: []string{"license"}, ImportStateId: "billing_sync"}),
		verify(resource.TestStep{ImportStateVerify: true, ImportStateVerifyIgnore: []string{"license"}, ImportStateIdFunc: func(*terraform.State) (string, error) { return id[:15], nil }}),
		verify(resource.TestStep{Config: otherwise, ImportStateKind: resource.ImportBlockWithID, ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(permissionSetAddress, plancheck.ResourceActionNoop),
		}}}),
		verify(resource.TestStep{ImportStateId: "Billing", ExpectError: regexp.MustCompile(`import id is an API name\s+or the id of a permission set`)}),
	)
}

// A set that came with a package can be imported and read.
func TestAccPermissionSetOfPackage(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.insert(t, permissionSetKind, map[string]any{"Name": "Reader", "Label": "Reader", "NamespacePrefix": "acme"})
	state := o.speak(t).importByIdentity(t, "salesforce_permission_set", id)
	var name string
	if err := state["name"].As(&name); err != nil || name != "acme__Reader" {
		t.Errorf("the name is %q (%v)", name, err)
	}
}

// sectionDrift is an entry of a section as the configuration has it, and one that somebody adds in Setup.
type sectionDrift struct{ ours, theirs string }

var sectionDrifts = map[string]sectionDrift{
	"user_permissions":               {"ViewSetup", "ApiEnabled"},
	"apex_classes":                   {"BillingApi", "OrderSync"},
	"apex_pages":                     {"InvoicePdf", "OrderPdf"},
	"custom_permissions":             {"Bypass_Validation", "Bypass_Approval"},
	"custom_metadata_types":          {"Tax_Rate__mdt", "Region__mdt"},
	"custom_settings":                {"Billing__c", "Orders__c"},
	"external_credential_principals": {"Bank-Reader", "Bank-Writer"},
	"external_data_sources":          {"Bank", "Warehouse"},
	"flows":                          {"Order_Approval", "Order_Entry"},
	"record_types":                   {"Account.Business", "Account.Private"},
	"applications":                   {"standard__Sales", "standard__Service"},
	"agents":                         {"Billing_Agent", "Order_Agent"},
	"service_presence_statuses":      {"Available", "Busy"},
	"email_routing_addresses":        {"Billing_Mail", "Order_Mail"},
	"gen_computing_summary_defs":     {"Billing_Summary", "Order_Summary"},
}

func TestPermissionSetDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "ApexPage", map[string]any{"Name": "OrderPdf", "MasterLabel": "Order PDF"})
	o.insert(t, "CustomPermission", map[string]any{"DeveloperName": "Bypass_Approval", "MasterLabel": "Bypass Approval"})
	o.insert(t, "FlowDefinition", map[string]any{"DeveloperName": "Order_Entry", "MasterLabel": "Order Entry"})

	const name = "Billing_Sync"
	var more strings.Builder
	more.WriteString(`
  description        = "Writes invoices"
  object_permissions = { Account = ["read", "edit"] }
  field_permissions  = { "Account.Industry" = "read", "Contact.AccountId" = "read" }
  tabs               = { "standard-Account" = "Available" }
`)
	var drifts []drift
	var all []string
	for _, l := range nameLists {
		d, known := sectionDrifts[l.attribute]
		if !known {
			t.Fatalf("nothing drifts on %s", l.attribute)
		}
		fmt.Fprintf(&more, "  %s = [%q]\n", l.attribute, d.ours)
		all = append(all, l.attribute)
		drifts = append(drifts, drift{
			l.attribute,
			func(t *testing.T) {
				t.Helper()
				o.edit(t, func(content map[string]any) {
					content[l.list.Element] = append(content[l.list.Element].([]any), map[string]any{l.list.Key: d.theirs, l.list.Switch: "true"})
				})
			},
			func() error {
				if got, want := entriesOf(o.component(name), l.list.Element), fmt.Sprint(map[string]any{l.list.Key: d.ours, l.list.Switch: "true"}); !slices.Equal(got, []string{want}) {
					return fmt.Errorf("the org has %v, not %v", got, want)
				}
				return nil
			},
		})
	}
	config := permissionSetConfig(name, more.String())
	entry := func(element string, key, value, member string, theirs, ours any) drift {
		attribute := map[string]string{"objectPermissions": "object_permissions", "fieldPermissions": "field_permissions", "tabSettings": "tabs"}[element]
		all = append(all, attribute)
		find := func(content map[string]any) map[string]any {
			for _, e := range content[element].([]any) {
				if e.(map[string]any)[key] == value {
					return e.(map[string]any)
				}
			}
			return nil
		}
		return drift{attribute, func(t *testing.T) {
			t.Helper()
			o.edit(t, func(content map[string]any) { find(content)[member] = theirs })
		}, func() error {
			if got := find(o.component(name))[member]; got != ours {
				return fmt.Errorf("%s of %s is %v", member, value, got)
			}
			return nil
		}}
	}
	scalar := func(attribute, element string, theirs, ours any) drift {
		return drift{attribute, func(t *testing.T) {
			t.Helper()
			o.edit(t, func(content map[string]any) { content[element] = theirs })
		}, func() error {
			if got := o.component(name)[element]; got != ours {
				return fmt.Errorf("%s is %v", element, got)
			}
			return nil
		}}
	}
	drifts = append(
		drifts,
		entry("objectPermissions", "object", "Account", "allowCreate", "true", "false"),
		entry("fieldPermissions", "field", "Contact.Account", "editable", "true", "false"),
		entry("tabSettings", "tab", "standard-Account", "visibility", "Visible", "Available"),
		scalar("label", "label", "Billing", "Billing Sync"),
		scalar("description", "description", nil, "Writes invoices"),
		scalar("has_activation_required", "hasActivationRequired", "true", "false"),
		drift{"name", func(t *testing.T) {
			t.Helper()
			o.update(t, o.id(t, permissionSetKind, "Name", name), map[string]any{"Name": "Renamed"})
		}, func() error {
			return o.withoutSet("Renamed")(nil)
		}},
	)
	steps := append([]resource.TestStep{{Config: config}}, driftSteps(t, permissionSetAddress, config, drifts)...)
	steps = append(steps, resource.TestStep{ // everything taken away at once
		PreConfig: func() {
			if err := o.SetComponent(permissionSetKind, name, map[string]any{"label": "Billing Sync", "description": "Writes invoices"}); err != nil {
				t.Error(err)
			}
		},
		Config: config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{changesOnly(permissionSetAddress, all...)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		Check: func(*terraform.State) error {
			for _, d := range drifts {
				if err := d.repaired(); err != nil {
					return fmt.Errorf("%s: %w", d.attribute, err)
				}
			}
			return nil
		},
	})
	o.play(t, o.withoutSet(name), steps...)
}

// What Salesforce hides does not show as a difference, and what the schema does not know of survives a write.
func TestPermissionSetReadGaps(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	more := `
  object_permissions = { Account = ["read", "view_all_fields"] }
  field_permissions  = { "Account.Industry" = "edit" }
  user_permissions   = ["ViewAllData", "ViewPlatformEvents", "ViewDataLeakageEvents", "ManagePackageLicenses"]
`
	o.play(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{
			Config:           permissionSetConfig("Billing_Sync", more),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			Config: permissionSetConfig("Billing_Sync", more+`  description = "Writes invoices"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(permissionSetAddress, "description")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				record := o.Find(permissionSetKind, "Name", "Billing_Sync")
				for _, permission := range []string{"ViewAllData", "ViewPlatformEvents", "ViewDataLeakageEvents", "ManagePackageLicenses"} {
					if record["Permissions"+permission] != true {
						return fmt.Errorf("%s is lost", permission)
					}
				}
				for _, row := range o.Records("FieldPermissions") {
					if row["ParentId"] == record["Id"] && row["PermissionsEdit"] == true {
						return nil
					}
				}
				return errors.New("the field permission is lost")
			},
		},
	)
}

func TestPermissionSetKeepsWhatItDoesNotModel(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	enrichment := map[string]any{"aiDescriptor": map[string]any{"enrichedDescription": "Lets a machine write invoices"}}
	o.play(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{Config: permissionSetConfig("Billing_Sync", "")},
		resource.TestStep{
			PreConfig: func() {
				o.edit(t, func(content map[string]any) { content["enrichments"] = enrichment })
			},
			Config: permissionSetConfig("Billing_Sync", `apex_classes = ["BillingApi"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(permissionSetAddress, "apex_classes")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if got := fmt.Sprint(o.component("Billing_Sync")["enrichments"]); got != fmt.Sprint(enrichment) {
					return fmt.Errorf("the org has the enrichments %s", got)
				}
				return nil
			},
		},
	)
}

func TestPermissionSetGone(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := permissionSetConfig("Billing_Sync", "")
	o.play(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() { o.remove(t, o.id(t, permissionSetKind, "Name", "Billing_Sync")) },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(permissionSetAddress, plancheck.ResourceActionCreate),
			}},
		},
	)
}

// Another license replaces the set under the same name; another name of the license doesn't.
func TestAccPermissionSetLicense(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	differentID := statecheck.CompareValue(compare.ValuesDiffer())
	o.test(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{
			Config:            permissionSetConfig("Billing_Sync", `license = "SalesforceAPIIntegrationPsl"`),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{differentID.AddStateValue(permissionSetAddress, tfjsonpath.New("id"))},
		},
		resource.TestStep{
			Config:           permissionSetConfig("Billing_Sync", `license = "Salesforce API Integration"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			Config: permissionSetConfig("Billing_Sync", `license = "Salesforce"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(permissionSetAddress, plancheck.ResourceActionDestroyBeforeCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{differentID.AddStateValue(permissionSetAddress, tfjsonpath.New("id"))},
		},
	)
}

// A new set takes the name that another one of the configuration gives up.
func TestAccPermissionSetTakesOverName(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	second := func(name string) string {
		return fmt.Sprintf(`
resource "salesforce_permission_set" "orders" {
  name       = %q
  label      = "Orders"
  depends_on = [salesforce_permission_set.billing]
}
`, name)
	}
	o.test(
		t, o.withoutSet("Orders"),
		resource.TestStep{Config: permissionSetConfig("Billing_Sync", "")},
		resource.TestStep{Config: permissionSetConfig("Billing_Old", "") + second("Billing_Sync")},
	)
}

func TestPermissionSetPlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.set(t, "Taken")
	typos := make([]string, 30)
	for i := range typos {
		typos[i] = fmt.Sprintf("%q = \"read\"", fmt.Sprintf("Account.Industry%02d", i))
	}
	for name, c := range map[string]struct{ config, message string }{
		"taken name":             {permissionSetConfig("taken", ""), `(?s)name is taken.*terraform import salesforce_permission_set\.<name> 0PS`},
		"name of a package":      {permissionSetConfig("acme__Billing", ""), `Only the package "acme"`},
		"no name":                {permissionSetConfig("Billing Sync", ""), `must start with a letter`},
		"unknown permission":     {permissionSetConfig("Billing", `user_permissions = ["ViewSetups"]`), `Did you mean\s+"ViewSetup"`},
		"missing dependency":     {permissionSetConfig("Billing", `user_permissions = ["ResetPasswords"]`), `(?s)ResetPasswords needs\s+ViewRoles.*Add to user_permissions: ViewRoles,\s+ViewSetup`},
		"unknown object":         {permissionSetConfig("Billing", `object_permissions = { Acount = ["read"] }`), `Did you mean\s+"Account"`},
		"unknown word":           {permissionSetConfig("Billing", `object_permissions = { Account = ["read", "write"] }`), `"write" is none of the words`},
		"missing right":          {permissionSetConfig("Billing", `object_permissions = { Account = ["delete"] }`), `Add "edit",\s+"read"`},
		"unknown field":          {permissionSetConfig("Billing", `field_permissions = { "Account.Industri" = "read" }`), `Did you mean\s+"Account.Industry"`},
		"field of everybody":     {permissionSetConfig("Billing", `field_permissions = { "Account.Name" = "read" }`), `Fields that everybody sees take no\s+permission`},
		"thirty unknown fields":  {permissionSetConfig("Billing", "field_permissions = {\n"+strings.Join(typos, "\n")+"\n}"), `and 10 more`},
		"unknown license":        {permissionSetConfig("Billing", `license = "Salesforce API"`), `(?s)no user licence or permission set\s+licence "Salesforce API"`},
		"label with space":       {strings.Replace(permissionSetConfig("Billing", ""), "Billing Sync", "Billing ", 1), `space at an end`},
		"unknown word of a tab":  {permissionSetConfig("Billing", `tabs = { "standard-Account" = "Hidden" }`), `"Hidden" is none of the words`},
		"one field in two forms": {permissionSetConfig("Billing", `field_permissions = { "Contact.Account" = "read", "Contact.AccountId" = "read" }`), `Two names for one thing`},
		"timeout":                {permissionSetConfig("Billing", `timeouts = { create = "soon" }`), `(?i)duration`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.play(t, nothing, resource.TestStep{Config: c.config, ExpectError: regexp.MustCompile(c.message)})
			if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
				t.Errorf("%d writes were sent although the plan was refused", len(writes))
			}
		})
	}
}

func TestPermissionSetFaults(t *testing.T) {
	t.Parallel()
	locked := sfmock.Fault{Status: 500, Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}
	for name, c := range map[string]struct {
		fault sfmock.Fault
		times int
	}{
		"reset after commit":     {sfmock.Fault{ResetAfterCommit: true}, 1},
		"reset before":           {sfmock.Fault{Reset: true}, 1},
		"truncated answer":       {sfmock.Fault{TruncateBody: true}, 1},
		"maintenance page":       {sfmock.Fault{Status: 503, Body: "<html>Down for maintenance</html>"}, 1},
		"locked":                 {locked, 2},
		"session dies meanwhile": {sfmock.Fault{KillSessions: true}, 1},
	} {
		for _, operation := range []string{"createMetadata", "updateMetadata", "deleteMetadata"} {
			t.Run(name+" of "+operation, func(t *testing.T) {
				t.Parallel()
				o := newOrg(t)
				o.Fail(sfmock.Match{Kind: "metadata write", Contains: operation}, c.times, c.fault)
				steps := make([]resource.TestStep, 2)
				for i, more := range []string{`license = "SalesforceAPIIntegrationPsl"`, `license = "SalesforceAPIIntegrationPsl"` + "\n" + `field_permissions = { "Contact.AccountId" = "edit" }`} {
					steps[i] = resource.TestStep{
						Config:           permissionSetConfig("Billing_Sync", more),
						ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
					}
				}
				o.play(t, o.withoutSet("Billing_Sync"), steps...)
			})
		}
	}
}

// A rename that went through before the content was refused shows in the next plan, which changes the rest.
func TestPermissionSetRenamedOnly(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := permissionSetConfig("Orders", `description = "Writes orders"`)
	o.play(
		t, o.withoutSet("Orders"),
		resource.TestStep{Config: permissionSetConfig("Billing_Sync", "")},
		resource.TestStep{
			PreConfig: func() {
				o.Fail(sfmock.Match{Kind: "metadata write"}, 1, sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights on entity: PermissionSet"})
			},
			Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to update permission set.*insufficient access rights`),
		},
		resource.TestStep{
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(permissionSetAddress, "description")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

// Who may not read the dependencies of permissions can write permission sets all the same.
func TestPermissionSetWithoutDependencies(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"INSUFFICIENT_ACCESS", "INVALID_TYPE"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.Fail(sfmock.Match{Kind: "tooling"}, -1, sfmock.Fault{Status: 400, Code: code, Message: "sObject type 'PermissionDependency' is not supported."})
			o.play(t, o.withoutSet("Billing_Sync"), resource.TestStep{Config: permissionSetConfig("Billing_Sync", `user_permissions = ["ViewSetup"]`)})
		})
	}
}

// The set is created, but its id can't be read: it is in the state all the same, and the next apply leaves one good set.
func TestPermissionSetUnreadableID(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	refused := sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights", After: 2} // the name is looked up for the plan and, anew, for the apply
	config := permissionSetConfig("Billing_Sync", "")
	o.play(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{
			PreConfig: func() {
				o.Fail(sfmock.Match{Kind: "query", Contains: "FROM PermissionSet"}, 1, refused)
			},
			Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to read back the id of permission set.*lacks\s+a\s+permission`),
		},
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				count := 0
				for _, record := range o.Records(permissionSetKind) {
					if record["Label"] == "Billing Sync" {
						count++
					}
				}
				if count != 1 {
					return fmt.Errorf("the org has %d such sets", count)
				}
				return nil
			},
		},
	)
}

// A set that somebody holds can't be destroyed; the message says what to do, and after that it can.
func TestPermissionSetInUse(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := permissionSetConfig("Billing_Sync", "")
	var assignment string
	o.play(
		t, o.withoutSet("Billing_Sync"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				assignment = o.insert(t, "PermissionSetAssignment", map[string]any{
					"AssigneeId": o.id(t, "User", "Username", o.AdministratorUsername()), "PermissionSetId": o.id(t, permissionSetKind, "Name", "Billing_Sync"),
				})
			},
			Config: config, Destroy: true, ExpectError: regexp.MustCompile(`(?s)assigned to 1 user.*Remove its\s+assignments first`),
		},
		resource.TestStep{PreConfig: func() { o.remove(t, assignment) }, Config: config},
	)
}
