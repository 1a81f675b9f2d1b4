package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure    = &userRoleResource{}
	_ resource.ResourceWithModifyPlan   = &userRoleResource{}
	_ resource.ResourceWithImportState  = &userRoleResource{}
	_ resource.ResourceWithIdentity     = &userRoleResource{}
	_ resource.ResourceWithMoveState    = &userRoleResource{}
	_ resource.ResourceWithUpgradeState = &userRoleResource{}
)

func newUserRoleResource() resource.Resource { return &userRoleResource{} }

// userRoleResource is a role, a place in the hierarchy by which users see records: salesforce_user_role.
type userRoleResource struct{ resourceBase }

type userRoleModel struct {
	namedRecord
	DeveloperName                    types.String `tfsdk:"developer_name"`
	ParentRoleID                     text         `tfsdk:"parent_role_id"`
	RollupDescription                types.String `tfsdk:"rollup_description"`
	OpportunityAccessForAccountOwner types.String `tfsdk:"opportunity_access_for_account_owner"`
	CaseAccessForAccountOwner        types.String `tfsdk:"case_access_for_account_owner"`
	ContactAccessForAccountOwner     types.String `tfsdk:"contact_access_for_account_owner"`
	PortalType                       types.String `tfsdk:"portal_type"`
}

// accessLevels are what a role may do with records of accounts that its users own, the least first.
var accessLevels = []string{"None", "Read", "Edit"}

// roleColumns are the attributes that are one text column of UserRole.
var roleColumns = []struct {
	attribute, column string
	value             func(*userRoleModel) *types.String
	row               func(*sfclient.UserRole) string
}{
	{"name", "Name", func(m *userRoleModel) *types.String { return &m.Name }, func(r *sfclient.UserRole) string { return r.Name }},
	{"developer_name", "DeveloperName", func(m *userRoleModel) *types.String { return &m.DeveloperName }, func(r *sfclient.UserRole) string { return r.DeveloperName }},
	{"rollup_description", "RollupDescription", func(m *userRoleModel) *types.String { return &m.RollupDescription }, func(r *sfclient.UserRole) string { return r.RollupDescription }},
	{"opportunity_access_for_account_owner", "OpportunityAccessForAccountOwner", func(m *userRoleModel) *types.String { return &m.OpportunityAccessForAccountOwner }, func(r *sfclient.UserRole) string { return r.OpportunityAccessForAccountOwner }},
	{"case_access_for_account_owner", "CaseAccessForAccountOwner", func(m *userRoleModel) *types.String { return &m.CaseAccessForAccountOwner }, func(r *sfclient.UserRole) string { return r.CaseAccessForAccountOwner }},
	{"contact_access_for_account_owner", "ContactAccessForAccountOwner", func(m *userRoleModel) *types.String { return &m.ContactAccessForAccountOwner }, func(r *sfclient.UserRole) string { return r.ContactAccessForAccountOwner }},
}

// roleAttributes maps Salesforce's fields to attributes, for errors that blame a field.
var roleAttributes = func() columns {
	known := columns{"ParentRoleId": "parent_role_id"}
	for _, c := range roleColumns {
		known[c.column] = c.attribute
	}
	return known
}()

func (r *userRoleResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_user_role"
}

func (r *userRoleResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	readBack := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	access := func(records, more string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: "What users in this role may do with " + records + " of accounts that they own, when somebody else owns those: `None`, `Read` or `Edit`, and no less than the org's sharing default. " + more,
			Optional:            true, Computed: true, PlanModifiers: readBack,
			Validators: []validator.String{stringvalidator.OneOf(accessLevels...)},
		}
	}
	resp.Schema = schema.Schema{
		Version: movedVersion,
		MarkdownDescription: "A role: a place in the hierarchy that decides which records users see. Roles grant no permissions, and an integration rarely needs one.\n\n" +
			"A role that users still have, inactive ones included, or that has roles below it can't be deleted: give them another role first.\n\n" +
			"-> The provider's user needs Manage Roles and View Roles and Role Hierarchy.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("role"),
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the role, the label in Setup.", Required: true,
				Validators: []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)},
			},
			"developer_name": schema.StringAttribute{
				MarkdownDescription: "API name, unique in the org. Derived from the name of a new role if left out.",
				Optional:            true, Computed: true, PlanModifiers: readBack,
				Validators: []validator.String{plainText{80}, isAPIName()},
			},
			"parent_role_id": schema.StringAttribute{
				MarkdownDescription: "Id of the role above this one; empty for the top of the hierarchy, where a new role goes if this is left out.",
				Optional:            true, Computed: true, CustomType: recordIDType, PlanModifiers: readBack,
				Validators: []validator.String{stringvalidator.Any(stringvalidator.OneOf(""), isID("00E", "UserRole"))},
			},
			"rollup_description": schema.StringAttribute{
				MarkdownDescription: "What the role is called in reports.",
				Optional:            true, Computed: true, PlanModifiers: readBack,
				Validators: []validator.String{plainText{80}},
			},
			"opportunity_access_for_account_owner": access("opportunities", "That default is what a new role gets if this is left out."),
			"case_access_for_account_owner":        access("cases", "Left alone if left out."),
			"contact_access_for_account_owner":     access("contacts", "It can't be set in orgs where access to contacts is controlled by the account. Left alone if left out."),
			"portal_type": schema.StringAttribute{
				MarkdownDescription: "Kind of portal that the role is for: `None`, `CustomerPortal` or `Partner`. Salesforce makes portal roles itself, and they can't be changed.", Computed: true,
				PlanModifiers: readBack,
			},
		},
	}
}

func (r *userRoleResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("role")
}

func (r *userRoleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan userRoleModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	id, err := r.client.UserRoles.Create(ctx, plan.values(nil))
	if err != nil {
		addError(&resp.Diagnostics, "create", "role", plan.Name.ValueString(), err, roleAttributes)
		return
	}
	plan.ID = types.StringValue(id)
	if err := r.refresh(ctx, &plan); err != nil {
		addUnfinished(&resp.Diagnostics, "read back", "role", plan.Name.ValueString(), err)
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *userRoleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userRoleModel
	r.readRecord(ctx, req, resp, "role", &state, func() error { return r.refresh(ctx, &state) })
}

func (r *userRoleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior userRoleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.Append(req.State.Get(ctx, &prior)...); resp.Diagnostics.HasError() {
		return
	}
	if changes := plan.values(&prior); len(changes) > 0 {
		if err := r.client.UserRoles.Update(ctx, prior.ID.ValueString(), changes); err != nil {
			addError(&resp.Diagnostics, "update", "role", plan.Name.ValueString(), err, roleAttributes)
			return
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *userRoleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userRoleModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	if err := r.client.UserRoles.Delete(ctx, state.ID.ValueString()); err != nil {
		addDeleteError(&resp.Diagnostics, "role", state.Name.ValueString(), err,
			"Give the users in this role another one, inactive users included, and move the roles below it: Setup > Roles > "+state.Name.ValueString()+" lists both. Then destroy it again.")
	}
}

// ImportState takes a role's id or developer name.
func (r *userRoleResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"role", "00E", "a developer name"}, func(name string) (string, error) {
		row, err := r.client.UserRoles.Find(ctx, "DeveloperName", name)
		return row.ID, err
	})
}

// MoveState takes over a role of hashicorp/salesforce.
func (r *userRoleResource) MoveState(context.Context) []resource.StateMover {
	return movesFrom("salesforce_user_role")
}

// UpgradeState reads what hashicorp/salesforce wrote.
func (r *userRoleResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradesArchived()
}

// refresh reads the role as Salesforce has it.
func (r *userRoleResource) refresh(ctx context.Context, m *userRoleModel) error {
	row, err := r.client.UserRoles.Get(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	for _, c := range roleColumns {
		*c.value(m) = textOrNull(c.row(&row), *c.value(m))
	}
	m.ParentRoleID = idOrNull(row.ParentRoleID, m.ParentRoleID)
	m.PortalType = types.StringValue(row.PortalType)
	return nil
}

// values are the columns of UserRole to write; at creation prior is nil.
func (m *userRoleModel) values(prior *userRoleModel) sfclient.Values {
	v := sfclient.Values{}
	for _, c := range roleColumns {
		if value := *c.value(m); isSet(value) && (prior == nil || !value.Equal(*c.value(prior))) {
			v[c.column] = orNull(value.ValueString())
		}
	}
	if isSet(m.ParentRoleID) && (prior == nil || !recordID.same(m.ParentRoleID.ValueString(), prior.ParentRoleID.ValueString())) {
		v["ParentRoleId"] = orNull(m.ParentRoleID.ValueString())
	}
	return v
}
