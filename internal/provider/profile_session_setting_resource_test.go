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
)

func TestProfileSessionSettingDrift(t *testing.T) {
	t.Parallel()
	checkPolicies(t, newProfileSessionSettingResource, nil)
}

func TestAccProfileSessionSetting(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const address = "salesforce_profile_session_setting.standard"
	config := func(profile, more string) string {
		return fmt.Sprintf("resource \"salesforce_profile_session_setting\" \"standard\" {\n  profile = %q\n%s\n}\n", profile, more)
	}
	holds := func(profile, element, want string) resource.TestCheckFunc {
		return func(*terraformState) error {
			if policy := o.policies(t, sessionKind)[profile]; policy.Text(element) != want {
				return fmt.Errorf("%s of %s is %q, not %q", element, profile, policy.Text(element), want)
			}
			return nil
		}
	}
	none := func(*terraformState) error {
		if policies := o.policies(t, sessionKind); len(policies) > 0 {
			return fmt.Errorf("the org still has %v", policies)
		}
		return nil
	}
	const strict = "  session_timeout = 30\n  required_session_level = \"STANDARD\""
	o.test(
		t, none,
		resource.TestStep{
			Config: config("Standard User", strict),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("session_timeout_warning"), knownvalue.Bool(true)),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact(o.profile(t, "Standard User"))),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("force_logout"), knownvalue.Bool(false)),
			},
			Check: resource.ComposeAggregateTestCheckFunc(holds("standard", "sessionTimeout", "30"), holds("standard", "requiredSessionLevel", "STANDARD")),
		},
		resource.TestStep{Config: config("Standard User", strict), ResourceName: address, ImportState: true, ImportStateVerify: true},
		resource.TestStep{Config: config("Standard User", strict), ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateId: "Standard User"},
		resource.TestStep{Config: config("Standard User", strict), ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateId: "standard"},
		resource.TestStep{
			Config: config("Standard User", strict), ResourceName: address, ImportState: true, ImportStateId: "Nobody",
			ExpectError: regexp.MustCompile(`Unable to import profile session setting "Nobody"[\s\S]*API\s+name`),
		},
		resource.TestStep{
			Config: config("Standard User", strict), ResourceName: address, ImportState: true, ImportStateId: "Admin",
			ExpectError: regexp.MustCompile(`System Administrator has none of its own`),
		},
		resource.TestStep{
			Config: config("Standard User", "  session_timeout = 120\n  force_logout = true"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), changesOnly(address, "session_timeout", "force_logout"),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeAggregateTestCheckFunc(holds("standard", "forceLogout", "true"), holds("standard", "requiredSessionLevel", "STANDARD")),
		},
		resource.TestStep{
			Config: config("Admin", strict),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeAggregateTestCheckFunc(holds("admin", "sessionTimeout", "30"), holds("standard", "sessionTimeout", "")),
		},
	)
}

// A profile and its session setting come, change their name and go together.
func TestAccProfileSessionSettingOfANewProfile(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const address = "salesforce_profile_session_setting.night"
	config := func(name string) string {
		return fmt.Sprintf(`
resource "salesforce_profile" "night" {
  name         = %q
  user_license = "Salesforce"
}

resource "salesforce_profile_session_setting" "night" {
  profile         = salesforce_profile.night.name
  session_timeout = 15
}
`, name)
	}
	check := func(name string) resource.TestStep {
		return resource.TestStep{
			Config: config(name),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectKnownValue(address, tfjsonpath.New("force_logout"), knownvalue.Bool(false))},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.CompareValuePairs(address, tfjsonpath.New("id"), "salesforce_profile.night", tfjsonpath.New("id"), compare.ValuesSame()),
			},
			Check: func(*terraformState) error {
				if policies := o.policies(t, sessionKind); len(policies) != 1 || policies[name].Parts == nil {
					return fmt.Errorf("the org has %v", policies)
				}
				return nil
			},
		}
	}
	none := func(*terraformState) error {
		if policies := o.policies(t, sessionKind); len(policies) > 0 {
			return fmt.Errorf("the org still has %v", policies)
		}
		return nil
	}
	o.test(t, none, check("Night: Shift"), check("Day / Shift"))
}
