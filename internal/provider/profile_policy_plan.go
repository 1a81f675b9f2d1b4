package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ModifyPlan finds the profile, shows what a new policy takes from the org's settings, warns of what it changes in one that is there,
// and finds what Salesforce would refuse.
func (r *profilePolicyResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil || req.Plan.Raw.IsNull() {
		return
	}
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	r.fields.checkWritten(r.client.Release(), config, d)
	profile := r.planProfile(ctx, plan["profile"], d)
	if d.HasError() {
		return
	}
	if !req.State.Raw.IsNull() {
		if profile == nil || textOf(plan["id"]) != profile.ID {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("profile"))
			return // Terraform asks again for the new one
		}
		r.checkPlan(plan, d)
		r.guard(ctx, profile, plan, attributesOf(ctx, req.State, d), d)
		return
	}
	if profile != nil {
		plan["id"] = types.StringValue(profile.ID)
	}
	r.checkPlan(r.planPolicy(ctx, profile, config, plan, d), d)
	r.guard(ctx, profile, plan, nil, d)
	d.Append(setAttributes(ctx, &resp.Plan, plan)...)
}

// planProfile finds the profile that a plan names; nil for one that exists only after an apply.
func (r *profilePolicyResource) planProfile(ctx context.Context, value any, diags *diag.Diagnostics) *namedProfile {
	name, _ := value.(types.String)
	if name.IsUnknown() {
		return nil
	}
	profile, err := r.profileKnownAs(ctx, name.ValueString())
	switch {
	case err == nil:
		return &profile
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "read", "profile", name.ValueString(), err)
	case !r.plan.has("Profile", name.ValueString()):
		r.addUnknownProfile(ctx, name.ValueString(), diags)
	}
	return nil
}

func (c *connection) addUnknownProfile(ctx context.Context, name string, diags *diag.Diagnostics) {
	profiles, err := c.client.Profiles.List(ctx)
	if err != nil {
		addError(diags, "read", "profiles", "", err)
		return
	}
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.Name
	}
	diags.AddAttributeError(path.Root("profile"), "Unknown profile",
		unknownName("profile", name, names)+"\n\nRefer to the name of a salesforce_profile that this configuration creates, so that Terraform creates it first.")
}

// planPolicy plans a policy that the state does not hold yet, and returns all values that the profile is going to have as far as they
// are known.
func (r *profilePolicyResource) planPolicy(ctx context.Context, profile *namedProfile, config, plan attributes, diags *diag.Diagnostics) attributes {
	var found *sfclient.Component
	err := sfclient.ErrNotFound
	if profile != nil {
		found, err = r.policyOf(ctx, *profile)
	}
	exists := err == nil
	if errors.Is(err, sfclient.ErrNotFound) {
		found, err = r.preset(ctx)
	}
	if err != nil {
		addError(diags, "read", r.noun, textOf(plan["profile"]), err)
		return plan
	}
	now := attributes{}
	r.fields.read(found, nil, now)
	if exists {
		r.warnOfPolicy(profile.Name, r.fields.differences(plan, now), diags)
	}
	becomes := maps.Clone(plan)
	for _, f := range r.fields {
		if name := f.name(); config[name].IsNull() && isSet(now[name]) {
			becomes[name] = now[name]
		}
	}
	if !exists {
		maps.Copy(plan, becomes)
	}
	return becomes
}

// warnOfPolicy lists what the policy that a profile has already says otherwise.
func (r *profilePolicyResource) warnOfPolicy(profile string, changes []string, diags *diag.Diagnostics) {
	if changes != nil {
		diags.AddWarning(fmt.Sprintf("The profile %q has another %s", profile, r.noun),
			"Creating this resource takes the policy over and changes it:\n"+listed(changes)+"\n\nTo see this as a change of what is there, import it first:\n  "+importCommand(r.typeName, fmt.Sprintf("%q", profile)))
	}
}

func (r *profilePolicyResource) checkPlan(plan attributes, diags *diag.Diagnostics) {
	if r.check != nil && !diags.HasError() {
		r.check(plan, diags)
	}
}
