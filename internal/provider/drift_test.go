package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// drift is a change made by hand in the org to something that the configuration owns.
type drift struct {
	attribute string
	change    func(t *testing.T)
	repaired  func() error // asks the org whether apply put it back
}

// driftSteps show each change in a plan, on its attribute, and repair it by an apply.
func driftSteps(t *testing.T, address, config string, drifts []drift) []resource.TestStep {
	t.Helper()
	steps := make([]resource.TestStep, 0, len(drifts))
	for _, d := range drifts {
		steps = append(steps, resource.TestStep{
			PreConfig: func() { d.change(t) },
			Config:    config,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), changesOnly(address, d.attribute)},
				PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
			},
			Check: func(*terraformState) error {
				if err := d.repaired(); err != nil {
					return fmt.Errorf("drift of %s: %w", d.attribute, err)
				}
				return nil
			},
		})
	}
	return steps
}
