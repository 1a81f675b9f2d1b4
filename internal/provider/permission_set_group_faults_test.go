package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	groupMuted   = "permission_sets = [\"Billing\"]\n muted = { user_permissions = [\"ViewSetup\"] }"
	groupChanged = "permission_sets = [\"Orders\"]\n muted = { user_permissions = [\"ViewRoles\"] }"
)

// noAccess is a refusal that no waiting helps.
var noAccess = sfmock.Fault{Status: http.StatusInternalServerError, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights on entity"}

// Whatever fails at whichever write, the group is as written at the end, and nothing of it is left after the destroy.
func TestPermissionSetGroupFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault sfmock.Fault
		times int
	}{
		"reset after commit": {sfmock.Fault{ResetAfterCommit: true}, 1},
		"reset before":       {sfmock.Fault{Reset: true}, 1},
		"locked":             {sfmock.Fault{Status: 500, Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}, 2},
	} {
		for operation, at := range map[string]struct {
			match sfmock.Match
			after int
		}{
			"creating the group":            {sfmock.Match{Kind: "metadata write", Contains: "<createMetadata>"}, 0},
			"creating the muting set":       {sfmock.Match{Kind: "metadata write", Contains: "<upsertMetadata>"}, 0},
			"changing the muting set":       {sfmock.Match{Kind: "metadata write", Contains: "<updateMetadata>"}, 0},
			"changing the group":            {sfmock.Match{Kind: "metadata write", Contains: "<updateMetadata>"}, 1},
			"renaming the group":            {sfmock.Match{Kind: "collection"}, 0},
			"muting nothing any more":       {sfmock.Match{Kind: "graph"}, 0},
			"deleting group and muting set": {sfmock.Match{Kind: "graph"}, 1},
		} {
			t.Run(name+" while "+operation, func(t *testing.T) {
				t.Parallel()
				o := groupOrg(t)
				fault := c.fault
				fault.After = at.after
				o.Fail(at.match, c.times, fault)
				var steps []resource.TestStep
				for _, s := range []struct {
					name, more string
					check      resource.TestCheckFunc
				}{
					{"Order_Desk", groupMuted, o.grouped("Order_Desk", "Order_Desk_Muting", "Billing")},
					{"Order_Desk", groupChanged, o.grouped("Order_Desk", "Order_Desk_Muting", "Orders")},
					{"Desk", "", o.grouped("Desk", "")},
					{"Desk", groupMuted, o.grouped("Desk", "Desk_Muting", "Billing")},
				} {
					steps = append(steps, resource.TestStep{
						Config: groupConfig(s.name, s.more), Check: s.check,
						ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
					})
				}
				o.play(t, o.withoutGroups, steps...)
			})
		}
	}
}

// A group that is refused takes its new muting permission set with it; one that stays behind all the same is used by the next try.
func TestPermissionSetGroupRefused(t *testing.T) {
	t.Parallel()
	for _, muting := range []int{0, 1} {
		t.Run(fmt.Sprintf("%d muting set left", muting), func(t *testing.T) {
			t.Parallel()
			o := groupOrg(t)
			o.Fail(sfmock.Match{Contains: "<createMetadata>"}, 1, noAccess)
			if muting > 0 {
				o.Fail(sfmock.Match{Contains: "<deleteMetadata>"}, 1, noAccess)
			}
			config := groupConfig("Order_Desk", groupMuted)
			o.play(
				t, o.withoutGroups,
				resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to create permission set group "Order_Desk".*insufficient access\s+rights`)},
				resource.TestStep{
					PreConfig: func() {
						if n := len(o.Records(mutingSetKind)); n != muting {
							t.Errorf("%d muting permission sets are left", n)
						}
					},
					Config: config, Check: o.grouped("Order_Desk", "Order_Desk_Muting", "Billing"),
				},
			)
		})
	}
}

// A change that stops half-way shows what is left in the next plan, and the next apply does it.
func TestPermissionSetGroupHalfChanged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		match sfmock.Match
		after int
		name  string
		more  string
		left  []string // to change after that
		check func(o *testOrg) resource.TestCheckFunc
	}{
		"renamed only": {
			sfmock.Match{Kind: "metadata write"},
			0, "Desk", groupChanged,
			[]string{"permission_sets", "muted"},
			func(o *testOrg) resource.TestCheckFunc { return o.grouped("Desk", "Order_Desk_Muting", "Orders") },
		},
		"muted only": {
			sfmock.Match{Kind: "metadata write"},
			1, "Order_Desk", groupChanged,
			[]string{"permission_sets"},
			func(o *testOrg) resource.TestCheckFunc { return o.grouped("Order_Desk", "Order_Desk_Muting", "Orders") },
		},
		"muted still": {
			sfmock.Match{Kind: "graph"},
			0, "Order_Desk", `permission_sets = ["Orders"]`,
			[]string{"muted"},
			func(o *testOrg) resource.TestCheckFunc { return o.grouped("Order_Desk", "", "Orders") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := groupOrg(t)
			config := groupConfig(c.name, c.more)
			fault := noAccess
			fault.After = c.after
			o.play(
				t, o.withoutGroups,
				resource.TestStep{Config: groupConfig("Order_Desk", groupMuted)},
				resource.TestStep{
					PreConfig:   func() { o.Fail(c.match, 1, fault) },
					Config:      config,
					ExpectError: regexp.MustCompile(`(?s)Unable to update permission set group "Order_Desk".*insufficient access\s+rights`),
				},
				resource.TestStep{
					Config: config, Check: c.check(o),
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply:             []plancheck.PlanCheck{changesOnly(groupAddress, c.left...)},
						PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
					},
				},
			)
		})
	}
}

// The group is created, but its id can't be read: it is in the state all the same, and the next apply leaves one good group.
func TestPermissionSetGroupUnreadableID(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	hidden := sfmock.Fault{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights", After: 2} // the name is looked up for the plan and, anew, for the apply
	config := groupConfig("Order_Desk", groupMuted)
	o.play(
		t, o.withoutGroups,
		resource.TestStep{
			PreConfig: func() { o.Fail(sfmock.Match{Kind: "query", Contains: "FROM PermissionSetGroup "}, 1, hidden) },
			Config:    config, ExpectError: regexp.MustCompile(`(?s)Unable to read back the id of permission set group.*lacks\s+a\s+permission`),
		},
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            o.grouped("Order_Desk", "Order_Desk_Muting", "Billing"),
		},
	)
}

// Salesforce takes longer than the wait: the group is in the state, a warning says what is going on, and nothing is planned anew.
func TestPermissionSetGroupSlow(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	const short = "\n timeouts = { create = \"6s\", update = \"8s\" }"
	status := func(want string) []statecheck.StateCheck {
		return []statecheck.StateCheck{statecheck.ExpectKnownValue(groupAddress, tfjsonpath.New("status"), knownvalue.StringExact(want))}
	}
	o.SetRecalculation(time.Hour)
	o.play(
		t, o.withoutGroups,
		resource.TestStep{
			Config:            groupConfig("Order_Desk", groupMuted+short),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: status("Outdated"),
		},
		resource.TestStep{
			Config:      groupConfig("Order_Desk", groupChanged+short),
			ExpectError: regexp.MustCompile(`(?s)Unable to wait for permission set group "Order_Desk".*status Outdated.*still\s+combining`),
		},
		resource.TestStep{ // recalculation goes on: a write is refused for as long
			PreConfig:   func() { o.Fail(groupWrites, -1, busyGroup) },
			Config:      groupConfig("Order_Desk", `permission_sets = ["Billing"]`+short),
			ExpectError: regexp.MustCompile(`(?s)Unable to update permission set group "Order_Desk".*check\s+back\s+later`),
		},
		resource.TestStep{
			PreConfig:         func() { o.Heal(); o.SetRecalculation(0) },
			Config:            groupConfig("Order_Desk", groupChanged+short),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: status("Updated"),
		},
	)
}

// groupWrites change a group or a member, and busyGroup is the answer while the group is being recalculated.
var (
	groupWrites = sfmock.Match{Kind: "metadata write", Contains: "<updateMetadata>"}
	busyGroup   = sfmock.Fault{Status: http.StatusOK, ContentType: "text/xml", Body: metadataAnswer("updateMetadata",
		`<errors><message>The permission set group Order Desk is being updated, check back later.</message><statusCode>FIELD_INTEGRITY_EXCEPTION</statusCode></errors><success>false</success>`)}
)

// metadataAnswer is the result of one component.
func metadataAnswer(operation, result string) string {
	return `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>` +
		"<" + operation + "Response><result>" + result + "</result></" + operation + "Response></soapenv:Body></soapenv:Envelope>"
}

// failedGroup is the answer to a question for groups of which Salesforce could not recalculate one.
func failedGroup(id string) sfmock.Fault {
	return sfmock.Fault{
		Status: http.StatusOK, ContentType: "application/json",
		Body: fmt.Sprintf(`{"totalSize":1,"done":true,"records":[{"Id":%q,"DeveloperName":"Order_Desk","MasterLabel":"Order Desk","NamespacePrefix":null,"Status":"Failed"}]}`, id),
	}
}

// A recalculation that fails is an error that says where to look.
func TestPermissionSetGroupFails(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	config := groupConfig("Order_Desk", groupChanged)
	o.play(
		t, o.withoutGroups,
		resource.TestStep{Config: groupConfig("Order_Desk", groupMuted)},
		resource.TestStep{
			PreConfig: func() {
				fails := failedGroup(o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk"))
				o.Fail(sfmock.Match{Kind: "query", Contains: "FROM PermissionSetGroup "}, -1, fails)
			},
			Config:      config,
			ExpectError: regexp.MustCompile(`(?s)Unable to wait for permission set group "Order_Desk".*status\s+Failed.*Setup\s+>\s+Permission\s+Set\s+Groups`),
		},
		resource.TestStep{
			PreConfig:        o.Heal,
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            o.grouped("Order_Desk", "Order_Desk_Muting", "Orders"),
		},
	)
}

// Every refresh warns of a group that has failed.
func TestReadFailedPermissionSetGroup(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.insert(t, permissionSetGroupKind, map[string]any{"DeveloperName": "Order_Desk", "MasterLabel": "Order Desk"})
	p := o.speak(t)
	o.Fail(sfmock.Match{Contains: "<readMetadata>"}, 1, sfmock.Fault{
		Status: http.StatusOK, ContentType: "text/xml",
		Body: metadataAnswer("readMetadata", "<records><fullName>Order_Desk</fullName><label>Order Desk</label><status>Failed</status></records>"),
	})
	const typeName = "salesforce_permission_set_group"
	state := value(t, p.schemas[typeName].ValueType(), map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, id)})
	read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: state})
	failed(t, err, read.Diagnostics)
	if len(read.Diagnostics) != 1 || read.Diagnostics[0].Summary != `Permission set group "Order_Desk" is not up to date` {
		t.Errorf("%d warnings", len(read.Diagnostics))
	}
}

// A member is written while its group is being recalculated: Salesforce refuses that until it is done.
func TestAccPermissionSetOfBusyGroup(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	member := func(more string) string {
		return permissionSetConfig("Billing_Sync", more) + groupConfig("Order_Desk", `permission_sets = [salesforce_permission_set.billing.name]`)
	}
	o.test(
		t, o.withoutGroups,
		resource.TestStep{Config: member("")},
		resource.TestStep{
			PreConfig: func() {
				o.Fail(groupWrites, 2, busyGroup)
			},
			Config: member(`user_permissions = ["ViewSetup"]`),
			Check: func(*terraform.State) error {
				if n := len(o.Requests(groupWrites)); n != 3 {
					return fmt.Errorf("%d writes were sent", n)
				}
				return nil
			},
		},
	)
}
