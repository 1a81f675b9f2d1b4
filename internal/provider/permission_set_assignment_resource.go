package provider

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &permissionSetAssignmentResource{}
	_ resource.ResourceWithModifyPlan  = &permissionSetAssignmentResource{}
	_ resource.ResourceWithImportState = &permissionSetAssignmentResource{}
	_ resource.ResourceWithIdentity    = &permissionSetAssignmentResource{}
)

func newPermissionSetAssignmentResource() resource.Resource {
	return &permissionSetAssignmentResource{}
}

// permissionSetAssignmentResource gives one user one permission set or permission set group: salesforce_permission_set_assignment.
type permissionSetAssignmentResource struct{ resourceBase }

type permissionSetAssignmentModel struct {
	ID                   types.String      `tfsdk:"id"`
	Username             text              `tfsdk:"username"`
	PermissionSet        text              `tfsdk:"permission_set"`
	PermissionSetGroup   text              `tfsdk:"permission_set_group"`
	ExpirationDate       timetypes.RFC3339 `tfsdk:"expiration_date"`
	AssigneeID           types.String      `tfsdk:"assignee_id"`
	PermissionSetID      types.String      `tfsdk:"permission_set_id"`
	PermissionSetGroupID types.String      `tfsdk:"permission_set_group_id"`
	IsActive             types.Bool        `tfsdk:"is_active"`
	Timeouts             timeouts.Value    `tfsdk:"timeouts"`
}

var permissionSetAssignmentAttributes = columns{
	"AssigneeId": "username", "PermissionSetId": "permission_set", "PermissionSetGroupId": "permission_set_group", "ExpirationDate": "expiration_date",
}

func (r *permissionSetAssignmentResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_permission_set_assignment"
}

func (r *permissionSetAssignmentResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Gives a user a permission set or a permission set group. For all those of an integration's user, `salesforce_integration_user` with `permission_sets` and `permission_set_groups` also takes away those that are not listed.\n\n" +
			"A group that has just been created or changed is waited for: Salesforce assigns nobody to it before it has worked out what the group grants.\n\n" +
			"-> The provider's user needs Assign Permission Sets and View Setup and Configuration.",
		Attributes: map[string]schema.Attribute{
			"id":       idAttribute("assignment"),
			"username": pairName("Username of the user.", isMail()),
			"permission_set": pairNameOr("API name of the permission set, with its namespace if it comes from a package: `name` of `salesforce_permission_set`, or `namespace__Name`.",
				stringvalidator.LengthAtLeast(1), stringvalidator.ExactlyOneOf(path.MatchRoot("permission_set_group"))),
			"permission_set_group": pairNameOr("API name of the permission set group, with its namespace if it comes from a package: `name` of `salesforce_permission_set_group`, or `namespace__Name`.",
				stringvalidator.LengthAtLeast(1)),
			"expiration_date": schema.StringAttribute{
				MarkdownDescription: "When the assignment ends, as an RFC 3339 time in whole seconds, such as `2030-01-31T18:00:00Z`. Salesforce keeps an expired assignment, without effect. Left alone if left out; to make an assignment permanent again, replace it.",
				Optional:            true, Computed: true, CustomType: timetypes.RFC3339Type{},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				Validators:    []validator.String{wholeSeconds{}},
			},
			"assignee_id":             pairID("Id of the user."),
			"permission_set_id":       pairID("Id of the permission set; null where a group is assigned."),
			"permission_set_group_id": pairID("Id of the permission set group; null where a permission set is assigned."),
			"is_active": schema.BoolAttribute{
				MarkdownDescription: "Whether the assignment has effect: it has not expired, and no user access policy has revoked it.", Computed: true,
				PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func (r *permissionSetAssignmentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("assignment")
}

func (r *permissionSetAssignmentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan permissionSetAssignmentModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, &resp.Diagnostics)
	defer cancel()

	err := r.resolve(ctx, &plan)
	if err == nil && isSet(plan.PermissionSetGroupID) {
		_, err = r.client.WaitForGroup(ctx, plan.PermissionSetGroupID.ValueString())
	}
	if err == nil {
		var id string
		id, err = r.client.Assignments.Create(ctx, plan.values())
		plan.ID = types.StringValue(id)
	}
	if err != nil {
		addError(&resp.Diagnostics, "create", "permission set assignment", plan.recordName(), err, permissionSetAssignmentAttributes)
		return
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *permissionSetAssignmentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state permissionSetAssignmentModel
	r.readRecord(ctx, req, resp, "permission set assignment", &state, func() error { return r.refresh(ctx, &state) })
}

// Update changes the expiry; whatever else changes replaces the assignment, or is only written in another case.
func (r *permissionSetAssignmentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior permissionSetAssignmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.Append(req.State.Get(ctx, &prior)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, &resp.Diagnostics)
	defer cancel()

	if expires := plan.expires(); !expires.Equal(prior.expires()) {
		if err := r.client.Assignments.Update(ctx, prior.ID.ValueString(), sfclient.Values{"ExpirationDate": expires}); err != nil {
			addError(&resp.Diagnostics, "update", "permission set assignment", plan.recordName(), err, permissionSetAssignmentAttributes)
			return
		}
	}
	if plan.IsActive.IsUnknown() {
		if err := r.refresh(ctx, &plan); err != nil {
			addUnfinished(&resp.Diagnostics, "read back", "permission set assignment", plan.recordName(), err)
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *permissionSetAssignmentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state permissionSetAssignmentModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	if err := r.client.Assignments.Delete(ctx, state.ID.ValueString()); err != nil {
		addError(&resp.Diagnostics, "delete", "permission set assignment", state.recordName(), err)
	}
}

// ImportState takes an assignment's id, or username:name, where the name is that of a permission set or of a group.
func (r *permissionSetAssignmentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := importID(ctx, req, &resp.Diagnostics)
	if username, name, isPair := strings.Cut(id, ":"); isPair {
		row, err := r.named(ctx, username, name)
		if err != nil {
			addImportError(&resp.Diagnostics, "permission set assignment", id, "username:permission_set, username:permission_set_group or the id of an assignment (0Pa...)", err)
			return
		}
		id = row.ID
	}
	setImported(ctx, resp, id)
}

// refresh reads the assignment as Salesforce has it. The user may have been renamed meanwhile.
func (r *permissionSetAssignmentResource) refresh(ctx context.Context, m *permissionSetAssignmentModel) error {
	row, err := r.client.Assignments.Get(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	m.Username, m.AssigneeID = foldedText(row.Assignee.Username), types.StringValue(row.AssigneeID)
	m.PermissionSet, m.PermissionSetID = foldedText(row.Given()), types.StringValue(row.PermissionSetID)
	m.PermissionSetGroup, m.PermissionSetGroupID = noName, types.StringNull()
	if row.GroupID != "" {
		m.PermissionSet, m.PermissionSetID = noName, types.StringNull()
		m.PermissionSetGroup, m.PermissionSetGroupID = foldedText(row.Given()), types.StringValue(row.GroupID)
	}
	m.IsActive = types.BoolValue(row.IsActive)
	m.ExpirationDate, err = timeOrNull(row.ExpirationDate, m.ExpirationDate)
	return err
}

// values are the columns of a new assignment.
func (m *permissionSetAssignmentModel) values() sfclient.Values {
	v := sfclient.Values{"AssigneeId": m.AssigneeID.ValueString()}
	if isSet(m.PermissionSetGroupID) {
		v["PermissionSetGroupId"] = m.PermissionSetGroupID.ValueString()
	} else {
		v["PermissionSetId"] = m.PermissionSetID.ValueString()
	}
	if isSet(m.ExpirationDate) {
		v["ExpirationDate"] = m.expires()
	}
	return v
}

// expires is when the assignment ends, the zero time if it does not.
func (m *permissionSetAssignmentModel) expires() time.Time { return instant(m.ExpirationDate) }

func (m *permissionSetAssignmentModel) recordID() types.String { return m.ID }

func (m *permissionSetAssignmentModel) recordName() string {
	if m.Username.ValueString() == "" { // imported
		return ""
	}
	return m.Username.ValueString() + ":" + m.PermissionSet.ValueString() + m.PermissionSetGroup.ValueString()
}
