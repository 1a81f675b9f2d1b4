package provider

import (
	"fmt"
	"regexp"
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

const roleAddress = "salesforce_user_role.ops"

func roleConfig(name, more string) string {
	return fmt.Sprintf(`
resource "salesforce_user_role" "ops" {
  name = %q
  %s
}
`, name, more)
}

// roleGone checks that no role has a developer name.
func (o *testOrg) roleGone(developerName string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if o.Find("UserRole", "DeveloperName", developerName) != nil {
			return fmt.Errorf("the role %s is still there", developerName)
		}
		return nil
	}
}

func TestAccUserRole(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	ceo := o.id(t, "UserRole", "DeveloperName", "CEO")
	sameID := statecheck.CompareValue(compare.ValuesSame())
	o.test(
		t, o.roleGone("VP_Sales_Ops"),
		resource.TestStep{
			Config: roleConfig("VP, Sales & Ops", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(roleAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(roleAddress, tfjsonpath.New("developer_name"), knownvalue.StringExact("VP_Sales_Ops")),
					plancheck.ExpectKnownValue(roleAddress, tfjsonpath.New("opportunity_access_for_account_owner"), knownvalue.StringExact("None")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(roleAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(roleAddress, tfjsonpath.New("portal_type"), knownvalue.StringExact("None")),
				statecheck.ExpectKnownValue(roleAddress, tfjsonpath.New("parent_role_id"), knownvalue.Null()),
			},
			Check: func(*terraform.State) error {
				if role := o.Find("UserRole", "DeveloperName", "VP_Sales_Ops"); role["Name"] != "VP, Sales & Ops" || role["OpportunityAccessForAccountOwner"] != "None" {
					return fmt.Errorf("the org has the role %v", role)
				}
				return nil
			},
		},
		resource.TestStep{ResourceName: roleAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: roleAddress, ImportState: true, ImportStateId: "vp_sales_ops", ImportStateVerify: true},
		resource.TestStep{
			Config: roleConfig("VP Sales", fmt.Sprintf(`
  parent_role_id                = %q
  rollup_description            = "Sales"
  case_access_for_account_owner = "Read"`, ceo[:15])),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(roleAddress, "name", "parent_role_id", "rollup_description", "case_access_for_account_owner")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(roleAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(roleAddress, tfjsonpath.New("developer_name"), knownvalue.StringExact("VP_Sales_Ops")),
			},
			Check: func(*terraform.State) error {
				if role := o.Find("UserRole", "DeveloperName", "VP_Sales_Ops"); role["Name"] != "VP Sales" || role["ParentRoleId"] != ceo || role["RollupDescription"] != "Sales" {
					return fmt.Errorf("the org has the role %v", role)
				}
				return nil
			},
		},
		resource.TestStep{ // left out is left alone; empty is emptied
			Config: roleConfig("VP Sales", `
  parent_role_id     = ""
  rollup_description = ""`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(roleAddress, "parent_role_id", "rollup_description")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if role := o.Find("UserRole", "DeveloperName", "VP_Sales_Ops"); role["ParentRoleId"] != nil || role["RollupDescription"] != nil || role["CaseAccessForAccountOwner"] != "Read" {
					return fmt.Errorf("the org has the role %v", role)
				}
				return nil
			},
		},
	)
}

func TestUserRoleDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	ceo, sales := o.id(t, "UserRole", "DeveloperName", "CEO"), o.id(t, "UserRole", "DeveloperName", "VP_Sales")
	config := roleConfig("Ops", fmt.Sprintf(`
  developer_name                       = "Ops"
  parent_role_id                       = %q
  rollup_description                   = "Operations"
  opportunity_access_for_account_owner = "Read"
  case_access_for_account_owner        = "Read"
  contact_access_for_account_owner     = "Read"
`, ceo))
	var id string
	var drifts []drift
	for _, d := range []struct {
		attribute, column string
		theirs, ours      any
	}{
		{"name", "Name", "Operations", "Ops"},
		{"developer_name", "DeveloperName", "Operations", "Ops"},
		{"parent_role_id", "ParentRoleId", sales, ceo},
		{"parent_role_id", "ParentRoleId", nil, ceo},
		{"rollup_description", "RollupDescription", nil, "Operations"},
		{"opportunity_access_for_account_owner", "OpportunityAccessForAccountOwner", "Edit", "Read"},
		{"case_access_for_account_owner", "CaseAccessForAccountOwner", "None", "Read"},
		{"contact_access_for_account_owner", "ContactAccessForAccountOwner", "Edit", "Read"},
	} {
		drifts = append(drifts, drift{
			d.attribute,
			func(t *testing.T) { t.Helper(); o.update(t, id, map[string]any{d.column: d.theirs}) },
			func() error {
				if role := o.Record(id); role[d.column] != d.ours {
					return fmt.Errorf("%s is %v", d.column, role[d.column])
				}
				return nil
			},
		})
	}
	created := resource.TestStep{Config: config, Check: func(*terraform.State) error {
		id = o.Find("UserRole", "DeveloperName", "Ops")["Id"].(string)
		return nil
	}}
	deleted := resource.TestStep{
		PreConfig: func() { o.remove(t, id) }, Config: config,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(roleAddress, plancheck.ResourceActionCreate)}},
	}
	o.play(t, o.roleGone("Ops"), append(append([]resource.TestStep{created}, driftSteps(t, roleAddress, config, drifts)...), deleted)...)
}

func TestUserRoleInUse(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := o.insert(t, "User", person("ada@example.com", o.profile(t, "Standard User")))
	config := roleConfig("Ops", "")
	o.play(
		t, o.roleGone("Ops"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() { o.update(t, user, map[string]any{"UserRoleId": o.id(t, "UserRole", "DeveloperName", "Ops")}) },
			Config:    config, Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete role "Ops".*Give the users in this role another one`),
		},
		resource.TestStep{PreConfig: func() { o.update(t, user, map[string]any{"UserRoleId": nil}) }, Config: config},
	)
}

func TestUserRolePlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for name, c := range map[string]struct{ role, more, message string }{
		"taken developer name":   {"VP & Sales", "", `(?s)Developer name is taken.*terraform import salesforce_user_role\.<name> 00E`},
		"unknown parent":         {"Ops", `parent_role_id = "00E000000000001EAA"`, `Unknown role`},
		"wrong parent":           {"Ops", `parent_role_id = "005000000000001AAA"`, `id of a\s+UserRole`},
		"unknown access":         {"Ops", `case_access_for_account_owner = "Write"`, `case_access_for_account_owner`},
		"wrong developer name":   {"Ops", `developer_name = "Sales Ops"`, `single underscores`},
		"long name":              {strings.Repeat("x", 81), "", `at most 80\s+characters`},
		"trailing space in text": {"Ops", `rollup_description = "Operations "`, `space at an end`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, roleConfig(c.role, c.more), c.message)
		})
	}
}

// Where accounts control the access to their contacts, Salesforce lets nobody write a role's.
func TestUserRoleContactsControlledByAccounts(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.Fail(sfmock.Match{Path: "/sobjects/UserRole/describe"}, -1, sfmock.Fault{
		Status: 200, ContentType: "application/json", Body: `{"fields":[{"name":"ContactAccessForAccountOwner","createable":false,"updateable":false}]}`,
	})
	o.refuses(t, roleConfig("Ops", `contact_access_for_account_owner = "Read"`), `(?s)can't be set in this org.*Controlled by Parent`)
}

func TestUserRoleFaults(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	roles := len(o.Records("UserRole"))
	o.Fail(sfmock.Match{Method: "POST", Path: "/composite/sobjects"}, 1, sfmock.Fault{ResetAfterCommit: true})
	o.play(t, o.roleGone("Ops"), resource.TestStep{
		Config: roleConfig("Ops", `rollup_description = "Operations"`),
		Check: func(*terraform.State) error {
			if n := len(o.Records("UserRole")); n != roles+1 {
				return fmt.Errorf("the org has %d roles more", n-roles)
			}
			return nil
		},
	})
}

func TestDeveloperName(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"VP, Sales & Ops":         "VP_Sales_Ops",
		"  CEO  ":                 "CEO",
		"1st Level":               "X1st_Level",
		"Vertrieb Süd":            "Vertrieb_S_d",
		"営業":                      "X",
		"a__b":                    "a_b",
		strings.Repeat("ab ", 40): strings.TrimRight(strings.Repeat("ab_", 27)[:80], "_"),
	} {
		if got := developerName(label); got != want {
			t.Errorf("%q becomes %q, not %q", label, got, want)
		}
	}
}
