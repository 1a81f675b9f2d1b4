package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// A record locked by somebody else is waited for; nothing is made twice.
func TestLockedRecord(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	locked := `[{"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"unable to obtain exclusive access to this record","fields":[]}]}]`
	o.Fail(sfmock.Match{Method: http.MethodPost, Path: "/composite/sobjects"}, 2, sfmock.Fault{Status: http.StatusOK, Body: locked, ContentType: "application/json"})
	o.play(t, o.retired("ada@example.com"), resource.TestStep{
		Config: userConfig(o.profile(t, "Standard User"), ""),
		Check: func(*terraform.State) error {
			if n := len(o.Requests(sfmock.Match{Method: http.MethodPost, Path: "/composite/sobjects"})); n != 3 {
				return fmt.Errorf("the create was sent %d times", n)
			}
			return nil
		},
	})
}

// The day's quota ends in the middle of an apply: what was made is in the state, the message says what to wait for, and the next
// apply finishes.
func TestAccQuotaEndsMidway(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := userConfig(o.profile(t, "Standard User"), "") + integrationConfig("depends_on = [salesforce_user.ada]")
	quota := sfmock.Fault{Status: http.StatusForbidden, Code: "REQUEST_LIMIT_EXCEEDED", Message: "TotalRequests Limit exceeded."}
	o.Fail(sfmock.Match{Path: "/composite/graph"}, 1, quota)
	o.test(
		t, o.retired("ada@example.com"),
		resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)TotalRequests Limit exceeded.*Wait\s+until.*api-usage=`)},
		resource.TestStep{
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(userAddress, plancheck.ResourceActionNoop),
				plancheck.ExpectResourceAction(integrationAddress, plancheck.ResourceActionCreate),
			}},
		},
	)
}

// An error while planning leaves everything as it is, and every message keeps Salesforce's own words.
func TestAccServerFailsWhileReading(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := userConfig(o.profile(t, "Standard User"), "")
	o.test(
		t, o.retired("ada@example.com"),
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				o.Fail(sfmock.Match{Contains: "FROM User "}, 20, sfmock.Fault{Status: http.StatusBadRequest, Code: "QUERY_TIMEOUT", Message: "Your query request was running for too long."})
			},
			Config:      config,
			ExpectError: regexp.MustCompile(`(?s)Unable to read user "Ada@Example.com".*running for too long.*QUERY_TIMEOUT`),
		},
		resource.TestStep{
			PreConfig:        o.Heal,
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

// Names in any script go there and back.
func TestAccUnicode(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const name = `Бухгалтерия O'Hara \ 請求 🧾`
	o.test(t, o.retired(integrationName), resource.TestStep{
		Config:           strings.Replace(integrationConfig(""), `"Billing Sync"`, fmt.Sprintf("%q", name), 1),
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("last_name"), knownvalue.StringExact(name)),
			statecheck.ExpectKnownValue(integrationAddress, tfjsonpath.New("alias"), knownvalue.StringExact("бухгалте")),
		},
		Check: func(*terraform.State) error {
			if got := o.Find("User", "Username", integrationName)["LastName"]; got != name {
				return fmt.Errorf("the org has %q", got)
			}
			return nil
		},
	})
}

// Two applies at once of configurations that want the same username: one makes the user, the other is told whose it is.
func TestAccTwoAppliesAtOnce(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.test(t, nothing, resource.TestStep{
		Config: integrationConfig(""),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{meanwhile(func() error {
			_, err := o.Insert("User", person(integrationName, o.Find("Profile", "Name", "Standard User")["Id"].(string)))
			return err
		})}},
		ExpectError: regexp.MustCompile(`(?s)Username is taken.*terraform import\s+salesforce_integration_user`),
	})
}
