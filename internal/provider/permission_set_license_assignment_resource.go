package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &permissionSetLicenseAssignmentResource{}
	_ resource.ResourceWithModifyPlan  = &permissionSetLicenseAssignmentResource{}
	_ resource.ResourceWithImportState = &permissionSetLicenseAssignmentResource{}
	_ resource.ResourceWithIdentity    = &permissionSetLicenseAssignmentResource{}
)

func newPermissionSetLicenseAssignmentResource() resource.Resource {
	return &permissionSetLicenseAssignmentResource{}
}

// permissionSetLicenseAssignmentResource gives one user a seat of a permission set licence: salesforce_permission_set_license_assignment.
type permissionSetLicenseAssignmentResource struct{ resourceBase }

type permissionSetLicenseAssignmentModel struct {
	ID                     types.String `tfsdk:"id"`
	Username               text         `tfsdk:"username"`
	PermissionSetLicense   text         `tfsdk:"permission_set_license"`
	AssigneeID             types.String `tfsdk:"assignee_id"`
	PermissionSetLicenseID types.String `tfsdk:"permission_set_license_id"`
}

func (r *permissionSetLicenseAssignmentResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_permission_set_license_assignment"
}

func (r *permissionSetLicenseAssignmentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives a user a seat of a permission set licence. The licence grants nothing by itself: it raises the ceiling of what the user's permission sets may grant, so it comes before them. Let their `salesforce_permission_set_assignment` take its `username` from this resource, and Terraform keeps that order, also when it destroys them.\n\n" +
			"-> The provider's user needs Assign Permission Sets and View Setup and Configuration.",
		Attributes: map[string]schema.Attribute{
			"id":                        idAttribute("assignment"),
			"username":                  pairName("Username of the user.", isMail()),
			"permission_set_license":    pairName("Developer name of the permission set licence, such as `"+integrationLicense+"`.", stringvalidator.LengthAtLeast(1)),
			"assignee_id":               pairID("Id of the user."),
			"permission_set_license_id": pairID("Id of the permission set licence."),
		},
	}
}

func (r *permissionSetLicenseAssignmentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("assignment")
}

func (r *permissionSetLicenseAssignmentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan permissionSetLicenseAssignmentModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	err := r.resolve(ctx, &plan)
	if err == nil {
		var id string
		id, err = r.client.LicenseAssignments.Create(ctx, sfclient.Values{"AssigneeId": plan.AssigneeID.ValueString(), "PermissionSetLicenseId": plan.PermissionSetLicenseID.ValueString()})
		plan.ID = types.StringValue(id)
	}
	if err != nil {
		addError(&resp.Diagnostics, "create", "permission set licence assignment", plan.recordName(), err, columns{"AssigneeId": "username", "PermissionSetLicenseId": "permission_set_license"})
		return
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *permissionSetLicenseAssignmentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state permissionSetLicenseAssignmentModel
	r.readRecord(ctx, req, resp, "permission set licence assignment", &state, func() error { return r.refresh(ctx, &state) })
}

// Update has nothing to send: only the case of a name can change without replacing the assignment.
func (r *permissionSetLicenseAssignmentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan permissionSetLicenseAssignmentModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *permissionSetLicenseAssignmentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state permissionSetLicenseAssignmentModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	if err := r.client.LicenseAssignments.Delete(ctx, state.ID.ValueString()); err != nil {
		addDeleteError(&resp.Diagnostics, "permission set licence assignment", state.recordName(), err,
			"The user has a permission set that needs the licence. Take that away first; a salesforce_permission_set_assignment that takes its username from this resource goes before it.")
		return
	}
	r.frees(&state)
}

// ImportState takes an assignment's id, or username:permission_set_license.
func (r *permissionSetLicenseAssignmentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := importID(ctx, req, &resp.Diagnostics)
	if username, licence, isPair := strings.Cut(id, ":"); isPair {
		m := permissionSetLicenseAssignmentModel{
			Username: foldedText(username), PermissionSetLicense: foldedText(licence),
			AssigneeID: types.StringUnknown(), PermissionSetLicenseID: types.StringUnknown(),
		}
		err := r.resolve(ctx, &m)
		var row sfclient.LicenseAssignment
		if err == nil {
			row, err = r.assignment(ctx, m.AssigneeID.ValueString(), m.PermissionSetLicenseID.ValueString())
		}
		if err != nil {
			addImportError(&resp.Diagnostics, "permission set licence assignment", id, "username:permission_set_license or the id of an assignment (2LA...)", err)
			return
		}
		id = row.ID
	}
	setImported(ctx, resp, id)
}

// refresh reads the assignment as Salesforce has it. The user may have been renamed meanwhile.
func (r *permissionSetLicenseAssignmentResource) refresh(ctx context.Context, m *permissionSetLicenseAssignmentModel) error {
	row, err := r.client.LicenseAssignments.Get(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	m.Username, m.PermissionSetLicense = foldedText(row.Assignee.Username), foldedText(row.PermissionSetLicense.DeveloperName)
	m.AssigneeID, m.PermissionSetLicenseID = types.StringValue(row.AssigneeID), types.StringValue(row.PermissionSetLicenseID)
	return nil
}

// resolve finds the ids of the user and the licence, as far as the plan did not know them.
func (r *permissionSetLicenseAssignmentResource) resolve(ctx context.Context, m *permissionSetLicenseAssignmentModel) error {
	if m.AssigneeID.IsUnknown() {
		user, err := r.client.Users.Find(ctx, "Username", m.Username.ValueString())
		if err != nil {
			return err
		}
		m.AssigneeID = types.StringValue(user.ID)
	}
	if m.PermissionSetLicenseID.IsUnknown() {
		licence, err := r.permissionSetLicense(ctx, m.PermissionSetLicense.ValueString())
		if err != nil {
			return err
		}
		m.PermissionSetLicenseID = types.StringValue(licence.ID)
	}
	return nil
}

func (m *permissionSetLicenseAssignmentModel) recordID() types.String { return m.ID }

func (m *permissionSetLicenseAssignmentModel) recordName() string {
	if m.Username.ValueString() == "" { // imported
		return ""
	}
	return m.Username.ValueString() + ":" + m.PermissionSetLicense.ValueString()
}
