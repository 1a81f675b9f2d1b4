package provider

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

const (
	integrationAddress = "salesforce_integration_user.billing"
	integrationName    = "billing-sync@example.com"
)

func integrationConfig(more string) string {
	return fmt.Sprintf(`
resource "salesforce_integration_user" "billing" {
  username  = %q
  last_name = "Billing Sync"
  email     = "integrations@example.com"
  %s
}
`, integrationName, more)
}

// set puts an empty permission set into the org.
func (o *testOrg) set(t *testing.T, name string) (id string) {
	t.Helper()
	return o.insert(t, "PermissionSet", map[string]any{"Name": name, "Label": name})
}

// granted are the names of the permission sets, without the profile's own, and the licences that a user holds.
func (o *testOrg) granted(username string) (sets, licences []string) {
	user := o.Find("User", "Username", username)
	for _, a := range o.Records("PermissionSetAssignment") {
		if set := o.Record(a["PermissionSetId"].(string)); a["AssigneeId"] == user["Id"] && set["IsOwnedByProfile"] == false {
			sets = append(sets, set["Name"].(string))
		}
	}
	for _, a := range o.Records("PermissionSetLicenseAssign") {
		if a["AssigneeId"] == user["Id"] {
			licences = append(licences, o.Record(a["PermissionSetLicenseId"].(string))["DeveloperName"].(string))
		}
	}
	slices.Sort(sets)
	return sets, licences
}

// holds checks what the integration user is granted: these sets, and the licence if it needs any.
func (o *testOrg) holds(sets ...string) error {
	haveSets, haveLicences := o.granted(integrationName)
	if !slices.Equal(haveSets, sets) || !slices.Equal(haveLicences, []string{integrationLicense}) {
		return fmt.Errorf("%s holds the sets %v and licences %v", integrationName, haveSets, haveLicences)
	}
	return nil
}

// retiredBare checks that a destroyed integration user is inactive and holds nothing.
func (o *testOrg) retiredBare(s *terraform.State) error {
	if sets, licences := o.granted(integrationName); len(sets)+len(licences) > 0 {
		return fmt.Errorf("%s still holds the sets %v and licences %v", integrationName, sets, licences)
	}
	return o.retired(integrationName)(s)
}

func TestAccIntegrationUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.set(t, "Billing")
	o.set(t, "Orders")
	o.test(
		t, o.retiredBare,
		resource.TestStep{
			Config: integrationConfig(`permission_sets = ["Billing"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(integrationAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("profile"), knownvalue.StringExact(apiOnlyProfiles[0])),
					plancheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("permission_set_licenses"), knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(integrationLicense)})),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("alias"), knownvalue.StringExact("billings")),
				statecheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("id"), knownvalue.StringRegexp(regexp.MustCompile(`^005.{15}$`))),
			},
			Check: func(*terraform.State) error {
				if n := o.Calls()["graph"]; n != 1 {
					return fmt.Errorf("creating the user took %d transactions", n)
				}
				return o.holds("Billing")
			},
		},
		resource.TestStep{ResourceName: integrationAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ResourceName: integrationAddress, ImportState: true, ImportStateId: integrationName, ImportStateVerify: true},
		resource.TestStep{
			Config: integrationConfig(`
  first_name      = "Nightly"
  permission_sets = ["Orders"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(integrationAddress, "first_name", "permission_sets")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error { return o.holds("Orders") },
		},
		resource.TestStep{
			Config:           integrationConfig(``),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

func TestIntegrationUserDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	billing, orders := o.set(t, "Billing"), o.set(t, "Orders")
	config := integrationConfig(`
  first_name            = "Nightly"
  alias                 = "billing"
  community_nickname    = "billing"
  federation_identifier = "billing-1"
  time_zone_sid_key     = "Europe/London"
  locale_sid_key        = "en_GB"
  language_locale_key   = "en_US"
  email_encoding_key    = "UTF-8"
  profile               = "Minimum Access - API Only Integrations"
  permission_sets       = ["Billing"]
`)
	user := func() map[string]any { return o.Find("User", "CommunityNickname", "billing") }
	second := o.insert(t, "Profile", map[string]any{"Name": "Second API Only", "UserLicenseId": o.id(t, "UserLicense", "Name", integrationSeat)})
	drifts := []drift{}
	for _, d := range []struct {
		attribute, column string
		theirs, ours      any
	}{
		{"last_name", "LastName", "Other", "Billing Sync"},
		{"first_name", "FirstName", "Daily", "Nightly"},
		{"email", "Email", "other@example.com", "integrations@example.com"},
		{"username", "Username", "other@example.com", integrationName},
		{"alias", "Alias", "other", "billing"},
		{"community_nickname", "CommunityNickname", "other", "billing"},
		{"federation_identifier", "FederationIdentifier", "other-1", "billing-1"},
		{"time_zone_sid_key", "TimeZoneSidKey", "GMT", "Europe/London"},
		{"locale_sid_key", "LocaleSidKey", "en_US", "en_GB"},
		{"language_locale_key", "LanguageLocaleKey", "fr", "en_US"},
		{"email_encoding_key", "EmailEncodingKey", "ISO-8859-1", "UTF-8"},
		{"is_active", "IsActive", false, true},
		{"profile", "ProfileId", second, o.profile(t, apiOnlyProfiles[0])},
	} {
		drifts = append(drifts, drift{
			d.attribute,
			func(t *testing.T) { t.Helper(); o.update(t, user()["Id"].(string), map[string]any{d.column: d.theirs}) },
			func() error {
				if user()[d.column] != d.ours {
					return fmt.Errorf("%s is %v", d.column, user()[d.column])
				}
				return nil
			},
		})
	}
	holds := func() error { return o.holds("Billing") }
	assignment := func(set string) string {
		for _, a := range o.Records("PermissionSetAssignment") {
			if a["AssigneeId"] == user()["Id"] && a["PermissionSetId"] == set {
				return a["Id"].(string)
			}
		}
		return ""
	}
	remove := func(t *testing.T, id string) {
		t.Helper()
		if err := o.Delete(id); err != nil {
			t.Fatal(err)
		}
	}
	drifts = append(
		drifts,
		drift{"is_frozen", func(t *testing.T) {
			t.Helper()
			if err := o.Freeze(integrationName, true); err != nil {
				t.Fatal(err)
			}
		}, func() error {
			if o.Find("UserLogin", "UserId", user()["Id"])["IsFrozen"] != false {
				return errors.New("still frozen")
			}
			return nil
		}},
		drift{"permission_sets", func(t *testing.T) {
			t.Helper()
			o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user()["Id"], "PermissionSetId": orders})
		}, holds},
		drift{"permission_sets", func(t *testing.T) { t.Helper(); remove(t, assignment(billing)) }, holds},
		drift{"permission_set_licenses", func(t *testing.T) {
			t.Helper()
			for _, a := range o.Records("PermissionSetLicenseAssign") {
				if a["AssigneeId"] == user()["Id"] {
					remove(t, a["Id"].(string))
				}
			}
		}, holds},
	)
	o.play(t, o.retiredBare, append([]resource.TestStep{{Config: config}}, driftSteps(t, integrationAddress, config, drifts)...)...)
}

func TestIntegrationUserTakeOver(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.set(t, "Billing")
	old := o.set(t, "Old_Grant")
	before := person(integrationName, o.profile(t, apiOnlyProfiles[0]))
	before["IsActive"] = false
	id := o.insert(t, "User", before)
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": id, "PermissionSetId": old})
	config := integrationConfig(`permission_sets = ["Billing"]`)
	taken := func(*terraform.State) error {
		if user := o.Record(id); user["IsActive"] != true || user["LastName"] != "Billing Sync" {
			return fmt.Errorf("the user was not taken over: %v", user)
		}
		return o.holds("Billing")
	}
	o.play(
		t, o.retiredBare,
		resource.TestStep{Config: config, Check: taken, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("id"), knownvalue.StringExact(id)),
		}},
		resource.TestStep{Config: config, Destroy: true},
		resource.TestStep{Config: config, Check: taken},
	)
}

func TestIntegrationUserReleaseUsername(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.play(t, func(*terraform.State) error {
		if user := o.Find("User", "Username", integrationName); user != nil {
			return fmt.Errorf("the username is still taken by %v", user["Id"])
		}
		return nil
	}, resource.TestStep{Config: integrationConfig(`release_username = true`)})
}

func TestIntegrationUserFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"reset after commit": {ResetAfterCommit: true},
		"reset before":       {Reset: true},
		"truncated answer":   {TruncateBody: true},
		"maintenance page":   {Status: 503, Body: "<html>Down for maintenance</html>"},
		"session dies":       {KillSessions: true},
	} {
		for _, verb := range []string{"create", "update", "destroy"} {
			t.Run(verb+": "+name, func(t *testing.T) {
				t.Parallel()
				o := newOrg(t)
				o.set(t, "Billing")
				o.set(t, "Orders")
				fault := fault
				fault.After = map[string]int{"create": 0, "update": 1, "destroy": 2}[verb]
				o.Fail(sfmock.Match{Path: "/composite/graph"}, 1, fault)
				o.play(
					t, o.retiredBare,
					resource.TestStep{
						Config: integrationConfig(`permission_sets = ["Billing"]`),
						Check: func(*terraform.State) error {
							return o.holds("Billing")
						},
					},
					resource.TestStep{
						Config: integrationConfig(`
  first_name      = "Nightly"
  permission_sets = ["Orders"]`),
						Check: func(*terraform.State) error {
							return o.holds("Orders")
						},
					},
				)
			})
		}
	}
}

func TestIntegrationUserPlanErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(t *testing.T, o *testOrg)
		more    string
		message string
	}{
		"unknown permission set": {nil, `permission_sets = ["Biling"]`, `(?s)Unknown permission set.*Did\s+you\s+mean\s+"Billing".*refer\s+to\s+it`},
		"unknown licence":        {nil, `permission_set_licenses = ["SalesforceAPIIntegrationPSLL"]`, `Did\s+you\s+mean\s+"SalesforceAPIIntegrationPsl"`},
		"unknown profile":        {nil, `profile = "Minimum Access - API Only"`, `(?s)Did\s+you\s+mean.*API\s+Only\s+Integrations`},
		"profile of a person":    {nil, `profile = "Standard User"`, `Profile is not for integration users`},
		"active namesake": {func(t *testing.T, o *testOrg) {
			t.Helper()
			o.insert(t, "User", person(integrationName, o.profile(t, "Standard User")))
		}, ``, `(?s)Username is taken.*terraform import salesforce_integration_user`},
		"retired person": {func(t *testing.T, o *testOrg) {
			t.Helper()
			id := o.insert(t, "User", person(integrationName, o.profile(t, "Standard User")))
			o.update(t, id, map[string]any{"IsActive": false})
		}, ``, `Username is taken`},
		"no user seat":    {func(t *testing.T, o *testOrg) { t.Helper(); o.seats(t, integrationSeat, 0) }, ``, `(?s)No free seat.*Salesforce Integration`},
		"no licence seat": {func(t *testing.T, o *testOrg) { t.Helper(); o.seats(t, integrationLicense, 0) }, ``, `No free seat of a permission set licence`},
		"set of a foreign licence": {func(t *testing.T, o *testOrg) {
			t.Helper()
			o.insert(t, "PermissionSet", map[string]any{"Name": "Sales", "Label": "Sales", "LicenseId": o.id(t, "UserLicense", "Name", "Salesforce")})
		}, `permission_sets = ["Sales"]`, `Permission set needs another licence`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.set(t, "Billing")
			if c.prepare != nil {
				c.prepare(t, o)
			}
			o.play(t, nothing, resource.TestStep{Config: integrationConfig(c.more), ExpectError: regexp.MustCompile(c.message)})
			if n := o.Calls()["graph"] + o.Calls()["collection"]; n != 0 {
				t.Errorf("%d writes were sent although the plan was refused", n)
			}
		})
	}
}

// The sixth user on five seats is refused while planning, not after five have been made.
func TestAccIntegrationUserSeatsOfThePlan(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	many := func(n int) string {
		return fmt.Sprintf(`
resource "salesforce_integration_user" "many" {
  count     = %d
  username  = "sync-${count.index}@example.com"
  last_name = "Sync ${count.index}"
  email     = "integrations@example.com"
}
`, n)
	}
	o.test(
		t, nothing,
		resource.TestStep{Config: many(6), ExpectError: regexp.MustCompile(`(?s)No free seat.*5 seats`)},
		resource.TestStep{Config: many(5)},
	)
}

// A set that the same plan creates, and a profile that is known only after apply, do not fail the plan.
func TestAccIntegrationUserUnknownsDefer(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.set(t, "Billing")
	o.test(t, o.retiredBare, resource.TestStep{
		Config: `
resource "terraform_data" "later" {
  input = { set = "Billing", name = "` + integrationName + `", profile = "` + apiOnlyProfiles[0] + `" }
}
resource "salesforce_integration_user" "billing" {
  username        = terraform_data.later.output.name
  last_name       = "Billing Sync"
  email           = "integrations@example.com"
  profile         = terraform_data.later.output.profile
  permission_sets = [terraform_data.later.output.set]
}`,
		Check: func(*terraform.State) error {
			return o.holds("Billing")
		},
	})
}

func (o *testOrg) seats(t *testing.T, licence string, total int) {
	t.Helper()
	if err := o.SetSeats(licence, total); err != nil {
		t.Fatal(err)
	}
}

// A profile of its own goes with the user: the retired user is moved to the standard one, since Salesforce deletes no profile that an
// inactive user has.
func TestAccIntegrationUserWithItsOwnProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.test(
		t, func(*terraform.State) error {
			if o.Find("Profile", "Name", "Billing API") != nil {
				return errors.New("the profile is still there")
			}
			user := o.Find("User", "Username", integrationName)
			if user["IsActive"] != false || user["ProfileId"] != o.profile(t, apiOnlyProfiles[0]) {
				return fmt.Errorf("the retired user is %v", user)
			}
			return nil
		},
		resource.TestStep{
			Config: `
resource "salesforce_profile" "billing" {
  name         = "Billing API"
  user_license = "Salesforce Integration"
}
` + integrationConfig("profile = salesforce_profile.billing.name"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}
