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

const (
	profileAddress = "salesforce_profile.billing"
	// A name whose form in metadata is another one.
	profileName     = "Billing: API/Übung"
	profileFullName = "Billing%3A API%2FÜbung"
)

func profileConfig(name, more string) string {
	return fmt.Sprintf(`
resource "salesforce_profile" "billing" {
  name         = %q
  user_license = "Salesforce"
  %s
}
`, name, more)
}

// withoutProfile checks that the org has no profile of a name.
func (o *testOrg) withoutProfile(name string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if o.Find(profileKind, "Name", name) != nil {
			return fmt.Errorf("the profile %s is still there", name)
		}
		return nil
	}
}

// profileEntry is a member of the entry of a profile's section with a name, nil if there is none.
func (o *testOrg) profileEntry(fullName, element, key, name, member string) any {
	content, _ := o.Component(profileKind, fullName)
	list, _ := content[element].([]any)
	for _, e := range list {
		if entry := e.(map[string]any); entry[key] == name {
			return entry[member]
		}
	}
	return nil
}

// layOver changes a profile as an administrator does in Setup: what content does not name stays.
func (o *testOrg) layOver(t *testing.T, fullName string, content map[string]any) {
	t.Helper()
	present, _ := o.Component(profileKind, fullName)
	for _, element := range sentWhole {
		if _, changes := content[element]; !changes {
			content[element] = present[element]
		}
	}
	if err := o.SetComponent(profileKind, fullName, content); err != nil {
		t.Fatal(err)
	}
}

// sameAs checks what the org has, by what each thing is called.
func sameAs(got, want map[string]any) error {
	var wrong []error
	for what, value := range want {
		if got[what] != value {
			wrong = append(wrong, fmt.Errorf("%s is %v, not %v", what, got[what], value))
		}
	}
	return errors.Join(wrong...)
}

func TestAccProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	sameID := statecheck.CompareValue(compare.ValuesSame())
	const first = `
  description        = "Logs in"
  object_permissions = { Account = ["read", "edit"], Contact = ["read"], Order = [] }
  field_permissions  = { "Account.BillingCode__c" = "edit", "Contact.AccountId" = "read" }
  user_permissions   = ["ApiEnabled", "ViewSetup", "ManagePackageLicenses"]
  apex_classes       = ["billingapi"]
  applications       = { standard__Sales = "Default", standard__Service = "Visible" }
  tabs               = { standard-Account = "DefaultOn", standard-Contact = "Hidden" }
  login_hours        = { monday = "08:00-18:00", tuesday = "00:00-24:00" }
  login_ip_ranges    = { "192.0.2.0/24" = "office" }
  timeouts           = { create = "5m" }
`
	o.test(
		t, o.withoutProfile("Billing"),
		resource.TestStep{
			Config: profileConfig(profileName, first),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profileAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(profileAddress, tfjsonpath.New("id")),
					plancheck.ExpectUnknownValue(profileAddress, tfjsonpath.New("full_name")),
					plancheck.ExpectKnownValue(profileAddress, tfjsonpath.New("custom"), knownvalue.Bool(true)),
					plancheck.ExpectKnownValue(profileAddress, tfjsonpath.New("flows"), knownvalue.Null()),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(profileAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(profileAddress, tfjsonpath.New("full_name"), knownvalue.StringExact(profileFullName)),
				statecheck.ExpectKnownValue(profileAddress, tfjsonpath.New("record_types"), knownvalue.Null()),
			},
			Check: func(s *terraform.State) error {
				record := o.Find(profileKind, "Name", profileName)
				return sameAs(map[string]any{
					"id": record["Id"], "description": record["Description"], "licence": record["UserLicenseId"],
					"View Setup": record["PermissionsViewSetup"], "Manage Package Licenses": record["PermissionsManagePackageLicenses"],
					"edit on Account": o.profileEntry(profileFullName, "objectPermissions", "object", "Account", "allowEdit"),
					"the look-up":     o.profileEntry(profileFullName, "fieldPermissions", "field", "Contact.Account", "editable"),
					"the class":       o.profileEntry(profileFullName, "classAccesses", "apexClass", "BillingApi", "enabled"),
					"the app":         o.profileEntry(profileFullName, "applicationVisibilities", "application", "standard__Sales", "default"),
					"the tab":         o.profileEntry(profileFullName, "tabVisibilities", "tab", "standard-Account", "visibility"),
					"the range":       o.profileEntry(profileFullName, rangesElement, "description", "office", "endAddress"),
				}, map[string]any{
					"id": s.RootModule().Resources[profileAddress].Primary.ID, "description": "Logs in", "licence": o.Find("UserLicense", "Name", "Salesforce")["Id"],
					"View Setup": true, "Manage Package Licenses": true, "edit on Account": "true", "the look-up": "false", "the class": "true", "the app": "true",
					"the tab": "DefaultOn", "the range": "192.0.2.255",
				})
			},
		},
		resource.TestStep{ // a new timeout asks nothing of Salesforce
			PreConfig:        o.ResetRequests,
			Config:           profileConfig(profileName, strings.Replace(first, "5m", "6m", 1)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesOnly(profileAddress, "timeouts")}},
			Check:            o.writesOfProfiles(0),
		},
		resource.TestStep{ // renamed in place; what is left out is left alone, what is empty is emptied
			Config: profileConfig("Billing", `
  user_permissions = ["ApiEnabled"]
  apex_classes     = []
  applications     = { standard__Service = "Default" }
  login_hours      = {}
  login_ip_ranges  = { "192.0.2.7" = "" }
  flows            = ["Order_Approval"]
`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profileAddress, plancheck.ResourceActionUpdate),
					changesOnly(profileAddress, "name", "full_name", "user_permissions", "apex_classes", "applications", "login_hours", "login_ip_ranges", "flows", "timeouts"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(profileAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(profileAddress, tfjsonpath.New("full_name"), knownvalue.StringExact("Billing")),
			},
			Check: func(*terraform.State) error {
				record := o.Find(profileKind, "Name", "Billing")
				content, _ := o.Component(profileKind, "Billing")
				return sameAs(map[string]any{
					"description": record["Description"], "View Setup": record["PermissionsViewSetup"], "Manage Package Licenses": record["PermissionsManagePackageLicenses"],
					"API": record["PermissionsApiEnabled"], "classes": len(entriesOf(content, "classAccesses")), "hours": content[hoursElement],
					"edit on Account": o.profileEntry("Billing", "objectPermissions", "object", "Account", "allowEdit"),
					"the apps":        fmt.Sprint(entriesOf(content, "applicationVisibilities")), "the ranges": fmt.Sprint(entriesOf(content, rangesElement)),
					"the flow": o.profileEntry("Billing", "flowAccesses", "flow", "Order_Approval", "enabled"),
				}, map[string]any{
					"description": "Logs in", "View Setup": false, "Manage Package Licenses": false, "API": true, "classes": 0, "hours": nil, "edit on Account": "true",
					"the apps": "[map[application:standard__Service default:true visible:true]]", "the ranges": "[map[endAddress:192.0.2.7 startAddress:192.0.2.7]]", "the flow": "true",
				})
			},
		},
	)
}

// writesOfProfiles checks how many metadata writes the org got.
func (o *testOrg) writesOfProfiles(want int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := len(o.Requests(sfmock.Match{Kind: "metadata write"})); got != want {
			return fmt.Errorf("%d metadata writes, not %d", got, want)
		}
		return nil
	}
}

// An imported profile is the configured one, under whatever name it is asked for; all that it grants is in the state.
func TestAccProfileImport(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := profileConfig(profileName, `
  field_permissions = { "Contact.Account" = "read" }
  apex_classes      = ["BillingApi"]
  login_ip_ranges   = { "192.0.2.0/24" = "office" }
`)
	otherwise := strings.NewReplacer("Contact.Account", "Contact.AccountId", "BillingApi", "billingAPI", "192.0.2.0/24", "192.0.2.0-192.0.2.255").Replace(config)
	var leftOut []string
	for _, s := range profileSections {
		if !strings.Contains(config, s.attribute) {
			leftOut = append(leftOut, s.attribute)
		}
	}
	var id string
	imported := func(step resource.TestStep) resource.TestStep {
		step.ResourceName, step.ImportState = profileAddress, true
		if step.ImportStateKind == resource.ImportCommandWithID && step.ExpectError == nil {
			step.ImportStateVerify, step.ImportStateVerifyIgnore = true, leftOut
			step.ImportStateCheck = func(states []*terraform.InstanceState) error {
				for _, attribute := range leftOut {
					if !slices.ContainsFunc([]string{attribute + ".#", attribute + ".%"}, func(count string) bool { return states[0].Attributes[count] != "" }) {
						return fmt.Errorf("%s is not in the state", attribute)
					}
				}
				return nil
			}
		}
		return step
	}
	o.test(
		t, o.withoutProfile(profileName),
		resource.TestStep{Config: config, Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[profileAddress].Primary.ID
			return nil
		}},
		imported(resource.TestStep{}),
		imported(resource.TestStep{ImportStateId: profileName}),
		imported(resource.TestStep{ImportStateId: profileFullName}),
		imported(resource.TestStep{ImportStateIdFunc: func(*terraform.State) (string, error) { return id[:15], nil }}),
		imported(resource.TestStep{Config: otherwise, ImportStateKind: resource.ImportBlockWithID, ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(profileAddress, plancheck.ResourceActionNoop),
		}}}),
		imported(resource.TestStep{ImportStateId: "Orders", ExpectError: regexp.MustCompile(`import id is the name of\s+a\s+profile`)}),
	)
}

// A standard profile is changed as far as Salesforce allows it, and a destroy leaves it there.
func TestAccProfileStandard(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := func(name, more string) string {
		return strings.Replace(profileConfig(name, more), `"Salesforce"`, `"Salesforce Integration"`, 1)
	}
	const api = "Minimum Access - API Only Integrations"
	locked := config(api, `login_ip_ranges = { "192.0.2.0/24" = "" }`)
	o.test(
		t, func(*terraform.State) error {
			if got := o.profileEntry(api, rangesElement, "startAddress", "192.0.2.0", "endAddress"); got != "192.0.2.255" {
				return fmt.Errorf("after the destroy the range ends at %v", got)
			}
			return nil
		},
		resource.TestStep{Config: config(api, ""), ExpectError: regexp.MustCompile(`(?s)name is taken.*terraform\s+import\s+salesforce_profile\.<name>\s+"?00e`)},
		resource.TestStep{Config: config(api, ""), ResourceName: profileAddress, ImportState: true, ImportStateId: api, ImportStatePersist: true},
		resource.TestStep{
			Config: locked,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(profileAddress, "login_ip_ranges")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(profileAddress, tfjsonpath.New("custom"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(profileAddress, tfjsonpath.New("user_permissions"), knownvalue.SetExact([]knownvalue.Check{
					knownvalue.StringExact("ApiEnabled"), knownvalue.StringExact("ApiUserOnly"), knownvalue.StringExact("ChatterInternalUser"),
				})),
			},
		},
		resource.TestStep{Config: config("API", ""), ExpectError: regexp.MustCompile(`(?s)Standard profile can't be changed.*its name`)},
		resource.TestStep{Config: profileConfig(api, ""), ExpectError: regexp.MustCompile(`(?s)Standard profile can't be changed.*its user\s+licence`)},
		resource.TestStep{Config: config(api, `object_permissions = { Account = ["read"] }`), ExpectError: regexp.MustCompile(`(?s)Standard profile can't be changed.*by\s+a\s+permission\s+set`)},
		resource.TestStep{Config: config(api, `object_permissions = {}`), PlanOnly: true},
	)
}

// Another licence makes another profile.
func TestProfileLicense(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	differentID := statecheck.CompareValue(compare.ValuesDiffer())
	config := profileConfig("Billing", `apex_classes = ["BillingApi"]`)
	o.play(
		t, o.withoutProfile("Billing"),
		resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{differentID.AddStateValue(profileAddress, tfjsonpath.New("id"))}},
		resource.TestStep{
			Config: strings.Replace(config, `"Salesforce"`, `"Salesforce Integration"`, 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(profileAddress, plancheck.ResourceActionDestroyBeforeCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{differentID.AddStateValue(profileAddress, tfjsonpath.New("id"))},
		},
	)
}

// A user can have a profile that the same plan makes, and the profile stays as long as anybody has it.
func TestAccProfileOfIntegrationUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := strings.Replace(profileConfig("Billing API", ""), `"Salesforce"`, `"Salesforce Integration"`, 1) + integrationConfig(`profile = salesforce_profile.billing.name`)
	const another = "another@example.com"
	joined := func() { o.insert(t, "User", person(another, o.profile(t, "Billing API"))) }
	moved := func() {
		o.update(t, o.id(t, "User", "Username", another), map[string]any{"ProfileId": o.profile(t, apiOnlyProfiles[0])})
	}
	o.test(
		t, o.withoutProfile("Billing API"),
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				if got, want := o.Find("User", "Username", integrationName)["ProfileId"], o.Find(profileKind, "Name", "Billing API")["Id"]; got != want {
					return fmt.Errorf("the user has the profile %v, not %v", got, want)
				}
				return nil
			},
		},
		resource.TestStep{PreConfig: joined, Config: config, Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete profile.*Give its users\s+another profile`)},
		resource.TestStep{PreConfig: moved, Config: `# both are let go`, Check: o.withoutProfile("Billing API")},
	)
}
