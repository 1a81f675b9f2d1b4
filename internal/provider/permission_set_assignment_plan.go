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
	if r.connection == nil || req.Plan.Raw.IsNull() {
		return
	}
	var plan, prior permissionSetAssignmentModel
	var configured timetypes.RFC3339
	creating := req.State.Raw.IsNull()
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("expiration_date"), &configured)...)
	if !creating {
		resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	renewed := isSet(plan.ExpirationDate) && !plan.expires().Equal(prior.expires())
	if renewed && !plan.expires().After(time.Now()) {
		resp.Diagnostics.AddAttributeError(path.Root("expiration_date"), "Expiry is in the past",
			fmt.Sprintf("The assignment would never take effect: %s is over. Choose a later time, or remove the assignment.", plan.ExpirationDate.ValueString()))
	}
	switch {
	case creating:
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
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planNew looks for both halves of a new assignment and checks that they can be put together.
func (r *permissionSetAssignmentResource) planNew(ctx context.Context, plan *permissionSetAssignmentModel, diags *diag.Diagnostics) {
	user, set := r.assignee(ctx, plan.Username, diags), r.assigned(ctx, plan.PermissionSet, diags)
	if user != nil {
		plan.AssigneeID = types.StringValue(user.ID)
	}
	if set != nil {
		plan.PermissionSetID = types.StringValue(set.ID)
	}
	if user == nil || set == nil {
		return
	}
	row, err := r.assignment(ctx, user.ID, set.ID)
	switch {
	case err == nil && !r.plan.tracked(row.ID):
		addAssigned(diags, "permission_set", "salesforce_permission_set_assignment", fmt.Sprintf("%s has the permission set %q", user.Username, set.FullName()), row.ID)
	case err != nil && !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "permission sets of", user.Username, err)
	}
	if set.LicenseID != "" {
		r.planLicense(ctx, user, set, diags)
	}
}

// assigned finds the permission set of a new assignment: nil where it is not there yet or not known yet.
func (r *permissionSetAssignmentResource) assigned(ctx context.Context, name text, diags *diag.Diagnostics) *sfclient.PermissionSet {
	if !isSet(name) {
		return nil
	}
	set, err := r.client.PermissionSets.Find(ctx, "Name", name.ValueString())
	switch {
	case err == nil:
		return &set
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "look up", "permission set", name.ValueString(), err)
	case !r.plan.has("PermissionSet", name.ValueString()):
		diags.AddAttributeError(path.Root("permission_set"), "Unknown permission set", r.unknownSet(ctx, name.ValueString()))
	}
	return nil
}

// assignment finds the row that gives a user a permission set; there is none is an error that is ErrNotFound.
func (r *permissionSetAssignmentResource) assignment(ctx context.Context, userID, setID string) (sfclient.Assignment, error) {
	rows, err := r.client.Assignments.All(ctx, "AssigneeId", userID)
	if err != nil {
		return sfclient.Assignment{}, err
	}
	if i := slices.IndexFunc(rows, func(a sfclient.Assignment) bool { return a.PermissionSetID == setID }); i >= 0 {
		return rows[i], nil
	}
	return sfclient.Assignment{}, sfclient.ErrNotFound
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
