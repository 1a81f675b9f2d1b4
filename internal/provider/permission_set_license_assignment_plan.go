package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// ModifyPlan finds at plan time what Salesforce would refuse at apply: a user or licence that is not there, a pair that is
// assigned already, no free seat.
func (r *permissionSetLicenseAssignmentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	c := changeIn[permissionSetLicenseAssignmentModel](ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !c.creating {
		r.plan.tracks(c.prior.ID.ValueString())
		if c.destroying || !folded.same(c.plan.recordName(), c.prior.recordName()) {
			r.frees(&c.prior)
		}
		return
	}
	r.planNew(ctx, &c.plan, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &c.plan)...)
}

// planNew looks for both halves of a new assignment and for a free seat.
func (r *permissionSetLicenseAssignmentResource) planNew(ctx context.Context, plan *permissionSetLicenseAssignmentModel, diags *diag.Diagnostics) {
	user := r.assignee(ctx, plan.Username, diags)
	if user != nil {
		plan.AssigneeID = types.StringValue(user.ID)
	}
	if !isSet(plan.PermissionSetLicense) {
		return
	}
	at := path.Root("permission_set_license")
	licence, err := r.permissionSetLicense(ctx, plan.PermissionSetLicense.ValueString())
	if err != nil {
		diags.AddAttributeError(at, "Unknown permission set licence", upperFirst(err.Error()))
		return
	}
	plan.PermissionSetLicenseID = types.StringValue(licence.ID)
	if user != nil {
		row, err := r.assignment(ctx, user.ID, licence.ID)
		switch {
		case err == nil && r.plan.tracked(row.ID):
			return // replaced: the seat that it takes is its own
		case err == nil:
			addAssigned(diags, "permission_set_license", "salesforce_permission_set_license_assignment", fmt.Sprintf("%s holds the permission set licence %q", user.Username, licence.DeveloperName), row.ID)
			return
		case !errors.Is(err, sfclient.ErrNotFound):
			addError(diags, "look up", "permission set licences of", user.Username, err)
			return
		}
	}
	if isSet(plan.Username) {
		r.takeLicense(licence, plan.Username.ValueString(), at, diags)
	}
}

// frees announces the seat that an assignment leaves free.
func (r *permissionSetLicenseAssignmentResource) frees(m *permissionSetLicenseAssignmentModel) {
	r.plan.seat(m.PermissionSetLicenseID.ValueString(), m.Username.ValueString(), -1)
}

// assignment finds the row by which a user holds a licence; there is none is an error that is ErrNotFound.
func (r *permissionSetLicenseAssignmentResource) assignment(ctx context.Context, userID, licenceID string) (sfclient.LicenseAssignment, error) {
	rows, err := r.client.LicenseAssignments.All(ctx, "AssigneeId", userID)
	if err != nil {
		return sfclient.LicenseAssignment{}, err
	}
	if i := slices.IndexFunc(rows, func(l sfclient.LicenseAssignment) bool { return l.PermissionSetLicenseID == licenceID }); i >= 0 {
		return rows[i], nil
	}
	return sfclient.LicenseAssignment{}, sfclient.ErrNotFound
}
