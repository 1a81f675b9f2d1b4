package provider

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const groupAddress = "salesforce_permission_set_group.desk"

func groupConfig(name, more string) string {
	return fmt.Sprintf(`
resource "salesforce_permission_set_group" "desk" {
  name  = %q
  label = "Order Desk"
  %s
}
`, name, more)
}

// groupOrg is an org with two permission sets to put into a group.
func groupOrg(t *testing.T) *testOrg {
	t.Helper()
	o := newOrg(t)
	o.set(t, "Billing")
	o.set(t, "Orders")
	return o
}

// withoutGroups checks that the org has no permission set group, and nothing that one leaves behind.
func (o *testOrg) withoutGroups(*terraform.State) error {
	for _, object := range []string{permissionSetGroupKind, "PermissionSetGroupComponent", mutingSetKind} {
		if rows := o.Records(object); len(rows) > 0 {
			return fmt.Errorf("the org still has %d of %s, such as %v", len(rows), object, rows[0])
		}
	}
	return nil
}

// group is a permission set group as an administrator sees it, and what is muted in it.
func (o *testOrg) group(name string) (group, muting map[string]any) {
	group, _ = o.Component(permissionSetGroupKind, name)
	if names, _ := group[mutingElement].([]any); len(names) > 0 {
		muting, _ = o.Component(mutingSetKind, names[0].(string))
	}
	return group, muting
}

// grouped checks the members of a group and the name of its muting permission set, "" for none.
func (o *testOrg) grouped(name, muting string, members ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		group, _ := o.group(name)
		var wanted []string
		if muting != "" {
			wanted = []string{muting}
		}
		if got, gotMuting := entriesOf(group, memberElement), entriesOf(group, mutingElement); !slices.Equal(got, members) || !slices.Equal(gotMuting, wanted) {
			return fmt.Errorf("%s holds %v and mutes by %v", name, got, gotMuting)
		}
		if n := len(o.Records(mutingSetKind)); n != len(wanted) {
			return fmt.Errorf("the org has %d muting permission sets", n)
		}
		return nil
	}
}

func TestAccPermissionSetGroup(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	o.SetRecalculation(2 * time.Second)
	sameID := statecheck.CompareValue(compare.ValuesSame())
	updated := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{
			sameID.AddStateValue(groupAddress, tfjsonpath.New("id")),
			statecheck.ExpectKnownValue(groupAddress, tfjsonpath.New("status"), knownvalue.StringExact(sfclient.GroupUpdated)),
		}
	}
	empty := []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
	verify := func(id string) resource.TestStep {
		return resource.TestStep{ResourceName: groupAddress, ImportState: true, ImportStateId: id, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts", "permission_sets"}}
	}
	const first = `
  description     = "Enters orders"
  permission_sets = ["billing", "Orders"]
  muted = {
    object_permissions = { Account = ["delete"] }
    field_permissions  = { "Account.Industry" = "read", "Account.Phone" = "edit" }
    user_permissions   = ["ViewSetup"]
  }
  timeouts = { create = "5m" }
`
	o.test(
		t, o.withoutGroups,
		resource.TestStep{
			Config: groupConfig("Order_Desk", first),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(groupAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(groupAddress, tfjsonpath.New("id")),
					plancheck.ExpectKnownValue(groupAddress, tfjsonpath.New("has_activation_required"), knownvalue.Bool(false)),
				},
				PostApplyPostRefresh: empty,
			},
			ConfigStateChecks: updated(),
			Check: resource.ComposeTestCheckFunc(o.grouped("Order_Desk", "Order_Desk_Muting", "Billing", "Orders"), func(*terraform.State) error {
				group, muting := o.group("Order_Desk")
				for element, want := range map[string][]string{
					"objectPermissions": {"map[allowCreate:false allowDelete:true allowEdit:false allowRead:false modifyAllRecords:false object:Account viewAllFields:false viewAllRecords:false]"},
					"fieldPermissions":  {"map[editable:true field:Account.Industry readable:true]", "map[editable:true field:Account.Phone readable:false]"},
					"userPermissions":   {"map[enabled:true name:ViewSetup]"},
				} {
					if got := entriesOf(muting, element); !slices.Equal(got, want) {
						return fmt.Errorf("the org mutes the %s %v, not %v", element, got, want)
					}
				}
				if group["description"] != "Enters orders" || group["label"] != "Order Desk" || group["hasActivationRequired"] != "false" || muting["label"] != "Order Desk" {
					return fmt.Errorf("the org has %v and %v", group, muting)
				}
				return nil
			}),
		},
		verify(""), verify("order_desk"),
		resource.TestStep{ResourceName: groupAddress, ImportState: true, ImportStateId: "Order", ExpectError: regexp.MustCompile(`import id is an API name\s+or the id of a permission set group`)},
		resource.TestStep{ // a new timeout, and members written otherwise, ask nothing of Salesforce
			PreConfig: o.ResetRequests,
			Config:    groupConfig("Order_Desk", regexp.MustCompile(`5m|billing`).ReplaceAllStringFunc(first, func(s string) string { return map[string]string{"5m": "6m", "billing": "BILLING"}[s] })),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(groupAddress, "timeouts")},
				PostApplyPostRefresh: empty,
			},
			Check: func(*terraform.State) error {
				if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
					return fmt.Errorf("%d writes for a timeout", len(writes))
				}
				return nil
			},
		},
		resource.TestStep{ // renamed in place; the muting permission set keeps its name
			Config: groupConfig("Front_Desk", `
  has_activation_required = true
  permission_sets         = ["Orders"]
  muted                   = { apex_classes = ["BillingApi"], flows = [] }
`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(groupAddress, plancheck.ResourceActionUpdate),
					changesOnly(groupAddress, "name", "description", "has_activation_required", "permission_sets", "muted", "timeouts"),
				},
				PostApplyPostRefresh: empty,
			},
			ConfigStateChecks: updated(),
			Check: resource.ComposeTestCheckFunc(o.grouped("Front_Desk", "Order_Desk_Muting", "Orders"), func(*terraform.State) error {
				group, muting := o.group("Front_Desk")
				if got := entriesOf(muting, "classAccesses"); !slices.Equal(got, []string{"map[apexClass:BillingApi enabled:true]"}) || muting["fieldPermissions"] != nil ||
					muting["objectPermissions"] != nil || muting["userPermissions"] != nil || group["description"] != nil || group["hasActivationRequired"] != "true" {
					return fmt.Errorf("the org has %v and %v", group, muting)
				}
				return nil
			}),
		},
		resource.TestStep{ // without anything muted and without members
			Config: groupConfig("Front_Desk", `muted = { user_permissions = [] }`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(groupAddress, "has_activation_required", "permission_sets", "muted")},
				PostApplyPostRefresh: empty,
			},
			ConfigStateChecks: updated(),
			Check:             o.grouped("Front_Desk", ""),
		},
		resource.TestStep{ // a muting permission set comes with the first thing muted
			Config:            groupConfig("Front_Desk", `muted = { user_permissions = ["ViewSetup"] }`),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: empty},
			ConfigStateChecks: updated(),
			Check:             o.grouped("Front_Desk", "Front_Desk_Muting"),
		},
	)
}

// The muting permission set that a group has already is the one that is written, whatever its name.
func TestAccPermissionSetGroupOfSetup(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	if err := o.SetComponent(mutingSetKind, "Quiet", map[string]any{
		"label": "Quiet", "userPermissions": []any{map[string]any{"name": "ViewSetup", "enabled": "true"}},
		"fieldPermissions": []any{map[string]any{"field": "Contact.Account", "readable": "true", "editable": "false"}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := o.SetComponent(permissionSetGroupKind, "Order_Desk", map[string]any{"label": "Order Desk", mutingElement: []any{"Quiet"}, memberElement: []any{"Billing"}}); err != nil {
		t.Fatal(err)
	}
	config := groupConfig("Order_Desk", `
  permission_sets = ["Billing"]
  muted           = { user_permissions = ["viewsetup"], field_permissions = { "Contact.AccountId" = "read" } }
`)
	o.test(
		t, o.withoutGroups,
		resource.TestStep{
			Config: config + `
import {
  to = salesforce_permission_set_group.desk
  id = "Order_Desk"
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(groupAddress, plancheck.ResourceActionNoop)}},
		},
		resource.TestStep{
			Config: groupConfig("Order_Desk", `
  permission_sets = ["Billing"]
  muted           = { user_permissions = ["ViewRoles"] }
`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: resource.ComposeTestCheckFunc(o.grouped("Order_Desk", "Quiet", "Billing"), func(*terraform.State) error {
				if _, muting := o.group("Order_Desk"); muting["label"] != "Quiet" || muting["fieldPermissions"] != nil {
					return fmt.Errorf("the org mutes %v", muting)
				}
				return nil
			}),
		},
	)
}

// What the schema does not model survives a write, and keeps a muting permission set alive.
func TestPermissionSetGroupKeepsWhatItDoesNotModel(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	enrichment := map[string]any{"aiDescriptor": map[string]any{"enrichedDescription": "Enters orders"}}
	o.play(
		t, o.withoutGroups,
		resource.TestStep{Config: groupConfig("Order_Desk", `muted = { user_permissions = ["ViewSetup"] }`)},
		resource.TestStep{
			PreConfig: func() {
				group, muting := o.group("Order_Desk")
				for kind, content := range map[string]map[string]any{permissionSetGroupKind: group, mutingSetKind: muting} {
					content["enrichments"] = enrichment
					if err := o.SetComponent(kind, content["fullName"].(string), content); err != nil {
						t.Error(err)
					}
				}
			},
			Config: groupConfig("Order_Desk", `permission_sets = ["Billing"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(groupAddress, "permission_sets", "muted")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeTestCheckFunc(o.grouped("Order_Desk", "Order_Desk_Muting", "Billing"), func(*terraform.State) error {
				_, muting := o.group("Order_Desk")
				if muting["userPermissions"] != nil || fmt.Sprint(muting["enrichments"]) != fmt.Sprint(enrichment) {
					return fmt.Errorf("the org mutes %v", muting)
				}
				writes := o.Requests(sfmock.Match{Kind: "metadata write", Contains: `xsi:type="PermissionSetGroup"`})
				if last := string(writes[len(writes)-1].Body); regexp.MustCompile(`<status>`).MatchString(last) {
					return fmt.Errorf("the status was sent: %s", last)
				}
				return nil
			}),
		},
	)
}

// A new group takes the name that another one of the configuration gives up, but not its muting permission set.
func TestAccPermissionSetGroupTakesOverName(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	const muted = `muted = { user_permissions = ["ViewSetup"] }`
	second := fmt.Sprintf(`
resource "salesforce_permission_set_group" "second" {
  name       = "Order_Desk"
  label      = "Second"
  %s
  depends_on = [salesforce_permission_set_group.desk]
}
`, muted)
	o.test(
		t, o.withoutGroups,
		resource.TestStep{Config: groupConfig("Order_Desk", muted)},
		resource.TestStep{Config: groupConfig("Old_Desk", muted) + second, Check: func(*terraform.State) error {
			_, old := o.group("Old_Desk")
			_, renewed := o.group("Order_Desk")
			if old["fullName"] != "Order_Desk_Muting" || renewed["fullName"] != "Order_Desk_Muting_2" {
				return fmt.Errorf("the groups mute by %v and %v", old["fullName"], renewed["fullName"])
			}
			return nil
		}},
	)
}

func TestPermissionSetGroupGone(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	config := groupConfig("Order_Desk", `permission_sets = ["Billing"]`)
	o.play(
		t, o.withoutGroups,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() { o.remove(t, o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk")) },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(groupAddress, plancheck.ResourceActionCreate),
			}},
		},
	)
}

// A group that somebody has can't be destroyed; it keeps muting, and the message says what to do.
func TestPermissionSetGroupInUse(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	config := groupConfig("Order_Desk", `muted = { user_permissions = ["ViewSetup"] }`)
	var assignment string
	o.play(
		t, o.withoutGroups,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				assignment = o.insert(t, "PermissionSetAssignment", map[string]any{
					"AssigneeId": o.id(t, "User", "Username", o.AdministratorUsername()), "PermissionSetGroupId": o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk"),
				})
			},
			Config: config, Destroy: true, ExpectError: regexp.MustCompile(`(?s)assigned to 1 user.*Remove its\s+assignments first`),
		},
		resource.TestStep{PreConfig: func() { o.remove(t, assignment) }, Config: config, Check: o.grouped("Order_Desk", "Order_Desk_Muting")},
	)
}

func TestPermissionSetGroupPlanErrors(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	o.insert(t, permissionSetGroupKind, map[string]any{"DeveloperName": "Taken", "MasterLabel": "Taken"})
	for name, c := range map[string]struct{ name, more, message string }{
		"taken name":               {"taken", ``, `(?s)name is taken.*terraform import salesforce_permission_set_group\.<name> 0PG`},
		"no name":                  {"Order Desk", ``, `must start with a letter`},
		"unknown member":           {"Desk", `permission_sets = ["Biling"]`, `(?s)Unknown permission set.*Did you mean\s+"Billing".*salesforce_permission_set\.<name>\.name`},
		"group as a member":        {"Desk", `permission_sets = ["Taken"]`, `Unknown permission set`},
		"one member twice":         {"Desk", `permission_sets = ["Billing", "billing"]`, `Two names for one thing`},
		"description with space":   {"Desk", `description = " Desk"`, `space at an end`},
		"unknown permission muted": {"Desk", `muted = { user_permissions = ["ViewSetups"] }`, `(?s)Unknown names in user_permissions.*Did you mean\s+"ViewSetup"`},
		"unknown object muted":     {"Desk", `muted = { object_permissions = { Acount = ["delete"] } }`, `Did you mean\s+"Account"`},
		"unknown field muted":      {"Desk", `muted = { field_permissions = { "Account.Industri" = "read" } }`, `Did you mean\s+"Account.Industry"`},
		"unknown word muted":       {"Desk", `muted = { object_permissions = { Account = ["write"] } }`, `"write" is none of the words`},
		"timeout":                  {"Desk", `timeouts = { create = "soon" }`, `(?i)duration`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, groupConfig(c.name, c.more), c.message)
		})
	}
}

// What is known only after apply does not fail the plan, and is checked at apply.
func TestAccPermissionSetGroupUnknownsDefer(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	o.test(t, o.withoutGroups, resource.TestStep{
		Config: `
resource "terraform_data" "later" {
  input = { name = "Order_Desk", set = "billing", permissions = ["ViewSetup"], muted = { apex_classes = ["BillingApi"] } }
}
resource "salesforce_permission_set_group" "desk" {
  name            = terraform_data.later.output.name
  label           = "Order Desk"
  permission_sets = [terraform_data.later.output.set]
  muted           = { user_permissions = terraform_data.later.output.permissions }
}
resource "salesforce_permission_set_group" "other" {
  name  = "Other"
  label = "Other"
  muted = terraform_data.later.output.muted
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		Check: func(*terraform.State) error {
			group, muting := o.group("Order_Desk")
			_, other := o.group("Other")
			if muting["userPermissions"] == nil || other["classAccesses"] == nil || !slices.Equal(entriesOf(group, memberElement), []string{"Billing"}) {
				return fmt.Errorf("the org has %v, %v and %v", group, muting, other)
			}
			return nil
		},
	})
}
