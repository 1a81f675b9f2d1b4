package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ValidateConfig finds what is wrong in any org.
func (r *permissionSetGroupResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config permissionSetGroupModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	members, _ := config.members()
	memberShape.validate(members, &resp.Diagnostics)
	muted, _ := mutedIn(ctx, config.Muted, &resp.Diagnostics)
	validateMuted(muted, &resp.Diagnostics)
}

// ModifyPlan finds at plan time what Salesforce would refuse at apply, and keeps from the plan what only looks like a change.
func (r *permissionSetGroupResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	c := changeIn[permissionSetGroupModel](ctx, req, d)
	plan, prior := c.plan, c.prior
	if !c.creating {
		r.plan.tracks(prior.ID.ValueString())
	}
	if c.destroying || d.HasError() {
		return
	}
	if !c.creating {
		plan.adopt(ctx, &prior, d)
		plan.planStatus(ctx, &prior, d)
		d.Append(resp.Plan.Set(ctx, &plan)...)
	}
	r.planName(ctx, &plan, &prior, d)
	r.checkMembers(ctx, &plan, &prior, d)

	muted, _ := mutedIn(ctx, plan.Muted, d)
	before, _ := mutedIn(ctx, prior.Muted, d)
	var found diag.Diagnostics
	r.checkContent(ctx, muted, before, false, &found) // of names only: what needs a muted permission goes with it
	d.Append(nestedIn("muted", found)...)
	r.guard(ctx, &plan, &prior, before, muted, d)
}

// adopt takes what means the same as before as it was.
func (m *permissionSetGroupModel) adopt(ctx context.Context, prior *permissionSetGroupModel, diags *diag.Diagnostics) {
	written, complete := m.members()
	held, _ := prior.members()
	if complete && maps.Equal(held.respelled(written, memberShape.canonical), written) {
		m.PermissionSets = prior.PermissionSets
	}
	if !isSet(m.Muted) || !isSet(prior.Muted) {
		return
	}
	content := mutedContent(ctx, m.Muted, diags)
	if content.adopt(mutedContent(ctx, prior.Muted, diags)) {
		m.Muted = mutedValue(content)
	}
}

// planStatus is how the group will be: an update waits until it is recalculated, and nothing else is a change.
func (m *permissionSetGroupModel) planStatus(ctx context.Context, prior *permissionSetGroupModel, diags *diag.Diagnostics) {
	m.Status = prior.Status
	if !m.equal(ctx, prior, diags) {
		m.Status = types.StringValue(sfclient.GroupUpdated)
	}
}

// planName announces a new name and reports one that is taken by a group that this configuration does not manage.
func (r *permissionSetGroupResource) planName(ctx context.Context, plan, prior *permissionSetGroupModel, diags *diag.Diagnostics) {
	if !isSet(plan.Name) || plan.Name.Equal(prior.Name) {
		return
	}
	name := plan.Name.ValueString()
	r.plan.creates(permissionSetGroupKind, name)
	switch taken, err := r.client.PermissionSetGroups.Find(ctx, "DeveloperName", name); {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "check the name of", "permission set group", name, err)
	case !r.plan.tracked(taken.ID): // those of this configuration are about to be renamed or replaced
		addNameTaken(diags, "permission set group", "salesforce_permission_set_group", name, taken.ID)
	}
}

// checkMembers looks for new members in the org and among what this plan creates.
func (r *permissionSetGroupResource) checkMembers(ctx context.Context, plan, prior *permissionSetGroupModel, diags *diag.Diagnostics) {
	after, _ := plan.members()
	before, _ := prior.members()
	for _, name := range slices.Sorted(slices.Values(addedNames(after, before))) {
		_, err := r.client.PermissionSets.Find(ctx, "Name", name)
		switch {
		case err == nil || r.plan.has(permissionSetKind, name):
		case errors.Is(err, sfclient.ErrNotFound):
			diags.AddAttributeError(path.Root("permission_sets"), "Unknown permission set", r.unknownSet(ctx, name))
		default:
			addError(diags, "look up", "permission set", name, err)
		}
	}
}

// groupToAssign finds the permission set group of a new assignment: nil where it is not there yet. One that is neither in the org nor in
// this plan is an error on the attribute that names it.
func (c *connection) groupToAssign(ctx context.Context, name string, at path.Path, diags *diag.Diagnostics) *sfclient.PermissionSetGroup {
	group, err := c.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
	switch {
	case err == nil:
		return &group
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "permission set group", name, err)
	case !c.plan.has(permissionSetGroupKind, name):
		diags.AddAttributeError(at, "Unknown permission set group", c.unknownGroup(ctx, name))
	}
	return nil
}

// unknownGroup explains a permission set group that is neither in the org nor in the plan.
func (c *connection) unknownGroup(ctx context.Context, name string) string {
	var names []string
	if groups, err := c.client.PermissionSetGroups.List(ctx); err == nil {
		for _, g := range groups {
			names = append(names, g.FullName())
		}
	}
	return unknownName("permission set group", name, names) +
		"\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: salesforce_permission_set_group.<name>.name"
}

// addNotUpdated says why what a group grants is not what its members and muting say. The group itself is as it should be, so it is a
// warning: an error at creation would make Terraform destroy and create it again.
func addNotUpdated(diags *diag.Diagnostics, name string, err error) {
	diags.AddWarning(fmt.Sprintf("Permission set group %q is not up to date", name),
		explain(err)+"\n\nThe group itself is there and tracked in the state. As long as its status is not Updated, it can't be assigned, and whoever holds it keeps what it granted before.")
}
