package provider

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const assignmentAddress = "salesforce_permission_set_assignment.billing"

func assignmentConfig(username, permissionSet, more string) string {
	return fmt.Sprintf(`
resource "salesforce_permission_set_assignment" "billing" {
  username       = %q
  permission_set = %q
  %s
}
`, username, permissionSet, more)
}

// assignmentOrg is an org with a user and a permission set to put together.
func assignmentOrg(t *testing.T) (o *testOrg, userID, setID string) {
	t.Helper()
	o = newOrg(t)
	return o, o.insert(t, "User", person("ada@example.com", o.profile(t, "Standard User"))), o.insert(t, "PermissionSet", set("Billing", nil))
}

func TestAccPermissionSetAssignment(t *testing.T) {
	t.Parallel()
	o, user, billing := assignmentOrg(t)
	sameID := statecheck.CompareValue(compare.ValuesSame())
	o.test(
		t, o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 0),
		resource.TestStep{
			Config: assignmentConfig("Ada@Example.com", "billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("assignee_id"), knownvalue.StringExact(user)),
					plancheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("permission_set_id"), knownvalue.StringExact(billing)),
					plancheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("expiration_date"), knownvalue.Null()),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(assignmentAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("username"), knownvalue.StringExact("Ada@Example.com")),
				statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("permission_set"), knownvalue.StringExact("billing")),
				statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("is_active"), knownvalue.Bool(true)),
			},
			Check: o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 1),
		},
		resource.TestStep{ // other case is no other name
			Config: assignmentConfig("ada@example.com", "Billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionUpdate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(assignmentAddress, tfjsonpath.New("id"))},
		},
		resource.TestStep{ResourceName: assignmentAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: assignmentAddress, ImportState: true, ImportStateId: "ADA@example.com:Billing", ImportStateVerify: true},
		resource.TestStep{
			Config: assignmentConfig("ada@example.com", "Billing", `expiration_date = "2040-01-31T18:00:00+02:00"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionUpdate), changesOnly(assignmentAddress, "expiration_date")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(assignmentAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("expiration_date"), knownvalue.StringExact("2040-01-31T18:00:00+02:00")),
			},
			Check: func(*terraform.State) error {
				row := o.Record(o.assignments("PermissionSetAssignment", user, "PermissionSetId", billing)[0])
				if at, _ := row["ExpirationDate"].(time.Time); !at.Equal(time.Date(2040, 1, 31, 16, 0, 0, 0, time.UTC)) {
					return fmt.Errorf("the org has the expiry %v", row["ExpirationDate"])
				}
				return nil
			},
		},
		resource.TestStep{ // left out is left alone
			Config:           assignmentConfig("ada@example.com", "Billing", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

func TestPermissionSetAssignmentDrift(t *testing.T) {
	t.Parallel()
	o, user, billing := assignmentOrg(t)
	config := assignmentConfig("ada@example.com", "Billing", `expiration_date = "2040-01-31T18:00:00Z"`)
	ours := time.Date(2040, 1, 31, 18, 0, 0, 0, time.UTC)
	row := func() map[string]any {
		return o.Record(o.assignments("PermissionSetAssignment", user, "PermissionSetId", billing)[0])
	}
	var drifts []drift
	for _, theirs := range []any{nil, ours.Add(time.Hour)} {
		drifts = append(drifts, drift{
			"expiration_date",
			func(t *testing.T) {
				t.Helper()
				o.update(t, row()["Id"].(string), map[string]any{"ExpirationDate": theirs})
			},
			func() error {
				if at, _ := row()["ExpirationDate"].(time.Time); !at.Equal(ours) {
					return fmt.Errorf("ExpirationDate is %v", row()["ExpirationDate"])
				}
				return nil
			},
		})
	}
	steps := append([]resource.TestStep{{Config: config}}, driftSteps(t, assignmentAddress, config, drifts)...)
	steps = append(
		steps,
		resource.TestStep{ // deleted in Setup
			PreConfig:        func() { o.remove(t, row()["Id"].(string)) },
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionCreate)}},
			Check:            o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 1),
		},
		resource.TestStep{ // the user and the set are renamed in Setup, and the configuration follows
			PreConfig: func() {
				o.update(t, user, map[string]any{"Username": "ada.king@example.com"})
				o.update(t, billing, map[string]any{"Name": "Invoicing"})
			},
			Config:           assignmentConfig("ada.king@example.com", "Invoicing", `expiration_date = "2040-01-31T18:00:00Z"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionNoop)}},
		},
	)
	o.play(t, o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 0), steps...)
}

// An assignment that has expired stays as it is until somebody renews it.
func TestPermissionSetAssignmentExpires(t *testing.T) {
	t.Parallel()
	o, user, billing := assignmentOrg(t)
	o.play(
		t, o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 0),
		resource.TestStep{Config: assignmentConfig("ada@example.com", "Billing", "")},
		resource.TestStep{
			PreConfig: func() {
				row := o.assignments("PermissionSetAssignment", user, "PermissionSetId", billing)[0]
				o.update(t, row, map[string]any{"ExpirationDate": time.Date(2020, 1, 31, 18, 0, 0, 0, time.UTC)})
			},
			Config:            assignmentConfig("ada@example.com", "Billing", `expiration_date = "2020-01-31T18:00:00Z"`),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionNoop)}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("is_active"), knownvalue.Bool(false))},
		},
		resource.TestStep{
			Config:            assignmentConfig("ada@example.com", "Billing", `expiration_date = "2040-01-31T18:00:00Z"`),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownValue(assignmentAddress, tfjsonpath.New("is_active"))}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(assignmentAddress, tfjsonpath.New("is_active"), knownvalue.Bool(true))},
		},
	)
}

func TestAccPermissionSetAssignmentReplaced(t *testing.T) {
	t.Parallel()
	o, user, billing := assignmentOrg(t)
	other := o.insert(t, "PermissionSet", set("Orders", nil))
	config := assignmentConfig("ada@example.com", "Billing", "")
	o.test(
		t, o.joined("PermissionSetAssignment", user, "PermissionSetId", other, 0),
		resource.TestStep{Config: config},
		resource.TestStep{ // the assignment that is there is the one that goes
			Taint: []string{assignmentAddress}, Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionReplace)}},
			Check:            o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 1),
		},
		resource.TestStep{
			Config:           assignmentConfig("ada@example.com", "Orders", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(assignmentAddress, plancheck.ResourceActionReplace)}},
			Check: resource.ComposeTestCheckFunc(
				o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 0),
				o.joined("PermissionSetAssignment", user, "PermissionSetId", other, 1),
			),
		},
	)
}

// A user, its licence and a permission set that is tied to the licence go together in one apply, and in the right order.
func TestAccPermissionSetAssignmentOfNewUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "PermissionSet", set("Tied", o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)))
	o.test(t, nothing, resource.TestStep{
		Config: fmt.Sprintf(`
resource "salesforce_user" "sync" {
  username   = "sync@example.com"
  email      = "integrations@example.com"
  last_name  = "Sync"
  profile_id = %q
}

resource "salesforce_permission_set_license_assignment" "api" {
  username               = salesforce_user.sync.username
  permission_set_license = %q
}

resource "salesforce_permission_set_assignment" "billing" {
  username       = salesforce_permission_set_license_assignment.api.username
  permission_set = "Tied"
}
`, o.profile(t, "Minimum Access - API Only Integrations"), integrationLicense),
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectUnknownValue(assignmentAddress, tfjsonpath.New("assignee_id"))},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		Check: func(*terraform.State) error {
			user := o.Find("User", "Username", "sync@example.com")["Id"].(string)
			return o.joined("PermissionSetAssignment", user, "PermissionSetId", o.id(t, "PermissionSet", "Name", "Tied"), 1)(nil)
		},
	})
}

// A licence that the same plan assigns to a user counts as held, and is given before the permission set that is tied to it.
func TestAccPermissionSetAssignmentOfNewLicense(t *testing.T) {
	t.Parallel()
	o, ada, _, licence := licenseOrg(t)
	tied := o.insert(t, "PermissionSet", set("Tied", licence))
	o.test(t, o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 0), resource.TestStep{
		Config: licenseAssignmentConfig("ada@example.com", integrationLicense) + `
resource "salesforce_permission_set_assignment" "billing" {
  username       = salesforce_permission_set_license_assignment.api.username
  permission_set = "Tied"
}
`,
		Check: o.joined("PermissionSetAssignment", ada, "PermissionSetId", tied, 1),
	})
}

func TestAccPermissionSetAssignmentOfPackage(t *testing.T) {
	t.Parallel()
	o, ada, _ := assignmentOrg(t)
	values := set("Sync", nil)
	values["NamespacePrefix"] = "acme"
	packaged := o.insert(t, "PermissionSet", values)
	o.test(
		t, o.joined("PermissionSetAssignment", ada, "PermissionSetId", packaged, 0),
		resource.TestStep{
			Config:           assignmentConfig("ada@example.com", "acme__Sync", ""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            o.joined("PermissionSetAssignment", ada, "PermissionSetId", packaged, 1),
		},
		resource.TestStep{ResourceName: assignmentAddress, ImportState: true, ImportStateId: "ada@example.com:acme__Sync", ImportStateVerify: true},
	)
}

func TestPermissionSetAssignmentPlanErrors(t *testing.T) {
	t.Parallel()
	o, user, billing := assignmentOrg(t)
	o.insert(t, "PermissionSet", set("ForIdentity", o.id(t, "PermissionSetLicense", "DeveloperName", "IdentityConnect")))
	o.insert(t, "PermissionSet", set("ForPlatform", o.id(t, "UserLicense", "Name", "Salesforce Platform")))
	bob := o.insert(t, "User", person("bob@example.com", o.profile(t, "Standard User")))
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": bob, "PermissionSetId": billing})
	if user == bob {
		t.Fatal("one user for two")
	}
	for name, c := range map[string]struct{ username, set, more, message string }{
		"unknown user":          {"adda@example.com", "Billing", "", `(?s)Unknown user.*Did you\s+mean\s+"ada@example\.com".*salesforce_user\.<name>\.username`},
		"unknown set":           {"ada@example.com", "Biling", "", `(?s)Unknown permission set.*Did you mean\s+"Billing".*salesforce_permission_set\.<name>\.name`},
		"assigned already":      {"bob@example.com", "Billing", "", `(?s)Already assigned.*terraform import salesforce_permission_set_assignment\.<name> 0Pa`},
		"licence not held":      {"ada@example.com", "ForIdentity", "", `(?s)another licence.*permission set licence\s+"IdentityConnect"`},
		"other user licence":    {"ada@example.com", "ForPlatform", "", `(?s)another licence.*user\s+licence "Salesforce\s+Platform"`},
		"over already":          {"ada@example.com", "Billing", `expiration_date = "2020-01-31T18:00:00Z"`, `Expiry is in the past`},
		"fractions of a second": {"ada@example.com", "Billing", `expiration_date = "2040-01-31T18:00:00.5Z"`, `fractions of a second`},
		"no time":               {"ada@example.com", "Billing", `expiration_date = "tomorrow"`, `RFC3339`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, assignmentConfig(c.username, c.set, c.more), c.message)
		})
	}
}

func TestAccPermissionSetAssignmentImportErrors(t *testing.T) {
	t.Parallel()
	o, _, _ := assignmentOrg(t)
	o.test(t, nothing, resource.TestStep{
		Config: assignmentConfig("ada@example.com", "Billing", "") + `
import {
  to = salesforce_permission_set_assignment.billing
  id = "ada@example.com:Billing"
}
`,
		ExpectError: regexp.MustCompile(`(?s)Unable to import.*username:permission_set`),
	})
}

func TestPermissionSetAssignmentFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"reset after commit": {ResetAfterCommit: true},
		"truncated answer":   {TruncateBody: true},
		"reset before":       {Reset: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, user, billing := assignmentOrg(t)
			o.Fail(sfmock.Match{Method: "POST", Path: "/composite/sobjects"}, 1, fault)
			o.play(t, o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 0), resource.TestStep{
				Config: assignmentConfig("ada@example.com", "Billing", `expiration_date = "2040-01-31T18:00:00Z"`),
				Check:  o.joined("PermissionSetAssignment", user, "PermissionSetId", billing, 1),
			})
		})
	}
}
