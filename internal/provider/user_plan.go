package provider

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ModifyPlan finds at plan time what Salesforce would refuse at apply: a taken username, no free seat, a feature that the org lacks.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	c := changeIn[userModel](ctx, req, &resp.Diagnostics)
	plan, prior := c.plan, c.prior
	var config userModel
	if !c.destroying {
		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	r.planSeats(ctx, seatChange{
		username: cmp.Or(plan.Username.ValueString(), prior.Username.ValueString()),
		before:   prior.ProfileID.ValueString(), after: plan.ProfileID.ValueString(),
		wasActive: prior.IsActive.ValueBool(), isActive: plan.IsActive.ValueBool(),
	}, &resp.Diagnostics)
	r.guard(ctx, &plan, &prior, c.destroying, &resp.Diagnostics)
	if c.destroying {
		return
	}
	if c.creating {
		r.planDefaults(ctx, &config.userCore, &plan.userCore, &resp.Diagnostics)
	}
	if isSet(plan.Username) {
		r.plan.creates("User", plan.Username.ValueString())
		if c.creating || !folded.same(plan.Username.ValueString(), prior.Username.ValueString()) {
			if taken := r.namesake(ctx, plan.Username.ValueString(), &resp.Diagnostics); taken != nil && taken.ID != prior.ID.ValueString() {
				addTaken(&resp.Diagnostics, "salesforce_user", taken)
			}
		}
	}
	r.checkFeatures(ctx, &plan, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// checkFeatures reports feature licences that the org does not have.
func (r *userResource) checkFeatures(ctx context.Context, plan *userModel, diags *diag.Diagnostics) {
	wanted := stringsOf(ctx, plan.FeatureLicenses, diags)
	if len(wanted) == 0 {
		return
	}
	offered, err := r.client.UserFeatures(ctx)
	if err != nil {
		addError(diags, "read", "the org's feature licences", "", err)
		return
	}
	for _, name := range wanted {
		if !slices.Contains(offered, name) {
			diags.AddAttributeError(path.Root("feature_licenses"), "Unknown feature licence", unknownName("feature licence", name, offered))
		}
	}
}
