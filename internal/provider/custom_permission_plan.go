package provider

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ValidateConfig finds what is wrong in any org.
func (r *customPermissionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config customPermissionModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	required, _ := entriesIn(config.RequiredPermissions)
	requiredShape.validate(required, &resp.Diagnostics)
}

// ModifyPlan finds at plan time what Salesforce would refuse at apply, and plans what the configuration leaves out as it is.
func (r *customPermissionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	c := changeIn[customPermissionModel](ctx, req, d)
	plan, prior := c.plan, c.prior
	if !c.creating {
		r.plan.tracks(prior.ID.ValueString())
	}
	if c.destroying {
		return
	}
	var config customPermissionModel
	if d.Append(req.Config.Get(ctx, &config)...); d.HasError() {
		return
	}
	plan.complete(&config, &prior)
	r.checkRequired(ctx, &plan, &prior, d) // before its own name is announced: no new permission can require itself
	r.planName(ctx, &plan, &prior, d)
	d.Append(resp.Plan.Set(ctx, &plan)...)
}

// complete plans what the configuration leaves out as it is, which is nothing at creation, and what means the same as before as it was.
func (m *customPermissionModel) complete(config, prior *customPermissionModel) {
	if config.Description.IsNull() {
		m.Description = prior.Description
	}
	written, complete := entriesIn(m.RequiredPermissions)
	held, _ := entriesIn(prior.RequiredPermissions)
	switch {
	case config.RequiredPermissions.IsNull() && prior.ID.IsNull():
		m.RequiredPermissions = nameSetOf(nil)
	case config.RequiredPermissions.IsNull(), complete && isSet(prior.RequiredPermissions) && maps.Equal(held.respelled(written, requiredShape.canonical), written):
		m.RequiredPermissions = prior.RequiredPermissions
	}
}

// checkRequired looks for what is newly required in the org and among what this plan creates.
func (r *customPermissionResource) checkRequired(ctx context.Context, plan, prior *customPermissionModel, diags *diag.Diagnostics) {
	after, _ := entriesIn(plan.RequiredPermissions)
	before, _ := entriesIn(prior.RequiredPermissions)
	for _, name := range slices.Sorted(slices.Values(addedNames(after, before))) {
		_, err := r.client.CustomPermissions.Find(ctx, "DeveloperName", name)
		switch {
		case err == nil || r.plan.has(customPermissionKind, name):
		case errors.Is(err, sfclient.ErrNotFound):
			diags.AddAttributeError(path.Root("required_permissions"), "Unknown custom permission", r.unknownCustomPermission(ctx, name))
		default:
			addError(diags, "look up", "custom permission", name, err)
		}
	}
}

// unknownCustomPermission explains a custom permission that is neither in the org nor in the plan.
func (c *connection) unknownCustomPermission(ctx context.Context, name string) string {
	names, _ := customPermissionNames(ctx, c.client) // which only serve to tell one that may have been meant
	return unknownName("custom permission", name, names) + customPermissionAdvice
}

const customPermissionAdvice = "\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: salesforce_custom_permission.<name>.name"

// customPermissionNames are the custom permissions that the signed-in user sees.
func customPermissionNames(ctx context.Context, client *sfclient.Client) ([]string, error) {
	rows, err := client.CustomPermissions.List(ctx)
	if isUnreadable(err) {
		return nil, nil
	}
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = rows[i].FullName()
	}
	return names, err
}

// planName announces a new name and reports one that is taken by a permission that this configuration does not manage.
func (r *customPermissionResource) planName(ctx context.Context, plan, prior *customPermissionModel, diags *diag.Diagnostics) {
	if !isSet(plan.Name) || plan.Name.Equal(prior.Name) {
		return
	}
	name := plan.Name.ValueString()
	r.plan.creates(customPermissionKind, name)
	if r.ofPackage(ctx, "custom permission", "salesforce_custom_permission", name, diags) {
		return
	}
	switch taken, err := r.client.CustomPermissions.Find(ctx, "DeveloperName", name); {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "check the name of", "custom permission", name, err)
	case !r.plan.tracked(taken.ID): // those of this configuration are about to be replaced
		addNameTaken(diags, "custom permission", "salesforce_custom_permission", name, taken.ID)
	}
}
