package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ModifyPlan finds at plan time what Salesforce would refuse at apply: a user or set that is not there, a pair that is assigned
// already, a licence that the user lacks, an expiry that is over.
func (r *permissionSetAssignmentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	c := changeIn[permissionSetAssignmentModel](ctx, req, &resp.Diagnostics)
	plan, prior := c.plan, c.prior
	if c.destroying {
		r.guard(ctx, &plan, &prior, true, &resp.Diagnostics)
		return
	}
	var configured timetypes.RFC3339
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("expiration_date"), &configured)...)
	if resp.Diagnostics.HasError() {
		return
	}
	renewed := isSet(plan.ExpirationDate) && !plan.expires().Equal(prior.expires())
	if renewed && !plan.expires().After(time.Now()) {
		resp.Diagnostics.AddAttributeError(path.Root("expiration_date"), "Expiry is in the past",
			fmt.Sprintf("The assignment would never take effect: %s is over. Choose a later time, or remove the assignment.", plan.ExpirationDate.ValueString()))
	}
	switch {
	case c.creating:
		if configured.IsNull() {
			plan.ExpirationDate = timetypes.NewRFC3339Null()
		}
		plan.IsActive = types.BoolValue(true)
		r.planNew(ctx, &plan, &resp.Diagnostics)
	default:
		r.plan.tracks(prior.ID.ValueString())
		if renewed && !prior.IsActive.ValueBool() {
			plan.IsActive = types.BoolUnknown() // a user access policy may have revoked it, which a later expiry does not undo
		}
	}
	r.guard(ctx, &plan, &prior, len(resp.RequiresReplace) > 0, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planNew looks for both halves of a new assignment and checks that they can be put together.
func (r *permissionSetAssignmentResource) planNew(ctx context.Context, plan *permissionSetAssignmentModel, diags *diag.Diagnostics) {
	user := r.assignee(ctx, plan.Username, diags)
	if user != nil {
		plan.AssigneeID = types.StringValue(user.ID)
	}
	if set := r.planSet(ctx, plan, diags); set != nil && user != nil {
		r.planPair(ctx, user, "permission_set", fmt.Sprintf("the permission set %q", set.FullName()), diags, func(a sfclient.Assignment) bool { return a.PermissionSetID == set.ID })
		if set.LicenseID != "" {
			r.planLicense(ctx, user, set, diags)
		}
	}
	if group := r.planGroup(ctx, plan, diags); group != nil && user != nil {
		r.planPair(ctx, user, "permission_set_group", fmt.Sprintf("the permission set group %q", group.FullName()), diags, func(a sfclient.Assignment) bool { return a.GroupID == group.ID })
	}
}

// planPair reports that the user has already what the assignment would give.
func (r *permissionSetAssignmentResource) planPair(ctx context.Context, user *sfclient.User, attribute, what string, diags *diag.Diagnostics, given func(sfclient.Assignment) bool) {
	row, err := r.assignment(ctx, user.ID, given)
	switch {
	case err == nil && !r.plan.tracked(row.ID):
		addAssigned(diags, attribute, "salesforce_permission_set_assignment", fmt.Sprintf("%s has %s", user.Username, what), row.ID)
	case err != nil && !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "permission sets of", user.Username, err)
	}
}

// planSet finds the permission set of a new assignment: nil where a group is assigned, or where it is not there yet or not known yet.
func (r *permissionSetAssignmentResource) planSet(ctx context.Context, plan *permissionSetAssignmentModel, diags *diag.Diagnostics) *sfclient.PermissionSet {
	if plan.PermissionSet.IsNull() {
		plan.PermissionSetID = types.StringNull()
	}
	if !isSet(plan.PermissionSet) {
		return nil
	}
	name := plan.PermissionSet.ValueString()
	set, err := r.client.PermissionSets.Find(ctx, "Name", name)
	switch {
	case err == nil:
		plan.PermissionSetID = types.StringValue(set.ID)
		return &set
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "permission set", name, err)
	case !r.plan.has("PermissionSet", name):
		diags.AddAttributeError(path.Root("permission_set"), "Unknown permission set", r.unknownSet(ctx, name))
	}
	return nil
}

// planGroup is planSet for the permission set group.
func (r *permissionSetAssignmentResource) planGroup(ctx context.Context, plan *permissionSetAssignmentModel, diags *diag.Diagnostics) *sfclient.PermissionSetGroup {
	if plan.PermissionSetGroup.IsNull() {
		plan.PermissionSetGroupID = types.StringNull()
	}
	if !isSet(plan.PermissionSetGroup) {
		return nil
	}
	group := r.groupToAssign(ctx, plan.PermissionSetGroup.ValueString(), path.Root("permission_set_group"), diags)
	if group != nil {
		plan.PermissionSetGroupID = types.StringValue(group.ID)
	}
	return group
}

// planLicense refuses a set that is tied to a licence which the user neither holds nor gets by this plan.
func (r *permissionSetAssignmentResource) planLicense(ctx context.Context, user *sfclient.User, set *sfclient.PermissionSet, diags *diag.Diagnostics) {
	if r.plan.takes(set.LicenseID, user.Username) || r.licenceOf(ctx, user.ProfileID, diags) == set.LicenseID {
		return
	}
	held, err := r.client.LicenseAssignments.All(ctx, "AssigneeId", user.ID)
	if err != nil {
		addError(diags, "look up", "permission set licences of", user.Username, err)
		return
	}
	if slices.ContainsFunc(held, func(l sfclient.LicenseAssignment) bool { return l.PermissionSetLicenseID == set.LicenseID }) {
		return
	}
	licence, remedy := r.nameLicense(ctx, set.LicenseID)
	diags.AddAttributeError(path.Root("permission_set"), "Permission set needs another licence",
		fmt.Sprintf("The permission set %q is tied to the %s, which %s does not hold, so Salesforce would refuse the assignment.\n\n%s, or choose a permission set that is tied to no licence.",
			set.FullName(), licence, user.Username, remedy))
}

// nameLicense is a licence in words, and how a user comes to hold it.
func (r *permissionSetAssignmentResource) nameLicense(ctx context.Context, id string) (name, remedy string) {
	if licences, err := r.client.PermissionSetLicenses.List(ctx); err == nil {
		for _, l := range licences {
			if l.ID == id {
				return fmt.Sprintf("permission set licence %q", l.DeveloperName),
					"Assign it first, and refer to that so that Terraform keeps the order: username = salesforce_permission_set_license_assignment.<name>.username"
			}
		}
	}
	name = "licence " + id
	if licences, err := r.client.UserLicenses.List(ctx); err == nil {
		for _, l := range licences {
			if l.ID == id {
				name = fmt.Sprintf("user licence %q", l.Name)
			}
		}
	}
	return name, "Give the user a profile of that licence"
}
