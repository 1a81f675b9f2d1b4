package provider

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

type terraformState = terraform.State

// changesOnly checks that a plan changes exactly the given attributes of a resource.
func changesOnly(address string, attributes ...string) plancheck.PlanCheck {
	return planCheck(func(plan *tfjson.Plan) error {
		for _, change := range plan.ResourceChanges {
			if change.Address != address {
				continue
			}
			before, _ := change.Change.Before.(map[string]any)
			after, _ := change.Change.After.(map[string]any)
			unknown, _ := change.Change.AfterUnknown.(map[string]any)
			var changed []string
			for name := range merged(before, after, unknown) {
				if isUnknown, _ := unknown[name].(bool); isUnknown || !reflect.DeepEqual(before[name], after[name]) {
					changed = append(changed, name)
				}
			}
			slices.Sort(changed)
			slices.Sort(attributes)
			if !slices.Equal(changed, attributes) {
				return fmt.Errorf("the plan changes %v of %s, not %v", changed, address, attributes)
			}
			return nil
		}
		return fmt.Errorf("the plan says nothing of %s", address)
	})
}

func merged(all ...map[string]any) map[string]any {
	sum := map[string]any{}
	for _, one := range all {
		maps.Copy(sum, one)
	}
	return sum
}

// planCheck is a plancheck.PlanCheck that is a function.
type planCheck func(plan *tfjson.Plan) error

// CheckPlan implements plancheck.PlanCheck.
func (c planCheck) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = c(req.Plan)
}

// meanwhile does something between the plan and the apply.
func meanwhile(do func() error) plancheck.PlanCheck {
	return planCheck(func(*tfjson.Plan) error { return do() })
}
