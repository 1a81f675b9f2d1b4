package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ModifyPlan warns of what the first apply changes in the org, and finds what Salesforce would refuse or ignore, and what would lock
// somebody out.
func (r *settingsResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	if req.Plan.Raw.IsNull() {
		r.checkRestored(ctx, req, d)
		return
	}
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	r.fields.checkWritten(r.client.Release(), config, d)
	var before attributes
	if !req.State.Raw.IsNull() {
		before = attributesOf(ctx, req.State, d)
	} else if before = r.now(ctx, d); before != nil {
		r.warnOfFirstApply(ctx, r.typeName, r.noun, r.fields.differences(plan, before), d)
	}
	if before != nil && r.check != nil && !d.HasError() {
		r.check(ctx, r.connection, plan, before, d)
	}
}

// checkRestored looks at what destroying puts back as at a change.
func (r *settingsResource) checkRestored(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	state := attributesOf(ctx, req.State, diags)
	kept, more := req.Private.GetKey(ctx, beforeKey)
	if diags.Append(more...); diags.HasError() || r.check == nil || textOf(state["on_destroy"]) != onDestroyRestore {
		return
	}
	earlier, after := r.earlier(beforeFrom(kept)), maps.Clone(state)
	for _, f := range r.fields {
		if earlier.Has(append(slices.Clone(r.part), f.element)...) {
			after[f.name()] = f.read(earlier, r.part, state[f.name()])
		}
	}
	r.check(ctx, r.connection, after, state, diags)
}
