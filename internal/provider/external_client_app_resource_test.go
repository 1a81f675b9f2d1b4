package provider

import (
	"fmt"
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

const appAddress = "salesforce_external_client_app.billing"

// withoutECA checks that nothing is left of the app Billing_Sync.
func (o *testOrg) withoutECA(*terraform.State) error {
	for _, part := range appParts {
		if _, there := o.Component(part.kind, appPartName(part.kind)); there {
			return fmt.Errorf("the %s is still there", part.kind)
		}
	}
	return nil
}

// certified is the certificate of the key that tests sign in with, as an argument.
func certified(t *testing.T) string {
	t.Helper()
	keys, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	return heredoc("certificate", keys[1])
}

func appBlock(label, oauth, policies string) string {
	return fmt.Sprintf(`
resource "salesforce_external_client_app" "billing" {
  name          = "Billing_Sync"
  label         = %q
  contact_email = "integrations@example.com"
  oauth = {
    scopes        = ["RefreshToken", "Api"]
    callback_urls = ["https://login.salesforce.com/services/oauth2/success"]
    %s
  }
  %s
}
`, label, oauth, policies)
}

// The life of an app that refers to a user and a permission set which are planned with it.
func TestAccExternalClientApp(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	neighbours := integrationConfig(`permission_sets = [salesforce_permission_set.billing.name]`) + permissionSetConfig("Billing", "")
	flows := "client_credentials = { run_as = salesforce_integration_user.billing.username }\njwt_bearer = {\n" + certified(t) + "}"
	first := neighbours + appBlock("Billing Sync", flows, `
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.billing.name]
  }
  timeouts = { create = "5m" }`)
	second := neighbours + appBlock("Billing", flows, `
  description = "Writes invoices"
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = [salesforce_permission_set.billing.name]
    profiles                    = ["System Administrator"]
    refresh_token_policy_type   = "Zero"
  }`)
	held := func(kind, element, want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := o.heldByApp(kind, element); got != want {
				return fmt.Errorf("%s of %s is %q, not %q", element, kind, got, want)
			}
			return nil
		}
	}
	imported := func(id string) resource.TestStep {
		return resource.TestStep{ResourceName: appAddress, ImportState: true, ImportStateVerify: true, ImportStateId: id, ImportStateVerifyIgnore: []string{"timeouts", certificateKey}}
	}
	writes := func() []sfmock.Request {
		return append(o.Requests(sfmock.Match{Kind: "metadata write"}), o.Requests(sfmock.Match{Path: "/deployRequest"})...)
	}
	o.test(
		t, o.withoutECA,
		resource.TestStep{
			Config: first,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(appAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectUnknownValue(appAddress, tfjsonpath.New("consumer_key")),
					plancheck.ExpectUnknownValue(appAddress, tfjsonpath.New("policies").AtMapKey("is_enabled")),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("id"), knownvalue.StringRegexp(regexp.MustCompile(`^0xI.{15}$`))),
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("consumer_key"), knownvalue.StringRegexp(regexp.MustCompile(`^3MVG9`))),
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("org_scoped_external_app"), knownvalue.StringRegexp(regexp.MustCompile(`^00D.{12}:Billing_Sync$`))),
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("policies").AtMapKey("is_enabled"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("oauth").AtMapKey("is_pkce_required"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("oauth").AtMapKey("single_logout_url"), knownvalue.Null()),
			},
			Check: resource.ComposeTestCheckFunc(
				held(oauthPoliciesKind, "clientCredentialsFlowUser", integrationName), held(oauthPoliciesKind, flowElement, "true"), held(globalOAuthKind, flowElement, "true"),
				held(oauthPoliciesKind, "commaSeparatedPermissionSet", "Billing"), held(oauthSettingsKind, "commaSeparatedOauthScopes", "Api, RefreshToken"),
			),
		},
		imported(""),
		imported("billing_sync"),
		resource.TestStep{ // the certificate is the same, whatever stands around it
			ResourceName: appAddress, ImportState: true, ImportStateKind: resource.ImportBlockWithID, Config: strings.Replace(first, "timeouts = { create = \"5m\" }", "", 1),
			ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(appAddress, plancheck.ResourceActionNoop)}},
		},
		resource.TestStep{ResourceName: appAddress, ImportState: true, ImportStateId: "Nothing", ExpectError: regexp.MustCompile(`import id is an API name\s+or the id of an external client app`)},
		resource.TestStep{ // a new timeout asks nothing of Salesforce
			PreConfig:        o.ResetRequests,
			Config:           strings.Replace(first, `create = "5m"`, `create = "6m"`, 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesOnly(appAddress, "timeouts")}},
			Check: func(*terraform.State) error {
				if n := len(writes()); n > 0 {
					return fmt.Errorf("%d writes for a timeout", n)
				}
				return nil
			},
		},
		resource.TestStep{
			PreConfig: o.ResetRequests,
			Config:    second,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(appAddress, plancheck.ResourceActionUpdate), changesOnly(appAddress, "description", "label", "policies", "timeouts")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(appAddress, tfjsonpath.New("policies").AtMapKey("refresh_token_validity_period"), knownvalue.Null()),
			},
			Check: resource.ComposeTestCheckFunc(
				held(appKind, "label", "Billing"), held(appKind, "description", "Writes invoices"), held(oauthPoliciesKind, "commaSeparatedProfile", "System Administrator"),
				held(oauthPoliciesKind, "refreshTokenPolicyType", "Zero"), held(globalOAuthKind, flowElement, "true"),
				func(*terraform.State) error {
					if n := len(writes()); n != 2 {
						return fmt.Errorf("%d writes for changes of two components", n)
					}
					return nil
				},
			),
		},
		resource.TestStep{ // deleted in Setup
			PreConfig: func() {
				if err := o.RemoveComponent(appKind, appName); err != nil {
					t.Error(err)
				}
			},
			Config:           second,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(appAddress, plancheck.ResourceActionCreate)}},
		},
		resource.TestStep{ // another name replaces
			Config: strings.Replace(second, `"Billing_Sync"`, `"Invoices"`, 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(appAddress, plancheck.ResourceActionDestroyBeforeCreate)},
			},
			Check: func(s *terraform.State) error { return o.withoutECA(s) },
		},
		resource.TestStep{ // names are one whatever their case
			Config:           strings.Replace(second, `"Billing_Sync"`, `"INVOICES"`, 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}

// The policies, and attributes within objects, may be left out of the configuration altogether.
func TestExternalClientAppBare(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.play(
		t, o.withoutECA,
		resource.TestStep{Config: appBlock("Billing Sync", "", ""), ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		resource.TestStep{
			Config: appBlock("Billing Sync", "is_device_flow_enabled = true", "policies = { start_page = \"OAuth\" }"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(appAddress, "oauth", "policies")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
		},
		resource.TestStep{Config: appBlock("Billing Sync", "", ""), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	)
}

// What only the apply will know is planned as such, objects among it.
func TestAccExternalClientAppUnknown(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.withAppNeighbours(t)
	facts := `
resource "terraform_data" "facts" {
  input = { username = "` + integrationName + `", sets = ["Billing"], policy = { is_enabled = false } }
}
`
	o.test(t, o.withoutECA, resource.TestStep{
		Config: facts + appBlock("Billing Sync", `client_credentials = terraform_data.facts.output.username == "x" ? null : { run_as = terraform_data.facts.output.username }
    jwt_bearer = terraform_data.facts.output.username == "x" ? { certificate = "" } : null`, `
  policies = {
    permitted_users_policy_type = "AdminApprovedPreAuthorized"
    permission_sets             = terraform_data.facts.output.sets
    is_enabled                  = terraform_data.facts.output.policy.is_enabled
  }`),
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		Check: func(*terraform.State) error {
			if got := o.heldByApp(pluginPoliciesKind, "isEnabled") + o.heldByApp(oauthPoliciesKind, "clientCredentialsFlowUser"); got != "false"+integrationName {
				return fmt.Errorf("the org has %s", got)
			}
			return nil
		},
	})
}

// The app is made, but its id can't be read: it is in the state all the same, and the next apply leaves one good app.
func TestExternalClientAppUnreadableID(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	config := appBlock("Billing Sync", "", "")
	o.play(
		t, o.withoutECA,
		resource.TestStep{
			PreConfig: func() {
				refused := sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights", After: 2} // the name is looked up for the plan and, anew, for the apply
				o.Fail(sfmock.Match{Contains: "<listMetadata><queries><type>ExternalClientApplication"}, 1, refused)
			},
			Config: config, ExpectError: regexp.MustCompile(`(?s)Unable to read back the id of external client app.*lacks\s+a\s+permission`),
		},
		resource.TestStep{
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	)
}
