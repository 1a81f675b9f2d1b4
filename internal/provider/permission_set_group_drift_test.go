package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

func TestPermissionSetGroupDrift(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	o.insert(t, "ApexPage", map[string]any{"Name": "OrderPdf", "MasterLabel": "Order PDF"})
	o.insert(t, "CustomPermission", map[string]any{"DeveloperName": "Bypass_Approval", "MasterLabel": "Bypass Approval"})
	o.insert(t, "FlowDefinition", map[string]any{"DeveloperName": "Order_Entry", "MasterLabel": "Order Entry"})
	o.set(t, "Quality")

	const name = "Order_Desk"
	set := func(t *testing.T, kind, name string, content map[string]any) {
		t.Helper()
		if err := o.SetComponent(kind, name, content); err != nil {
			t.Fatal(err)
		}
	}
	head := func(attribute, element string, theirs any, repaired func(group map[string]any) bool) drift {
		return drift{attribute, func(t *testing.T) {
			t.Helper()
			group, _ := o.group(name)
			group[element] = theirs
			set(t, permissionSetGroupKind, name, group)
		}, func() error {
			if group, _ := o.group(name); !repaired(group) {
				return fmt.Errorf("the org has %v", group)
			}
			return nil
		}}
	}
	members := func(group map[string]any) bool {
		return slices.Equal(entriesOf(group, memberElement), []string{"Billing", "Orders"})
	}
	muted := func(element string, change func([]any) []any, want ...string) drift {
		return drift{"muted", func(t *testing.T) {
			t.Helper()
			_, muting := o.group(name)
			list, _ := muting[element].([]any)
			muting[element] = change(list)
			set(t, mutingSetKind, muting["fullName"].(string), muting)
		}, func() error {
			if _, muting := o.group(name); !slices.Equal(entriesOf(muting, element), want) {
				return fmt.Errorf("the org mutes the %s %v, not %v", element, entriesOf(muting, element), want)
			}
			return nil
		}}
	}
	flip := func(member string, value any) func([]any) []any {
		return func(list []any) []any {
			list[0].(map[string]any)[member] = value
			return list
		}
	}

	var more strings.Builder
	more.WriteString(`
  description     = "Enters orders"
  permission_sets = ["Billing", "Orders"]
  muted = {
    object_permissions = { Account = ["delete"] }
    field_permissions  = { "Contact.AccountId" = "edit" }
    tabs               = { "standard-Account" = "Available" }
`)
	drifts := []drift{
		{"name", func(t *testing.T) {
			t.Helper()
			o.update(t, o.id(t, permissionSetGroupKind, "DeveloperName", name), map[string]any{"DeveloperName": "Renamed"})
		}, func() error {
			if o.Find(permissionSetGroupKind, "DeveloperName", name) == nil {
				return fmt.Errorf("%s is not there", name)
			}
			return nil
		}},
		head("label", "label", "Desk", func(group map[string]any) bool { return group["label"] == "Order Desk" }),
		head("description", "description", nil, func(group map[string]any) bool { return group["description"] == "Enters orders" }),
		head("has_activation_required", "hasActivationRequired", "true", func(group map[string]any) bool { return group["hasActivationRequired"] == "false" }),
		head("permission_sets", memberElement, []any{"Billing", "Orders", "Quality"}, members),
		head("permission_sets", memberElement, []any{"Orders"}, members),
		head("permission_sets", memberElement, []any{}, members),
		muted("objectPermissions", flip("allowEdit", "true"),
			"map[allowCreate:false allowDelete:true allowEdit:false allowRead:false modifyAllRecords:false object:Account viewAllFields:false viewAllRecords:false]"),
		muted("fieldPermissions", flip("readable", "true"), "map[editable:true field:Contact.AccountId readable:false]"),
		muted("tabSettings", flip("visibility", "Visible"), "map[tab:standard-Account visibility:Available]"),
		{"muted", func(t *testing.T) { // the muting permission set taken away as a whole
			t.Helper()
			group, _ := o.group(name)
			group[mutingElement] = []any{}
			set(t, permissionSetGroupKind, name, group)
		}, func() error { return o.grouped(name, name+"_Muting", "Billing", "Orders")(nil) }},
	}
	for _, l := range nameLists {
		d, known := sectionDrifts[l.attribute]
		if !known {
			t.Fatalf("nothing drifts on %s", l.attribute)
		}
		fmt.Fprintf(&more, "    %s = [%q]\n", l.attribute, d.ours)
		drifts = append(drifts, muted(l.list.Element, func(list []any) []any {
			return append(list, map[string]any{l.list.Key: d.theirs, l.list.Switch: "true"})
		}, fmt.Sprint(map[string]any{l.list.Key: d.ours, l.list.Switch: "true"})))
	}
	config := groupConfig(name, more.String()+"  }\n")
	o.play(t, o.withoutGroups, append([]resource.TestStep{{Config: config}}, driftSteps(t, groupAddress, config, drifts)...)...)
}

// Muting that somebody adds to a group of which nothing is muted shows, and goes with its muting permission set.
func TestPermissionSetGroupMutedInSetup(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	config := groupConfig("Order_Desk", "")
	o.play(t, o.withoutGroups, append([]resource.TestStep{{Config: config}}, driftSteps(t, groupAddress, config, []drift{{
		"muted", func(t *testing.T) {
			t.Helper()
			muting := o.insert(t, mutingSetKind, map[string]any{"DeveloperName": "Quiet", "MasterLabel": "Quiet", "PermissionsViewSetup": true})
			o.insert(t, "PermissionSetGroupComponent", map[string]any{"PermissionSetGroupId": o.id(t, permissionSetGroupKind, "DeveloperName", "Order_Desk"), "PermissionSetId": muting})
		},
		func() error { return o.grouped("Order_Desk", "")(nil) },
	}})...)...)
}

// That Salesforce has not recalculated a group yet is no difference.
func TestAccPermissionSetGroupOutdated(t *testing.T) {
	t.Parallel()
	o := groupOrg(t)
	config := groupConfig("Order_Desk", `permission_sets = ["Billing"]`)
	o.test(
		t, o.withoutGroups,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				o.SetRecalculation(waitAtMost)
				o.update(t, o.id(t, permissionSetKind, "Name", "Billing"), map[string]any{"PermissionsViewSetup": true})
			},
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			PreConfig:         func() { o.SetRecalculation(0) },
			RefreshState:      true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}
