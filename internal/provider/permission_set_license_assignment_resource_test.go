package provider

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const licenseAssignmentAddress = "salesforce_permission_set_license_assignment.api"

func licenseAssignmentConfig(username, licence string) string {
	return fmt.Sprintf(`
resource "salesforce_permission_set_license_assignment" "api" {
  username               = %q
  permission_set_license = %q
}
`, username, licence)
}

// licenseOrg is an org with two integrations' users who hold no permission set licence.
func licenseOrg(t *testing.T) (o *testOrg, ada, bob, licence string) {
	t.Helper()
	o = newOrg(t)
	apiOnly := o.profile(t, "Minimum Access - API Only Integrations")
	return o, o.insert(t, "User", person("ada@example.com", apiOnly)), o.insert(t, "User", person("bob@example.com", apiOnly)),
		o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)
}

func TestAccPermissionSetLicenseAssignment(t *testing.T) {
	t.Parallel()
	o, ada, bob, licence := licenseOrg(t)
	if err := o.SetSeats(integrationLicense, 1); err != nil {
		t.Fatal(err)
	}
	sameID := statecheck.CompareValue(compare.ValuesSame())
	config := licenseAssignmentConfig("ada@example.com", integrationLicense)
	o.test(
		t, o.joined("PermissionSetLicenseAssign", bob, "PermissionSetLicenseId", licence, 0),
		resource.TestStep{
			Config: licenseAssignmentConfig("ADA@example.com", integrationLicense),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(licenseAssignmentAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(licenseAssignmentAddress, tfjsonpath.New("assignee_id"), knownvalue.StringExact(ada)),
					plancheck.ExpectKnownValue(licenseAssignmentAddress, tfjsonpath.New("permission_set_license_id"), knownvalue.StringExact(licence)),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(licenseAssignmentAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(licenseAssignmentAddress, tfjsonpath.New("username"), knownvalue.StringExact("ADA@example.com")),
			},
			Check: o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 1),
		},
		resource.TestStep{ // other case is no other name
			Config:            config,
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenseAssignmentAddress, plancheck.ResourceActionUpdate), changesOnly(licenseAssignmentAddress, "username")}},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(licenseAssignmentAddress, tfjsonpath.New("id"))},
		},
		resource.TestStep{ResourceName: licenseAssignmentAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: licenseAssignmentAddress, ImportState: true, ImportStateId: "ada@example.com:" + integrationLicense, ImportStateVerify: true},
		resource.TestStep{ // the only seat is its own
			Taint: []string{licenseAssignmentAddress}, Config: config,
			Check: o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 1),
		},
		resource.TestStep{ // deleted in Setup
			PreConfig: func() {
				o.remove(t, o.assignments("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence)[0])
			},
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenseAssignmentAddress, plancheck.ResourceActionCreate)}},
			Check:            o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 1),
		},
		resource.TestStep{ // the only seat goes from one to the other
			Config:           licenseAssignmentConfig("bob@example.com", integrationLicense),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenseAssignmentAddress, plancheck.ResourceActionReplace)}},
			Check: resource.ComposeTestCheckFunc(
				o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 0),
				o.joined("PermissionSetLicenseAssign", bob, "PermissionSetLicenseId", licence, 1),
			),
		},
		resource.TestStep{ // renamed in Setup
			PreConfig:        func() { o.update(t, bob, map[string]any{"Username": "bob.sync@example.com"}) },
			Config:           licenseAssignmentConfig("bob.sync@example.com", integrationLicense),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenseAssignmentAddress, plancheck.ResourceActionNoop)}},
		},
	)
}

func TestPermissionSetLicenseAssignmentPlanErrors(t *testing.T) {
	t.Parallel()
	o, _, bob, licence := licenseOrg(t)
	o.insert(t, "PermissionSetLicenseAssign", map[string]any{"AssigneeId": bob, "PermissionSetLicenseId": licence})
	for name, c := range map[string]struct{ username, licence, message string }{
		"unknown user":    {"adda@example.com", integrationLicense, `(?s)Unknown user.*Did you\s+mean\s+"ada@example\.com"`},
		"unknown licence": {"ada@example.com", "SalesforceAPIIntegrationPSI", `(?s)Unknown permission set licence.*Did\s+you\s+mean\s+"SalesforceAPIIntegrationPsl"`},
		"held already":    {"bob@example.com", integrationLicense, `(?s)Already assigned.*terraform import salesforce_permission_set_license_assignment\.<name> 2LA`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.refuses(t, licenseAssignmentConfig(c.username, c.licence), c.message)
		})
	}
}

// Seats are counted over the whole plan.
func TestAccPermissionSetLicenseAssignmentSeats(t *testing.T) {
	t.Parallel()
	o, _, _, _ := licenseOrg(t)
	if err := o.SetSeats("IdentityConnect", 1); err != nil {
		t.Fatal(err)
	}
	o.test(t, nothing, resource.TestStep{
		Config: licenseAssignmentConfig("ada@example.com", "IdentityConnect") + `
resource "salesforce_permission_set_license_assignment" "other" {
  username               = "bob@example.com"
  permission_set_license = "IdentityConnect"
}
`,
		ExpectError: regexp.MustCompile(`(?s)No free seat.*this plan\s+needs\s+2\s+more`),
	})
}

// A licence that a permission set of its holder needs stays until the permission set is taken away.
func TestPermissionSetLicenseAssignmentNeeded(t *testing.T) {
	t.Parallel()
	o, ada, _, licence := licenseOrg(t)
	tied := o.insert(t, "PermissionSet", set("Tied", licence))
	config := licenseAssignmentConfig("ada@example.com", integrationLicense)
	var assignment string
	o.play(
		t, o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 0),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				assignment = o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": ada, "PermissionSetId": tied})
			},
			Config: config, Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete permission set licence assignment.*Take that away first`),
		},
		resource.TestStep{PreConfig: func() { o.remove(t, assignment) }, Config: config},
	)
}

func TestPermissionSetLicenseAssignmentFaults(t *testing.T) {
	t.Parallel()
	o, ada, _, licence := licenseOrg(t)
	o.Fail(sfmock.Match{Method: "POST", Path: "/composite/sobjects"}, 1, sfmock.Fault{ResetAfterCommit: true})
	o.play(t, o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 0), resource.TestStep{
		Config: licenseAssignmentConfig("ada@example.com", integrationLicense),
		Check:  o.joined("PermissionSetLicenseAssign", ada, "PermissionSetLicenseId", licence, 1),
	})
}
