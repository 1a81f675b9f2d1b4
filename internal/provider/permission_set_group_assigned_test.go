package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func groupAssignmentConfig(username, group, more string) string {
	return fmt.Sprintf(`
resource "salesforce_permission_set_assignment" "billing" {
  username             = %q
  permission_set_group = %q
  %s
}
`, username, group, more)
}

// deskOrg is an org with a user, a permission set and two groups of it to put together.
func deskOrg(t *testing.T) (o *testOrg, userID, groupID string) {
	t.Helper()
	o, userID, setID := assignmentOrg(t)
	for _, name := range []string{"Front_Desk", "Order_Desk"} {
		groupID = o.insert(t, permissionSetGroupKind, map[string]any{"DeveloperName": name, "MasterLabel": name})
		o.insert(t, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": groupID, "PermissionSetId": setID})
	}
	return o, userID, groupID
}

// Groups are assigned like permission sets.
func TestAccPermissionSetAssignmentOfGroup(t *testing.T) {
	t.Parallel()
	o, ada, desk := deskOrg(t)
	front := o.id(t, permissionSetGroupKind, "DeveloperName", "Front_Desk")
	held := func(object string, wanted int) resource.TestCheckFunc {
		return o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", object, wanted)
	}
	known := func(attribute string, value knownvalue.Check) plancheck.PlanCheck {
		return plancheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New(attribute), value)
	}
	o.test(
		t, resource.ComposeTestCheckFunc(held(desk, 0), held(front, 0)),
		resource.TestStep{
			Config: groupAssignmentConfig("ada@example.com", "order_desk", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					known("permission_set_group_id", knownvalue.StringExact(desk)), known("permission_set_id", knownvalue.Null()), known("permission_set", knownvalue.Null()),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: held(desk, 1),
		},
		resource.TestStep{ // other case is no other name
			Config:           groupAssignmentConfig("ada@example.com", "Order_Desk", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionUpdate)}},
		},
		resource.TestStep{ResourceName: assignmentAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: assignmentAddress, ImportState: true, ImportStateId: "ada@example.com:ORDER_DESK", ImportStateVerify: true},
		resource.TestStep{
			Config: groupAssignmentConfig("ada@example.com", "Order_Desk", `expiration_date = "2040-01-31T18:00:00Z"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionUpdate), changesOnly(assignmentAddress, "expiration_date")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
		resource.TestStep{ // renamed in Setup, and the configuration follows
			PreConfig: func() { o.update(t, desk, map[string]any{"DeveloperName": "Help_Desk"}) },
			Config:    groupAssignmentConfig("ada@example.com", "Help_Desk", `expiration_date = "2040-01-31T18:00:00Z"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionNoop)},
			},
		},
		resource.TestStep{ // taken away in Setup
			PreConfig: func() {
				o.remove(t, o.assignments("PermissionSetAssignment", ada, "PermissionSetGroupId", desk)[0])
			},
			Config:           groupAssignmentConfig("ada@example.com", "Help_Desk", `expiration_date = "2040-01-31T18:00:00Z"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionCreate)}},
			Check:            held(desk, 1),
		},
		resource.TestStep{
			Config:           groupAssignmentConfig("ada@example.com", "Front_Desk", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionReplace)}},
			Check:            resource.ComposeTestCheckFunc(held(desk, 0), held(front, 1)),
		},
		resource.TestStep{ // from the group to its member
			Config: assignmentConfig("ada@example.com", "Billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionReplace), known("permission_set_group_id", knownvalue.Null())},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("permission_set_group"), knownvalue.Null())},
			Check: resource.ComposeTestCheckFunc(held(front, 0), func(s *terraform.State) error {
				return o.joined("PermissionSetAssignment", ada, "PermissionSetId", o.id(t, permissionSetKind, "Name", "Billing"), 1)(s)
			}),
		},
	)
}

func TestPermissionSetAssignmentOfGroupPlanErrors(t *testing.T) {
	t.Parallel()
	o, _, desk := deskOrg(t)
	bob := o.insert(t, "User", person("bob@example.com", o.profile(t, "Standard User")))
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": bob, "PermissionSetGroupId": desk})
	for name, c := range map[string]struct{ config, message string }{
		"unknown group":            {groupAssignmentConfig("ada@example.com", "Order_Disk", ""), `(?s)Unknown permission set group.*Did you mean\s+"Order_Desk".*salesforce_permission_set_group\.<name>\.name`},
		"set as a group":           {groupAssignmentConfig("ada@example.com", "Billing", ""), `Unknown permission set group`},
		"group as a set":           {assignmentConfig("ada@example.com", "Order_Desk", ""), `Unknown permission set`},
		"assigned already":         {groupAssignmentConfig("bob@example.com", "Order_Desk", ""), `(?s)Already assigned.*terraform import salesforce_permission_set_assignment\.<name> 0Pa`},
		"both":                     {groupAssignmentConfig("ada@example.com", "Order_Desk", `permission_set = "Billing"`), `(?s)Invalid Attribute Combination`},
		"neither":                  {strings.Replace(assignmentConfig("ada@example.com", "Billing", ""), "permission_set ", "# ", 1), `(?s)Invalid Attribute Combination`},
		"user of the group's name": {groupAssignmentConfig("adda@example.com", "Order_Desk", ""), `(?s)Unknown user.*ada@example\.com`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, c.config, c.message)
		})
	}
}

func TestPermissionSetAssignmentOfGroupFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"reset after commit": {ResetAfterCommit: true},
		"truncated answer":   {TruncateBody: true},
		"reset before":       {Reset: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, ada, desk := deskOrg(t)
			o.Fail(sfmock.Match{Method: "POST", Path: "/composite/sobjects"}, 1, fault)
			o.play(t, o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", desk, 0), resource.TestStep{
				Config: groupAssignmentConfig("ada@example.com", "Order_Desk", `expiration_date = "2040-01-31T18:00:00Z"`),
				Check:  o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", desk, 1),
			})
		})
	}
}

// A group that is not up to date is not assigned: one that never will be is an error at once, one that takes long when the time is over.
func TestPermissionSetAssignmentOfOutdatedGroup(t *testing.T) {
	t.Parallel()
	o, ada, desk := deskOrg(t)
	config := groupAssignmentConfig("ada@example.com", "Order_Desk", `timeouts = { create = "10s" }`)
	outdate := func() {
		o.SetRecalculation(time.Hour)
		o.update(t, o.id(t, permissionSetKind, "Name", "Billing"), map[string]any{"PermissionsViewSetup": true})
	}
	o.play(
		t, o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", desk, 0),
		resource.TestStep{PreConfig: outdate, Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create permission set assignment.*status Outdated.*still`)},
		resource.TestStep{
			PreConfig: func() {
				o.Fail(sfmock.Match{Kind: "query", Contains: "FROM PermissionSetGroup "}, -1, failedGroup(desk))
			},
			Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create permission set assignment.*status Failed.*Setup`),
		},
		resource.TestStep{
			PreConfig: func() { o.Heal(); o.SetRecalculation(0) },
			Config:    config, Check: o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", desk, 1),
		},
	)
}

// heldGroups checks which groups, and which sets, the integration user has.
func (o *testOrg) heldGroups(sets, groups []string) error {
	user := o.Find("User", "Username", integrationName)["Id"]
	var haveSets, haveGroups []string
	for _, a := range o.Records("PermissionSetAssignment") {
		if a["AssigneeId"] != user {
			continue
		}
		if id, _ := a["PermissionSetGroupId"].(string); id != "" {
			haveGroups = append(haveGroups, o.Record(id)["DeveloperName"].(string))
		} else if set := o.Record(a["PermissionSetId"].(string)); set["IsOwnedByProfile"] == false {
			haveSets = append(haveSets, set["Name"].(string))
		}
	}
	slices.Sort(haveSets)
	slices.Sort(haveGroups)
	if !slices.Equal(haveSets, sets) || !slices.Equal(haveGroups, groups) {
		return fmt.Errorf("%s holds the sets %v and the groups %v", integrationName, haveSets, haveGroups)
	}
	return nil
}

// Permission sets, a group of them, its assignment and an integration user with the group come, change and go in one apply each, while
// Salesforce takes its time to recalculate the group.
func TestAccGroupInOneApply(t *testing.T) {
	t.Parallel()
	o, ada, _ := assignmentOrg(t)
	o.SetRecalculation(2 * time.Second)
	config := func(members, permission, second string) string {
		return fmt.Sprintf(`
resource "salesforce_permission_set" "accounts" {
  name               = "Accounts"
  label              = "Accounts"
  object_permissions = { Account = [%s] }
}
%s
resource "salesforce_permission_set_group" "desk" {
  name            = "Order_Desk"
  label           = "Order Desk"
  permission_sets = [%s]
  muted           = { object_permissions = { Account = ["delete"] } }
}
resource "salesforce_permission_set_assignment" "billing" {
  username             = "ada@example.com"
  permission_set_group = salesforce_permission_set_group.desk.name
}
resource "salesforce_integration_user" "billing" {
  username              = %q
  last_name             = "Billing Sync"
  email                 = "integrations@example.com"
  permission_set_groups = [salesforce_permission_set_group.desk.name]
}
`, permission, second, members, integrationName)
	}
	const orders = `
resource "salesforce_permission_set" "orders" {
  name               = "OrderEntry"
  label              = "Orders"
  object_permissions = { Account = ["read"], Order = ["read", "create"] }
  lifecycle { create_before_destroy = true }
}
`
	held := func(*terraform.State) error {
		if err := o.joined("PermissionSetAssignment", ada, "PermissionSetGroupId", o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk"), 1)(nil); err != nil {
			return err
		}
		return o.heldGroups(nil, []string{"Order_Desk"})
	}
	empty := resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	o.test(
		t, o.withoutGroups,
		resource.TestStep{
			Config:           config("salesforce_permission_set.accounts.name, salesforce_permission_set.orders.name", `"read", "edit", "delete"`, orders),
			ConfigPlanChecks: empty, Check: held,
		},
		resource.TestStep{ // a member leaves the group and is destroyed, another one changes
			Config:           config("salesforce_permission_set.accounts.name", `"read"`, ""),
			ConfigPlanChecks: empty, Check: resource.ComposeTestCheckFunc(held, o.withoutSet("OrderEntry"), o.grouped("Order_Desk", "Order_Desk_Muting", "Accounts")),
		},
	)
}

func TestAccIntegrationUserGroups(t *testing.T) {
	t.Parallel()
	o, _, _ := deskOrg(t)
	config := func(more string) string { return integrationConfig(`permission_sets = ["Billing"]` + "\n" + more) }
	desk := config(`permission_set_groups = ["Order_Desk"]`)
	user := func() string { return o.Find("User", "Username", integrationName)["Id"].(string) }
	holds := func(groups ...string) resource.TestCheckFunc {
		return func(*terraform.State) error { return o.heldGroups([]string{"Billing"}, groups) }
	}
	steps := []resource.TestStep{
		{
			Config:           desk,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: resource.ComposeTestCheckFunc(holds("Order_Desk"), func(*terraform.State) error {
				if n := o.Calls()["graph"]; n != 1 {
					return fmt.Errorf("creating the user took %d transactions", n)
				}
				return nil
			}),
		},
		{ResourceName: integrationAddress, ImportState: true, ImportStateVerify: true},
	}
	steps = append(steps, driftSteps(t, integrationAddress, desk, []drift{
		{"permission_set_groups", func(t *testing.T) {
			t.Helper()
			o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user(), "PermissionSetGroupId": o.id(t, permissionSetGroupKind, "DeveloperName", "Front_Desk")})
		}, func() error { return holds("Order_Desk")(nil) }},
		{"permission_set_groups", func(t *testing.T) {
			t.Helper()
			o.remove(t, o.assignments("PermissionSetAssignment", user(), "PermissionSetGroupId", o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk"))[0])
		}, func() error { return holds("Order_Desk")(nil) }},
	})...)
	steps = append(
		steps,
		resource.TestStep{ // left out is left alone, whatever changes beside it
			Config: integrationConfig(`permission_sets = []`),
			Check:  func(*terraform.State) error { return o.heldGroups(nil, []string{"Order_Desk"}) },
		},
		resource.TestStep{
			Config:           config(`permission_set_groups = ["Front_Desk"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesOnly(integrationAddress, "permission_sets", "permission_set_groups")}},
			Check:            holds("Front_Desk"),
		},
		resource.TestStep{Config: config(`permission_set_groups = ["Front_Desk"]`), Destroy: true},
		resource.TestStep{ // the user who is taken over keeps no group of its earlier life
			PreConfig: func() {
				if err := o.heldGroups(nil, nil); err != nil {
					t.Errorf("after the destroy: %v", err)
				}
				o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user(), "PermissionSetGroupId": o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk")})
			},
			Config: config(""), Check: holds(),
		},
	)
	o.test(t, func(s *terraform.State) error {
		if err := o.heldGroups(nil, nil); err != nil {
			return err
		}
		return o.retiredBare(s)
	}, steps...)
}

func TestIntegrationUserGroupsRefused(t *testing.T) {
	t.Parallel()
	o, _, desk := deskOrg(t)
	failing := sfmock.Match{Kind: "query", Contains: "FROM PermissionSetGroup "}
	config := integrationConfig(`permission_set_groups = ["Order_Desk"]`)
	o.play(
		t, o.retiredBare,
		resource.TestStep{
			Config:      integrationConfig(`permission_set_groups = ["Order_Disk"]`),
			ExpectError: regexp.MustCompile(`(?s)Unknown permission set group.*Did\s+you\s+mean\s+"Order_Desk"`),
		},
		resource.TestStep{
			PreConfig: func() { o.Fail(failing, -1, failedGroup(desk)) },
			Config:    config, ExpectError: regexp.MustCompile(`(?s)Unable to create integration user.*status\s+Failed`),
		},
		resource.TestStep{
			PreConfig: func() {
				if o.Find("User", "Username", integrationName) != nil {
					t.Error("the user was created without its group")
				}
				o.Heal()
			},
			Config: config, Check: func(*terraform.State) error { return o.heldGroups(nil, []string{"Order_Desk"}) },
		},
	)
}

// The set behind a group, like that of a profile, is no permission set to anybody.
func TestAccSetBehindGroup(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, message string }{
		"read by name":  {`data "salesforce_permission_set" "desk" { name = "Order_Desk" }`, `(?s)no permission set.*Order_Desk`},
		"read by id":    {`data "salesforce_permission_set" "desk" { id = "BEHIND" }`, `(?s)no permission set`},
		"imported":      {permissionSetConfig("Order_Desk", "") + "import {\n to = " + permissionSetAddress + "\n id = \"BEHIND\"\n}", `(?s)non-existent|does not exist`},
		"granted alone": {integrationConfig(`permission_sets = ["Order_Desk"]`), `Unknown permission set`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _, _ := deskOrg(t)
			behind := o.id(t, permissionSetKind, "Type", "Group")
			o.test(t, nothing, resource.TestStep{Config: strings.ReplaceAll(c.config, "BEHIND", behind), ExpectError: regexp.MustCompile(c.message)})
		})
	}
}
