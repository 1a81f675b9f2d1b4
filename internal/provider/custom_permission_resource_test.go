package provider

import (
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

const customPermissionAddress = "salesforce_custom_permission.correct"

func customPermissionConfig(name, more string) string {
	return fmt.Sprintf(`
resource "salesforce_custom_permission" "correct" {
  name  = %q
  label = "Correct Invoices"
  %s
}
`, name, more)
}

// withoutCustomPermission checks that the org has no custom permission of a name.
func (o *testOrg) withoutCustomPermission(name string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if found := o.Find(customPermissionKind, "DeveloperName", name); found != nil {
			return fmt.Errorf("the custom permission %s is still there", name)
		}
		return nil
	}
}

// setCustomPermission writes a custom permission as an administrator does in Setup.
func (o *testOrg) setCustomPermission(t *testing.T, name string, content map[string]any) {
	t.Helper()
	content["isLicensed"] = "false"
	if err := o.SetComponent(customPermissionKind, name, content); err != nil {
		t.Fatal(err)
	}
}

// hasCustomPermission checks what the org says of the custom permission Correct_Invoices; nil is an element that is not there.
func (o *testOrg) hasCustomPermission(want map[string]any) error {
	content, _ := o.Component(customPermissionKind, "Correct_Invoices")
	for element, value := range want {
		got := content[element]
		if element == requiredElement {
			got, value = entriesOf(content, element), value.([]string)
			if !slices.Equal(got.([]string), value.([]string)) {
				return fmt.Errorf("the org requires %v, not %v", got, value)
			}
		} else if got != value {
			return fmt.Errorf("the org has the %s %v, not %v", element, got, value)
		}
	}
	return nil
}

const requiresBypass = "map[customPermission:Bypass_Validation dependency:true]"

func TestAccCustomPermission(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	sameID := statecheck.CompareValue(compare.ValuesSame())
	const written = `
  description          = "Lets invoices be corrected"
  required_permissions = ["bypass_validation"]
  timeouts             = { create = "5m" }`
	o.test(
		t, o.withoutCustomPermission("Amend_Invoices"),
		resource.TestStep{
			Config: customPermissionConfig("Correct_Invoices", written),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(customPermissionAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(customPermissionAddress, tfjsonpath.New("id")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(customPermissionAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(customPermissionAddress, tfjsonpath.New("is_licensed"), knownvalue.Bool(false)),
			},
			Check: func(s *terraform.State) error {
				if id := s.RootModule().Resources[customPermissionAddress].Primary.ID; o.Find(customPermissionKind, "DeveloperName", "Correct_Invoices")["Id"] != id {
					return fmt.Errorf("the state has the id %s", id)
				}
				return o.hasCustomPermission(map[string]any{
					"label": "Correct Invoices", "description": "Lets invoices be corrected", requiredElement: []string{"map[customPermission:bypass_validation dependency:true]"},
				})
			},
		},
		resource.TestStep{ResourceName: customPermissionAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"}},
		resource.TestStep{ResourceName: customPermissionAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"}, ImportStateId: "correct_invoices"},
		resource.TestStep{ResourceName: customPermissionAddress, ImportState: true, ImportStateId: "Correct", ExpectError: regexp.MustCompile(`import id is an API name\s+or the id of a custom\s+permission`)},
		resource.TestStep{ // in another spelling, and left out: nothing to do; a new timeout asks nothing of Salesforce
			PreConfig: o.ResetRequests,
			Config:    customPermissionConfig("Correct_Invoices", `required_permissions = ["Bypass_Validation"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(customPermissionAddress, "timeouts")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if writes := o.Requests(sfmock.Match{Kind: "metadata write"}); len(writes) > 0 {
					return fmt.Errorf("%d writes for a timeout", len(writes))
				}
				return nil
			},
		},
		resource.TestStep{
			Config: strings.Replace(customPermissionConfig("Correct_Invoices", `
  description          = ""
  required_permissions = []`), "Correct Invoices", "Correct invoices", 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(customPermissionAddress, plancheck.ResourceActionUpdate),
					changesOnly(customPermissionAddress, "label", "description", "required_permissions"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(customPermissionAddress, tfjsonpath.New("id"))},
			Check: func(*terraform.State) error {
				return o.hasCustomPermission(map[string]any{"label": "Correct invoices", "description": nil, requiredElement: []string{}})
			},
		},
		resource.TestStep{
			Config: customPermissionConfig("Amend_Invoices", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(customPermissionAddress, plancheck.ResourceActionReplace)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: o.withoutCustomPermission("Correct_Invoices"),
		},
		resource.TestStep{ // its own name is not taken by another
			Taint: []string{customPermissionAddress}, Config: customPermissionConfig("Amend_Invoices", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(customPermissionAddress, plancheck.ResourceActionReplace)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
	)
}

// A permission set can grant what the same plan creates, named by reference or, as long as Terraform knows the order, by its text; and
// so can another custom permission require it. What is neither in the org nor in the plan is refused.
func TestAccCustomPermissionGranted(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	set := func(grants, more string) string {
		return permissionSetConfig("Billing_Sync", "custom_permissions = ["+grants+"]\n"+more)
	}
	permission := customPermissionConfig("Correct_Invoices", "lifecycle { create_before_destroy = true }")
	const another = `
resource "salesforce_custom_permission" "another" {
  name                 = "Delete_Invoices"
  label                = "Delete Invoices"
  required_permissions = [salesforce_custom_permission.correct.name]
}
`
	unknown := resource.TestStep{
		Config:      permission + set(`"Corect_Invoices"`, "depends_on = [salesforce_custom_permission.correct]"),
		ExpectError: regexp.MustCompile(`(?s)Unknown names in custom_permissions.*has no custom permission "Corect_Invoices".*salesforce_custom_permission\.<name>\.name`),
	}
	granted := func(names ...string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			var want []string
			for _, name := range names {
				want = append(want, "map[enabled:true name:"+name+"]")
			}
			if got := entriesOf(o.component("Billing_Sync"), "customPermissions"); !slices.Equal(got, want) {
				return fmt.Errorf("the set grants %v, not %v", got, want)
			}
			return nil
		}
	}
	empty := resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	o.test(
		t, o.withoutCustomPermission("Correct_Invoices"), unknown,
		resource.TestStep{Config: permission + set(`salesforce_custom_permission.correct.name`, ""), ConfigPlanChecks: empty, Check: granted("Correct_Invoices")},
		resource.TestStep{ // taken out and destroyed at once
			Config: set("", ""), ConfigPlanChecks: empty,
			Check: resource.ComposeTestCheckFunc(granted(), o.withoutCustomPermission("Correct_Invoices")),
		},
		resource.TestStep{
			Config:           permission + another + set(`"correct_invoices", "Delete_Invoices"`, "depends_on = [salesforce_custom_permission.another]"),
			ConfigPlanChecks: empty, Check: granted("Correct_Invoices", "Delete_Invoices"),
		},
	)
}

func TestCustomPermissionDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.setCustomPermission(t, "Bypass_Approval", map[string]any{"label": "Bypass Approval"})
	config := customPermissionConfig("Correct_Invoices", `
  description          = "Lets invoices be corrected"
  required_permissions = ["Bypass_Validation"]`)
	const name = "Correct_Invoices"
	whole := map[string]any{"label": "Correct Invoices", "description": "Lets invoices be corrected", requiredElement: []string{requiresBypass}}
	in := func(attribute, element string, theirs any) drift {
		return drift{attribute, func(t *testing.T) {
			t.Helper()
			content, _ := o.Component(customPermissionKind, name)
			content[element] = theirs
			o.setCustomPermission(t, name, content)
		}, func() error { return o.hasCustomPermission(whole) }}
	}
	required := func(names ...string) (list []any) {
		for _, n := range names {
			list = append(list, map[string]any{"customPermission": n, "dependency": "true"})
		}
		return list
	}
	steps := append([]resource.TestStep{{Config: config}}, driftSteps(t, customPermissionAddress, config, []drift{
		in("label", "label", "Correct"),
		in("description", "description", nil),
		in("description", "description", "Corrects"),
		in("required_permissions", requiredElement, nil),
		in("required_permissions", requiredElement, required("Bypass_Validation", "Bypass_Approval")),
		in("required_permissions", requiredElement, oneRow("customPermission", "Bypass_Validation", "dependency", "false")),
	})...)
	replaced := func(action plancheck.ResourceActionType, change func() error) resource.TestStep {
		return resource.TestStep{
			PreConfig: func() {
				if err := change(); err != nil {
					t.Error(err)
				}
			},
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(customPermissionAddress, action)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error { return o.hasCustomPermission(whole) },
		}
	}
	steps = append(
		steps,
		replaced(plancheck.ResourceActionReplace, func() error { return o.RenameComponent(customPermissionKind, name, "Amend_Invoices") }),
		replaced(plancheck.ResourceActionCreate, func() error { return o.RemoveComponent(customPermissionKind, name) }),
	)
	o.play(t, func(*terraform.State) error {
		for _, left := range []string{name, "Amend_Invoices"} {
			if err := o.withoutCustomPermission(left)(nil); err != nil {
				return err
			}
		}
		return nil
	}, steps...)
}

// What the configuration leaves out is read back and left alone, and so is what the schema does not know of.
func TestCustomPermissionLeavesAlone(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := customPermissionConfig("Correct_Invoices", "")
	kept := map[string]any{"description": "Corrects more", "connectedApp": "Nightly_Export", requiredElement: []string{requiresBypass}}
	describe := func(text string) {
		o.setCustomPermission(t, "Correct_Invoices", map[string]any{
			"label": "Correct Invoices", "description": text, "connectedApp": "Nightly_Export", requiredElement: oneRow("customPermission", "Bypass_Validation", "dependency", "true"),
		})
	}
	o.play(
		t, o.withoutCustomPermission("Correct_Invoices"),
		resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(customPermissionAddress, tfjsonpath.New("description"), knownvalue.Null()),
			statecheck.ExpectKnownValue(customPermissionAddress, tfjsonpath.New("required_permissions"), knownvalue.SetExact(nil)),
		}},
		resource.TestStep{
			PreConfig:        func() { describe("Corrects") },
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(customPermissionAddress, tfjsonpath.New("description"), knownvalue.StringExact("Corrects")),
				statecheck.ExpectKnownValue(customPermissionAddress, tfjsonpath.New("required_permissions"), knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("Bypass_Validation")})),
			},
		},
		resource.TestStep{
			Config: strings.Replace(config, "Correct Invoices", "Correct", 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				changesOnly(customPermissionAddress, "label"),
				meanwhile(func() error { describe("Corrects more"); return nil }),
			}},
			Check: func(*terraform.State) error { return o.hasCustomPermission(kept) },
		},
	)
}

// One that came with a package is imported under its whole name; a new one in its namespace is not for Terraform to make.
func TestAccCustomPermissionOfPackage(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.insert(t, customPermissionKind, map[string]any{"DeveloperName": "Post", "MasterLabel": "Post", "NamespacePrefix": "ledger", "IsLicensed": true})
	state := o.speak(t).importByIdentity(t, "salesforce_custom_permission", id)
	if textIn(t, state, "name") != "ledger__Post" || !state["is_licensed"].Equal(tfBool(true)) {
		t.Errorf("the state is %v", state)
	}
}

func TestCustomPermissionPlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for name, c := range map[string]struct{ name, more, message string }{
		"taken name":                {"bypass_validation", "", `(?s)Custom permission name is taken.*AttributeName\("name"\).*terraform import salesforce_custom_permission\.<name> 0CP`},
		"name of a package":         {"ledger__Post", "", `(?s)belongs to a package.*AttributeName\("name"\).*terraform import salesforce_custom_permission\.<name>\s+ledger__Post`},
		"wrong name":                {"Correct Invoices", "", `single underscores`},
		"long name":                 {strings.Repeat("x", 81), "", `at most 80`},
		"long description":          {"Correct_Invoices", fmt.Sprintf("description = %q", strings.Repeat("x", 256)), `at most 255`},
		"trailing space":            {"Correct_Invoices", `description = "Corrects "`, `space at an end`},
		"unknown requirement":       {"Correct_Invoices", `required_permissions = ["Bypass_Validatoin"]`, `(?s)Unknown custom permission.*AttributeName\("required_permissions"\).*Did you mean "Bypass_Validation"`},
		"requires itself":           {"Correct_Invoices", `required_permissions = ["Correct_Invoices"]`, `Unknown custom permission`},
		"requires one twice":        {"Correct_Invoices", `required_permissions = ["Bypass_Validation", "bypass_validation"]`, `Two names for one thing`},
		"requirement with a space":  {"Correct_Invoices", `required_permissions = ["Bypass_Validation "]`, `space at an end`},
		"is_licensed can't be said": {"Correct_Invoices", `is_licensed = true`, `is_licensed`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, customPermissionConfig(c.name, c.more), c.message)
		})
	}
}

func TestCustomPermissionFaults(t *testing.T) {
	t.Parallel()
	locked := sfmock.Fault{Status: 500, Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}
	for name, fault := range map[string]sfmock.Fault{
		"reset after commit":     {ResetAfterCommit: true},
		"reset before":           {Reset: true},
		"truncated answer":       {TruncateBody: true},
		"maintenance page":       {Status: 503, Body: "<html>Down for maintenance</html>"},
		"locked":                 locked,
		"session dies meanwhile": {KillSessions: true},
	} {
		for _, operation := range []string{"createMetadata", "updateMetadata", "deleteMetadata"} {
			t.Run(name+" of "+operation, func(t *testing.T) {
				t.Parallel()
				o := newOrg(t)
				o.Fail(sfmock.Match{Kind: "metadata write", Contains: operation}, 1, fault)
				steps := make([]resource.TestStep, 2)
				for i, more := range []string{`required_permissions = ["bypass_validation"]`, `description = "Corrects"`} {
					steps[i] = resource.TestStep{
						Config:           customPermissionConfig("Correct_Invoices", more),
						ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
					}
				}
				o.play(t, o.withoutCustomPermission("Correct_Invoices"), steps...)
			})
		}
	}
}

// A refusal is quoted, on the attribute at fault where Salesforce names it.
func TestCustomPermissionRefused(t *testing.T) {
	t.Parallel()
	refused := sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights on entity: CustomPermission"}
	for operation, verb := range map[string]string{"createMetadata": "create", "updateMetadata": "update", "deleteMetadata": "delete"} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			config := customPermissionConfig("Correct_Invoices", "")
			failing := resource.TestStep{
				PreConfig:   func() { o.Fail(sfmock.Match{Kind: "metadata write", Contains: operation}, 1, refused) },
				Config:      strings.Replace(config, "Correct Invoices", "Correct", 1),
				Destroy:     verb == "delete",
				ExpectError: regexp.MustCompile(`(?s)Unable to ` + verb + ` custom permission "Correct_Invoices".*insufficient access rights on entity: CustomPermission \(INSUFFICIENT_ACCESS\)`),
			}
			steps := []resource.TestStep{{Config: config}, failing, {Config: config}}
			if verb == "create" {
				steps = []resource.TestStep{failing, {Config: config}}
			}
			o.play(t, o.withoutCustomPermission("Correct_Invoices"), steps...)
		})
	}
}

// The permission is created, but its id can't be read: it is in the state all the same, and the next apply leaves one good permission. Where
// only its metadata can't be read, that is a warning.
func TestCustomPermissionUnreadable(t *testing.T) {
	t.Parallel()
	refused := sfmock.Fault{Status: 403, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights", After: 2} // the name is looked up for the plan and, anew, for the apply
	config := customPermissionConfig("Correct_Invoices", "")
	there := func(o *testOrg) resource.TestStep {
		return resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				return o.hasCustomPermission(map[string]any{"label": "Correct Invoices"})
			},
		}
	}
	t.Run("id", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		o.play(t, o.withoutCustomPermission("Correct_Invoices"), resource.TestStep{
			PreConfig: func() { o.Fail(sfmock.Match{Kind: "query", Contains: "FROM CustomPermission"}, 1, refused) },
			Config:    config, ExpectError: regexp.MustCompile(`(?s)Unable to read back the id of custom permission.*lacks\s+a\s+permission`),
		}, there(o))
	})
	t.Run("metadata", func(t *testing.T) {
		t.Parallel()
		o := newOrg(t)
		refused.After = 0
		o.Fail(sfmock.Match{Kind: "metadata read"}, 1, refused)
		o.play(t, o.withoutCustomPermission("Correct_Invoices"), there(o))
	})
}

// One that is granted still can't be destroyed; Salesforce is quoted, the message says what to do, and after that it can.
func TestCustomPermissionInUse(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := customPermissionConfig("Correct_Invoices", "")
	grants := func(content map[string]any) {
		content["label"] = "Billing"
		if err := o.SetComponent(permissionSetKind, "Billing", content); err != nil {
			t.Error(err)
		}
	}
	o.play(
		t, o.withoutCustomPermission("Correct_Invoices"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				grants(map[string]any{"customPermissions": oneRow("name", "Correct_Invoices", "enabled", "true")})
			},
			Config: config, Destroy: true,
			ExpectError: regexp.MustCompile(`(?s)Unable to delete custom permission "Correct_Invoices".*Salesforce says: .*used by: permission set Billing \(DELETE_FAILED\).*Take it out of the permission sets`),
		},
		resource.TestStep{PreConfig: func() { grants(map[string]any{}) }, Config: config},
	)
}

// Who may not see custom permissions can grant them all the same: Salesforce makes the check.
func TestCustomPermissionsUnseen(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.Fail(sfmock.Match{Contains: "FROM CustomPermission"}, -1, sfmock.Fault{Status: 400, Code: "INVALID_TYPE", Message: "sObject type 'CustomPermission' is not supported."})
	o.play(t, o.withoutSet("Billing_Sync"), resource.TestStep{Config: permissionSetConfig("Billing_Sync", `custom_permissions = ["Bypass_Validation"]`)})
}
