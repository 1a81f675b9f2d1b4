package provider

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestProfileDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "ApexPage", map[string]any{"Name": "OrderPdf", "MasterLabel": "Order PDF"})
	o.insert(t, "CustomPermission", map[string]any{"DeveloperName": "Bypass_Approval", "MasterLabel": "Bypass Approval"})
	o.insert(t, "FlowDefinition", map[string]any{"DeveloperName": "Order_Entry", "MasterLabel": "Order Entry"})
	var id string
	var more strings.Builder
	more.WriteString(`
  description        = "Logs in"
  object_permissions = { Account = ["read", "edit"] }
  field_permissions  = { "Account.Industry" = "read", "Contact.AccountId" = "read" }
  record_types       = { "Account.Business" = "Default", "Account.Private" = "Visible" }
  applications       = { standard__Sales = "Default" }
  tabs               = { standard-Account = "DefaultOn" }
  login_hours        = { monday = "08:00-18:00" }
  login_ip_ranges    = { "192.0.2.10-192.0.2.20" = "office", "2001:db8:7::/48" = "" }
`)
	fullName := profileFullName
	section := func(attribute, element string, theirs any, ours ...string) drift {
		return drift{
			attribute,
			func(t *testing.T) { t.Helper(); o.layOver(t, fullName, map[string]any{element: theirs}) },
			func() error {
				content, _ := o.Component(profileKind, fullName)
				if got := entriesOf(content, element); !slices.Equal(got, ours) {
					return fmt.Errorf("the org has %v, not %v", got, ours)
				}
				return nil
			},
		}
	}
	column := func(attribute, column string, theirs, ours any) drift {
		return drift{
			attribute,
			func(t *testing.T) { t.Helper(); o.update(t, id, map[string]any{column: theirs}) },
			func() error {
				if got := o.Record(id)[column]; got != ours {
					return fmt.Errorf("%s is %v", column, got)
				}
				return nil
			},
		}
	}
	entry := func(pairs ...any) map[string]any {
		e := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			e[pairs[i].(string)] = pairs[i+1]
		}
		return e
	}
	const account = "map[allowCreate:false allowDelete:false allowEdit:true allowRead:true modifyAllRecords:false object:Account viewAllFields:false viewAllRecords:false]"
	fields := []string{"map[editable:false field:Account.Industry readable:true]", "map[editable:false field:Contact.Account readable:true]"}
	types := []string{"map[default:false recordType:Account.Private visible:true]", "map[default:true recordType:Account.Business visible:true]"}
	ranges := []string{"map[description:office endAddress:192.0.2.20 startAddress:192.0.2.10]", "map[endAddress:2001:db8:7:ffff:ffff:ffff:ffff:ffff startAddress:2001:db8:7::]"}
	drifts := []drift{
		section("object_permissions", "objectPermissions", entry("object", "Account", "allowCreate", true, "allowRead", true), account),
		section("object_permissions", "objectPermissions", entry("object", "Contact", "allowRead", true), account),
		section("object_permissions", "objectPermissions", entry("object", "Account", "allowEdit", false, "allowRead", false), account),
		section("field_permissions", "fieldPermissions", entry("field", "Contact.Account", "editable", true, "readable", true), fields...),
		section("field_permissions", "fieldPermissions", entry("field", "Contact.Email", "editable", false, "readable", true), fields...),
		section("field_permissions", "fieldPermissions", entry("field", "Account.Industry", "editable", false, "readable", false), fields...),
		section("record_types", "recordTypeVisibilities", entry("recordType", "Account.Other", "default", false, "visible", true), types...),
		section("record_types", "recordTypeVisibilities", []any{
			entry("recordType", "Account.Business", "default", false, "visible", true), entry("recordType", "Account.Private", "default", true, "visible", true),
		}, types...),
		section("applications", "applicationVisibilities", entry("application", "standard__Service", "default", true, "visible", true), "map[application:standard__Sales default:true visible:true]"),
		section("tabs", "tabVisibilities", entry("tab", "standard-Account", "visibility", "DefaultOff"), "map[tab:standard-Account visibility:DefaultOn]"),
		section("tabs", "tabVisibilities", entry("tab", "standard-Account", "visibility", hiddenTab), "map[tab:standard-Account visibility:DefaultOn]"),
		section("login_ip_ranges", rangesElement, []any{entry("startAddress", "203.0.113.1", "endAddress", "203.0.113.1")}, ranges...),
		{
			"login_hours",
			func(t *testing.T) {
				t.Helper()
				o.layOver(t, fullName, map[string]any{hoursElement: entry("mondayStart", "540", "mondayEnd", "1080", "sundayStart", "0", "sundayEnd", "1440")})
			},
			func() error {
				content, _ := o.Component(profileKind, fullName)
				if got := fmt.Sprint(content[hoursElement]); got != "map[mondayEnd:1080 mondayStart:480]" {
					return fmt.Errorf("the org has the hours %s", got)
				}
				return nil
			},
		},
		column("description", "Description", "Theirs", "Logs in"),
	}
	for _, l := range nameLists {
		d := sectionDrifts[l.attribute]
		if profileNames[l.attribute] == nil {
			continue
		}
		fmt.Fprintf(&more, "  %s = [%q]\n", l.attribute, d.ours)
		ours := fmt.Sprint(entry(l.list.Key, d.ours, l.list.Switch, "true"))
		drifts = append(
			drifts,
			section(l.attribute, l.list.Element, entry(l.list.Key, d.theirs, l.list.Switch, true), ours),
			section(l.attribute, l.list.Element, entry(l.list.Key, d.ours, l.list.Switch, false), ours),
		)
	}
	seen := map[string]bool{}
	for _, d := range drifts {
		seen[d.attribute] = true
	}
	for _, s := range profileSections {
		if !seen[s.attribute] {
			t.Errorf("nothing drifts on %s", s.attribute)
		}
	}
	config := profileConfig(profileName, more.String())
	steps := append([]resource.TestStep{{Config: config, Check: func(*terraform.State) error {
		id, _ = o.Find(profileKind, "Name", profileName)["Id"].(string)
		return nil
	}}}, driftSteps(t, profileAddress, config, drifts)...)
	steps = append(steps, resource.TestStep{ // a name that changes takes the name in metadata along
		PreConfig: func() { o.update(t, id, map[string]any{"Name": "Renamed"}) },
		Config:    config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{changesOnly(profileAddress, "name", "full_name")},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		Check: o.withoutProfile("Renamed"),
	})
	o.play(t, o.withoutProfile(profileName), steps...)
}

// What the configuration leaves out stays as it is in the org, also what Salesforce would take away when it is not sent; only what
// changes is sent.
func TestAccProfileLeavesAlone(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	flow := map[string]any{"flow": "Welcome", "flowType": "UI", "friendlyName": "Welcome", "uiLoginFlowType": "VisualWorkflow", "useLightningRuntime": "true"}
	theirs := map[string]any{
		"loginFlows": []any{flow}, rangesElement: []any{map[string]any{"startAddress": "192.0.2.1", "endAddress": "192.0.2.9"}},
		"tabVisibilities":   []any{map[string]any{"tab": "standard-Account", "visibility": "DefaultOn"}},
		"layoutAssignments": []any{map[string]any{"layout": "Account-Account Layout"}},
		"userPermissions":   []any{map[string]any{"name": "ViewSetup", "enabled": "true"}},
	}
	config := func(classes string) string {
		return profileConfig("Billing", `field_permissions = { "Account.Industry" = "read" }`+"\n  apex_classes = ["+classes+"]")
	}
	o.test(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: config(`"BillingApi"`)},
		resource.TestStep{
			PreConfig: func() { o.layOver(t, "Billing", theirs); o.ResetRequests() },
			Config:    config(`"OrderSync"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(profileAddress, "apex_classes")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				content, _ := o.Component(profileKind, "Billing")
				for element, want := range theirs {
					if element != "userPermissions" && fmt.Sprint(content[element]) != fmt.Sprint(want) {
						return fmt.Errorf("%s is %v, not %v", element, content[element], want)
					}
				}
				if o.Find(profileKind, "Name", "Billing")["PermissionsViewSetup"] != true {
					return errors.New("View Setup is gone")
				}
				writes := o.Requests(sfmock.Match{Kind: "metadata write"})
				if len(writes) != 1 {
					return fmt.Errorf("%d writes", len(writes))
				}
				for element, sent := range map[string]bool{
					"<apexClass>BillingApi</apexClass><enabled>false</enabled>": true, "<apexClass>OrderSync</apexClass><enabled>true</enabled>": true,
					"<loginFlows>": true, "<loginIpRanges>": true, "fieldPermissions": false, "tabVisibilities": false, "userPermissions": false, "layoutAssignments": false,
				} {
					if strings.Contains(string(writes[0].Body), element) != sent {
						return fmt.Errorf("sent %s: %v, in %s", element, !sent, writes[0].Body)
					}
				}
				return nil
			},
		},
		resource.TestStep{ // what was written once and is left out now is read back and not enforced
			Config:           profileConfig("Billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			PreConfig: func() {
				o.layOver(t, "Billing", map[string]any{"classAccesses": []any{map[string]any{"apexClass": "BillingApi", "enabled": "true"}}})
			},
			Config:           profileConfig("Billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttr(profileAddress, "apex_classes.#", "2"),
				resource.TestCheckNoResourceAttr(profileAddress, "tabs.%"),
			),
		},
		resource.TestStep{ // nor is what the state knows put back when it changes just before a write
			Config: profileConfig("Billing", `flows = ["Order_Approval"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{changesOnly(profileAddress, "flows"), meanwhile(func() error {
					o.layOver(t, "Billing", map[string]any{"classAccesses": []any{map[string]any{"apexClass": "BillingApi", "enabled": "false"}}})
					return nil
				})},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if got := o.profileEntry("Billing", "classAccesses", "apexClass", "BillingApi", "enabled"); got != nil {
					return fmt.Errorf("the class is granted again: %v", got)
				}
				return nil
			},
		},
	)
}

// Spelling the same otherwise changes nothing.
func TestAccProfileRespelled(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := profileConfig("Billing", `
  field_permissions = { "Contact.Account" = "read" }
  apex_classes      = ["BillingApi"]
  login_ip_ranges   = { "192.0.2.0/24" = "office", "2001:DB8::" = "", "198.51.100.7" = "one" }
  login_hours       = { monday = "08:00-18:00" }
  tabs              = { standard-Account = "DefaultOn" }
`)
	o.test(
		t, o.withoutProfile("Billing"),
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            resource.TestCheckResourceAttr(profileAddress, "login_ip_ranges.2001:DB8::", ""),
		},
		resource.TestStep{
			Config: strings.NewReplacer(
				"Contact.Account", "Contact.AccountId", "BillingApi", "billingAPI", "192.0.2.0/24", "192.0.2.0-192.0.2.255", "2001:DB8::", "2001:db8:0:0::0",
				"198.51.100.7", "198.51.100.7/32", `"08:00-18:00"`, `"08:00-18:00", friday = "00:00-24:00"`, `"DefaultOn"`, `"DefaultOn", standard-Contact = "Hidden"`,
			).Replace(config),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

func TestProfileGone(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := profileConfig("Billing", "")
	o.play(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig:        func() { o.remove(t, o.profile(t, "Billing")) },
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(profileAddress, plancheck.ResourceActionCreate)}},
		},
	)
}
