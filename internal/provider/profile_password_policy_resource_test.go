package provider

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

func TestProfilePasswordPolicyDrift(t *testing.T) {
	t.Parallel()
	checkPolicies(t, newProfilePasswordPolicyResource, map[string][2]string{"passwordHistory": {"24", "1"}, "passwordExpiration": {"365", "30"}})
}

func TestAccProfilePasswordPolicy(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const address = "salesforce_profile_password_policy.integrations"
	config := func(more string) string {
		return fmt.Sprintf("resource \"salesforce_profile_password_policy\" \"integrations\" {\n  profile = %q\n%s\n}\n", apiOnlyProfiles[0], more)
	}
	holds := func(element, want string) resource.TestCheckFunc {
		return func(*terraformState) error {
			for _, policy := range o.policies(t, "ProfilePasswordPolicy") {
				if policy.Text(element) != want {
					return fmt.Errorf("%s is %q, not %q", element, policy.Text(element), want)
				}
				return nil
			}
			return errors.New("the org has no policy")
		}
	}
	none := func(*terraformState) error {
		if policies := o.policies(t, "ProfilePasswordPolicy"); len(policies) > 0 {
			return fmt.Errorf("the org still has %v", policies)
		}
		return nil
	}
	o.test(
		t, none,
		resource.TestStep{
			Config: config("  password_expiration = 0\n  password_history = 0"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("minimum_password_length"), knownvalue.Int64Exact(8)),
				},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact(o.profile(t, apiOnlyProfiles[0]))),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("lockout_interval"), knownvalue.Int64Exact(15)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("is_disabled"), knownvalue.Bool(false)),
			},
			Check: resource.ComposeAggregateTestCheckFunc(holds("passwordExpiration", "0"), holds("passwordHistory", "0"), holds("maxLoginAttempts", "10")),
		},
		resource.TestStep{Config: config("  password_expiration = 0\n  password_history = 0"), ResourceName: address, ImportState: true, ImportStateVerify: true},
		resource.TestStep{
			Config: config("  password_expiration = 90\n  password_history = 5\n  minimum_password_length = 16"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(address, "password_expiration", "password_history", "minimum_password_length")},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: resource.ComposeAggregateTestCheckFunc(holds("passwordExpiration", "90"), holds("passwordHistory", "5"), holds("minimumPasswordLength", "16")),
		},
	)
}
