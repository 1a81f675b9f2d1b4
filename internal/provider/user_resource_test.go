package provider

import (
	"errors"
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

const userAddress = "salesforce_user.ada"

func userConfig(profileID, more string) string {
	return fmt.Sprintf(`
resource "salesforce_user" "ada" {
  username   = "Ada@Example.com"
  email      = "ada@example.com"
  first_name = "Ada"
  last_name  = "Lovelace"
  profile_id = %q
  %s
}
`, profileID, more)
}

// retired checks that the user is there and inactive: Salesforce deletes no users.
func (o *testOrg) retired(username string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		switch user := o.Find("User", "Username", username); {
		case user == nil:
			return fmt.Errorf("%s is not there any more", username)
		case user["IsActive"] != false:
			return fmt.Errorf("%s is still active", username)
		}
		return nil
	}
}

func TestAccUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	standard, readOnly := o.profile(t, "Standard User"), o.profile(t, "Read Only")
	sameID := statecheck.CompareValue(compare.ValuesSame())
	o.test(
		t, o.retired("ada@example.com"),
		resource.TestStep{
			Config: userConfig(standard, `title = "Analyst"`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(userAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(userAddress, tfjsonpath.New("alias"), knownvalue.StringExact("alovelac")),
					plancheck.ExpectKnownValue(userAddress, tfjsonpath.New("time_zone_sid_key"), knownvalue.StringExact("America/Los_Angeles")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				sameID.AddStateValue(userAddress, tfjsonpath.New("id")),
				statecheck.ExpectKnownValue(userAddress, tfjsonpath.New("username"), knownvalue.StringExact("Ada@Example.com")),
				statecheck.ExpectKnownValue(userAddress, tfjsonpath.New("user_type"), knownvalue.StringExact("Standard")),
				statecheck.ExpectKnownValue(userAddress, tfjsonpath.New("is_frozen"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(userAddress, tfjsonpath.New("community_nickname"), knownvalue.StringRegexp(regexp.MustCompile(`^User\d+`))),
			},
		},
		resource.TestStep{ResourceName: userAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"username"}},
		resource.TestStep{ResourceName: userAddress, ImportState: true, ImportStateId: "ADA@example.com", ImportStateVerify: true, ImportStateVerifyIgnore: []string{"username"}},
		resource.TestStep{
			Config: userConfig(readOnly[:15], `
  title            = ""
  is_frozen        = true
  feature_licenses = ["MarketingUser"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(userAddress, "profile_id", "title", "is_frozen", "feature_licenses")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{sameID.AddStateValue(userAddress, tfjsonpath.New("id"))},
			Check: func(*terraform.State) error {
				user := o.Find("User", "Username", "ada@example.com")
				login := o.Find("UserLogin", "UserId", user["Id"])
				if user["Title"] != nil || user["ProfileId"] != readOnly || user["UserPermissionsMarketingUser"] != true || login["IsFrozen"] != true {
					return fmt.Errorf("the org has title %v, profile %v, marketing %v, frozen %v", user["Title"], user["ProfileId"], user["UserPermissionsMarketingUser"], login["IsFrozen"])
				}
				return nil
			},
		},
	)
}

func TestUserDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	standard := o.profile(t, "Standard User")
	ceo, sales := o.insert(t, "UserRole", role("Drift_A")), o.insert(t, "UserRole", role("Drift_B"))
	admin, other := o.id(t, "User", "Username", o.AdministratorUsername()), o.insert(t, "User", person("other@example.com", standard))
	config := userConfig(standard, fmt.Sprintf(`
  alias                 = "ada"
  community_nickname    = "ada"
  federation_identifier = "ada-1"
  time_zone_sid_key     = "Europe/London"
  locale_sid_key        = "en_GB"
  language_locale_key   = "en_US"
  email_encoding_key    = "UTF-8"
  is_frozen             = false
  user_role_id          = %q
  manager_id            = %q
  employee_number       = "1"
  title                 = "Analyst"
  department            = "Engines"
  division              = "Analytical"
  company_name          = "Example"
  feature_licenses      = []
`, ceo, admin))
	drifts := []drift{}
	for _, d := range []struct {
		attribute, column string
		theirs, ours      any
	}{
		{"last_name", "LastName", "Byron", "Lovelace"},
		{"first_name", "FirstName", "Augusta", "Ada"},
		{"email", "Email", "byron@example.com", "ada@example.com"},
		{"username", "Username", "byron@example.com", "ada@example.com"},
		{"alias", "Alias", "byron", "ada"},
		{"community_nickname", "CommunityNickname", "byron", "ada"},
		{"federation_identifier", "FederationIdentifier", "byron-1", "ada-1"},
		{"time_zone_sid_key", "TimeZoneSidKey", "GMT", "Europe/London"},
		{"locale_sid_key", "LocaleSidKey", "en_US", "en_GB"},
		{"language_locale_key", "LanguageLocaleKey", "fr", "en_US"},
		{"email_encoding_key", "EmailEncodingKey", "ISO-8859-1", "UTF-8"},
		{"is_active", "IsActive", false, true},
		{"profile_id", "ProfileId", o.profile(t, "Read Only"), standard},
		{"user_role_id", "UserRoleId", sales, ceo},
		{"manager_id", "ManagerId", other, admin},
		{"employee_number", "EmployeeNumber", "2", "1"},
		{"title", "Title", "Poet", "Analyst"},
		{"department", "Department", "Verse", "Engines"},
		{"division", "Division", nil, "Analytical"},
		{"company_name", "CompanyName", "Byron", "Example"},
		{"feature_licenses", "UserPermissionsMarketingUser", true, false},
	} {
		drifts = append(drifts, drift{
			d.attribute,
			func(t *testing.T) {
				t.Helper()
				o.update(t, o.id(t, "User", "CommunityNickname", "ada"), map[string]any{d.column: d.theirs})
			},
			func() error {
				if user := o.Find("User", "CommunityNickname", "ada"); user[d.column] != d.ours {
					return fmt.Errorf("%s is %v", d.column, user[d.column])
				}
				return nil
			},
		})
	}
	drifts = append(drifts, drift{"is_frozen", func(t *testing.T) {
		t.Helper()
		if err := o.Freeze("ada@example.com", true); err != nil {
			t.Fatal(err)
		}
	}, func() error {
		if login := o.Find("UserLogin", "UserId", o.Find("User", "CommunityNickname", "ada")["Id"]); login["IsFrozen"] != false {
			return errors.New("the user is still frozen")
		}
		return nil
	}})
	o.play(t, o.retired("ada@example.com"), append([]resource.TestStep{{Config: config}}, driftSteps(t, userAddress, config, drifts)...)...)
}

// person is a user's record as an administrator would make it in Setup.
func person(username, profileID string) map[string]any {
	return map[string]any{
		"Username": username, "LastName": "Person", "Email": username, "Alias": "person", "TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US",
		"EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US", "ProfileId": profileID, "IsActive": true,
	}
}

func role(name string) map[string]any {
	return map[string]any{"Name": name, "DeveloperName": name, "OpportunityAccessForAccountOwner": "Edit"}
}

func TestUserPlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	standard := o.profile(t, "Standard User")
	if err := o.SetSeats("Chatter Free", 0); err != nil {
		t.Fatal(err)
	}
	o.insert(t, "User", person("taken@example.com", standard))
	for name, c := range map[string]struct{ config, message string }{
		"taken username":  {`username = "TAKEN@example.com"`, `(?s)Username is taken.*terraform import salesforce_user\.<name>`},
		"no seat":         {fmt.Sprintf(`profile_id = %q`, o.profile(t, "Chatter Free User")), `No free seat`},
		"unknown feature": {`feature_licenses = ["MarketingUsers"]`, `Did you mean\s+"MarketingUser"`},
		"not a mail":      {`username = "ada"`, `form of an\s+e-mail address`},
		"long alias":      {`alias = "lovelace1"`, `at most 8\s+characters`},
		"trimmed":         {`title = "Analyst "`, `space at an end`},
		"wrong id":        {`profile_id = "005000000000001"`, `id of a\s+Profile`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := len(o.Requests(sfmock.Match{Method: "POST", Path: "/composite"}))
			config := userConfigWith(standard, c.config)
			o.play(t, nothing, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(c.message)})
			if after := len(o.Requests(sfmock.Match{Method: "POST", Path: "/composite"})); after != before {
				t.Errorf("%d writes were sent although the plan was refused", after-before)
			}
		})
	}
}

// userConfigWith replaces one argument of the plain user.
func userConfigWith(profileID, argument string) string {
	arguments := map[string]string{"username": `"ada@example.com"`, "email": `"ada@example.com"`, "last_name": `"Lovelace"`, "profile_id": fmt.Sprintf("%q", profileID)}
	var name, value string
	if _, err := fmt.Sscanf(argument, "%s =", &name); err == nil {
		value = argument[len(name)+3:]
	}
	arguments[name] = value
	var config strings.Builder
	for name, value := range arguments {
		fmt.Fprintf(&config, "  %s = %s\n", name, value)
	}
	return "resource \"salesforce_user\" \"ada\" {\n" + config.String() + "}\n"
}

func TestUserFaults(t *testing.T) {
	t.Parallel()
	write := sfmock.Match{Method: "POST", Path: "/composite/sobjects"}
	for name, c := range map[string]struct {
		fault sfmock.Fault
		times int
	}{
		"reset after commit":     {sfmock.Fault{ResetAfterCommit: true}, 1},
		"reset before":           {sfmock.Fault{Reset: true}, 1},
		"truncated answer":       {sfmock.Fault{TruncateBody: true}, 1},
		"maintenance page":       {sfmock.Fault{Status: 503, Body: "<html>Down for maintenance</html>"}, 1},
		"concurrency refused":    {sfmock.Fault{Status: 403, Code: "REQUEST_LIMIT_EXCEEDED", Message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded."}, 2},
		"session dies meanwhile": {sfmock.Fault{KillSessions: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.Fail(write, c.times, c.fault)
			o.play(t, o.retired("ada@example.com"), resource.TestStep{
				Config: userConfig(o.profile(t, "Standard User"), ""),
				Check: func(*terraform.State) error {
					if n := len(o.Records("User")); n != len(sfmock.New(sfmock.Options{}).Records("User"))+1 {
						return fmt.Errorf("the org has %d users", n)
					}
					return nil
				},
			})
		})
	}
}

// A user that could not be frozen is there all the same; the next plan shows it, and the next apply freezes it.
func TestUserNotFrozenAtOnce(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.Fail(sfmock.Match{Method: "PATCH", Path: "/composite/sobjects"}, 1, noAccess)
	config := userConfig(o.profile(t, "Standard User"), `is_frozen = true`)
	frozen := func(wanted bool) func(*terraform.State) error {
		return func(*terraform.State) error {
			if got := o.frozen(o.id(t, "User", "Username", "ada@example.com")); got != wanted {
				return fmt.Errorf("the user is frozen: %t", got)
			}
			return nil
		}
	}
	o.play(
		t, o.retired("ada@example.com"),
		resource.TestStep{Config: config, Check: frozen(false), ExpectNonEmptyPlan: true},
		resource.TestStep{Config: config, Check: frozen(true)},
	)
}
