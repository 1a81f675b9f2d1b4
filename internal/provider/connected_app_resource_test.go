package provider

import (
	"fmt"
	"regexp"
	"slices"
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

func connectedAppConfig(name, attributes string) string {
	return fmt.Sprintf("resource \"salesforce_connected_app\" \"export\" {\n  name = %q\n%s\n}\n", name, attributes)
}

// withoutApp checks that the org has no connected app of a name.
func (o *testOrg) withoutApp(name string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if _, there := o.Component(connectedAppKind, name); there {
			return fmt.Errorf("the connected app %s is still there", name)
		}
		return nil
	}
}

// appWrites are the requests that could have changed an app.
func (o *testOrg) appWrites() int {
	n := 0
	for _, r := range o.Requests(sfmock.Match{Contains: "ConnectedApp"}) {
		for _, verb := range []string{"<createMetadata>", "<updateMetadata>", "<deleteMetadata>"} {
			if strings.Contains(string(r.Body), verb) {
				n++
			}
		}
	}
	return n
}

func TestAccConnectedApp(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const block = `
import {
  to = salesforce_connected_app.export
  id = "Nightly_Export"
}
`
	first := connectedAppConfig(exportApp, `
  oauth = {
    scopes = ["OfflineAccess", "Api"] # shown as RefreshToken and Api
  }
  oauth_policy = { ip_relaxation = "BYPASS" }
`)
	second := connectedAppConfig(exportApp, `
  description = "Exports orders"
  oauth = {
    callback_urls = ["https://example.com/one", "https://example.com/two"]
    scopes        = ["RefreshToken", "Api", "Profile", "Email"]
  }
  oauth_policy    = { refresh_token_policy = "specific_inactivity:7:DAYS" }
  session_policy  = { session_timeout = 30 }
  permission_sets = [salesforce_permission_set.billing.name]
  profiles        = ["System Administrator"]
  ip_ranges       = { "192.0.2.0/28" = "", "198.51.100.7" = "Office" }
  attributes      = { Region = "$User.Country" }
  timeouts        = { update = "5m" }
`) + permissionSetConfig("Billing_Sync", "")
	o.test(
		t, o.withoutApp(exportApp),
		resource.TestStep{
			Config: block + first,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(connectedAppAddress, plancheck.ResourceActionUpdate), changesOnly(connectedAppAddress, "oauth_policy"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("id"), knownvalue.StringExact(o.id(t, "ConnectedApplication", "Name", exportApp))),
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("label"), knownvalue.StringExact("Nightly Export")),
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("consumer_key"), knownvalue.StringExact("3MVG9000000000000000000000000000000001")),
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("oauth").AtMapKey("is_pkce_required"), knownvalue.Bool(false)),
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("saml"), knownvalue.Null()),
			},
			Check: func(*terraform.State) error {
				if got := o.inOrg([]string{"oauthPolicy"}, "ipRelaxation"); got != "BYPASS" {
					return fmt.Errorf("the org has %v", got)
				}
				if got := o.inOrg([]string{"oauthPolicy"}, "refreshTokenPolicy"); got != "infinite" {
					return fmt.Errorf("what is left out became %v", got)
				}
				return nil
			},
		},
		resource.TestStep{
			Config: second,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(connectedAppAddress, plancheck.ResourceActionUpdate),
					changesOnly(connectedAppAddress, "attributes", "description", "ip_ranges", "oauth", "oauth_policy", "permission_sets", "profiles", "session_policy", "timeouts"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				sets, profiles := entriesOf(map[string]any{"sets": o.inOrg(nil, appSetsElement)}, "sets"), entriesOf(map[string]any{"profiles": o.inOrg(nil, appProfilesElement)}, "profiles")
				if !slices.Equal(sets, []string{"Billing Sync"}) || !slices.Equal(profiles, []string{"System Administrator"}) {
					return fmt.Errorf("the org has the sets %q and the profiles %q", sets, profiles)
				}
				if got := o.inOrg([]string{"oauthConfig"}, "consumerKey"); got != "3MVG9000000000000000000000000000000001" {
					return fmt.Errorf("the consumer key became %v", got)
				}
				return nil
			},
		},
		resource.TestStep{ // another spelling of the same
			PreConfig: o.ResetRequests,
			Config:    strings.NewReplacer(`"192.0.2.0/28"`, `"192.0.2.0-192.0.2.15"`, `"Profile", "Email"`, `"Basic"`, "5m", "6m").Replace(second),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(connectedAppAddress, "timeouts")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraform.State) error {
				if n := o.appWrites(); n > 0 {
					return fmt.Errorf("%d writes for a timeout", n)
				}
				return nil
			},
		},
		resource.TestStep{
			ResourceName: connectedAppAddress, ImportState: true, ImportStateId: exportApp, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"timeouts", "oauth", "ip_ranges"}, // which the configuration spells otherwise
		},
		resource.TestStep{ResourceName: connectedAppAddress, ImportState: true, ImportStateId: "No_Such_App", ExpectError: regexp.MustCompile(`(?s)Unable to import connected app "No_Such_App".*0H4`)},
	)
}

// A new app is refused while planning, with the configuration of the external client app that does the same.
func TestAccConnectedAppFreeze(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := connectedAppConfig("Ledger_Sync", `
  label         = "Ledger Sync"
  contact_email = "ledger@example.com"
  oauth = {
    callback_urls = ["https://example.com/callback"]
    scopes        = ["Api", "SFAP"]
  }
`)
	o.test(
		t, nothing,
		resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`(?s)Connected app can't be created.*You can't create a connected app.*Spring '26.*` +
			`resource "salesforce_external_client_app" "ledger_sync".*name = "Ledger_Sync".*contact_email = "ledger@example.com".*scopes = \["Api", "SFApiPlatform"\].*terraform import`)},
		resource.TestStep{Config: strings.Replace(config, "Ledger_Sync", exportApp, 1), ExpectError: regexp.MustCompile(`(?s)Connected app is there already.*terraform import\s+salesforce_connected_app.<name> Nightly_Export`)},
	)
	if n := o.appWrites(); n > 0 {
		t.Errorf("%d writes to the org", n)
	}
	if err := o.withoutApp("Ledger_Sync")(nil); err != nil {
		t.Error(err)
	}
}

// Where Salesforce's Support allows it, an app is created, and can be replaced.
func TestAccConnectedAppCreated(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.AllowConnectedAppCreation(true)
	config := connectedAppConfig("Ledger_Sync", `
  label         = "Ledger Sync"
  contact_email = "ledger@example.com"
  oauth = {
    callback_urls             = ["https://example.com/callback"]
    scopes                    = ["Api", "Email"]
    is_admin_approved         = true
    is_client_credential_enabled = true
    oauth_client_credential_user = salesforce_integration_user.billing.username
  }
  permission_sets = [salesforce_permission_set.billing.name]
`) + permissionSetConfig("Billing_Sync", "") + integrationConfig("")
	o.test(
		t, resource.ComposeTestCheckFunc(o.withoutApp("Ledger_Sync"), o.withoutApp("Ledger_Sync_2")),
		resource.TestStep{
			PreConfig: func() { // the answer is lost, the app is there
				o.Fail(sfmock.Match{Contains: `xsi:type="ConnectedApp"`}, 1, sfmock.Fault{ResetAfterCommit: true})
			},
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(connectedAppAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(connectedAppAddress, tfjsonpath.New("consumer_key")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("consumer_key"), knownvalue.StringRegexp(regexp.MustCompile(`^3MVG`))),
				statecheck.ExpectKnownValue(connectedAppAddress, tfjsonpath.New("oauth").AtMapKey("scopes"), knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("Api"), knownvalue.StringExact("Email")})),
			},
		},
		resource.TestStep{
			Config:           strings.Replace(config, `"Ledger_Sync"`, `"Ledger_Sync_2"`, 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(connectedAppAddress, plancheck.ResourceActionReplace)}},
			Check:            o.withoutApp("Ledger_Sync"),
		},
		resource.TestStep{ // replacing an app that can't be created again would lose it
			PreConfig:   func() { o.AllowConnectedAppCreation(false) },
			Config:      strings.Replace(config, `"Ledger_Sync"`, `"Ledger_Sync_3"`, 1),
			ExpectError: regexp.MustCompile(`Connected app can't be created`),
		},
		resource.TestStep{ // deleted by hand
			PreConfig: func() {
				if err := o.RemoveComponent(connectedAppKind, "Ledger_Sync_2"); err != nil {
					t.Fatal(err)
				}
			},
			Config:      strings.Replace(config, `"Ledger_Sync"`, `"Ledger_Sync_2"`, 1),
			ExpectError: regexp.MustCompile(`Connected app can't be created`),
		},
	)
}
