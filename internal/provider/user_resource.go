package provider

import (
	"context"
	"errors"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure    = &userResource{}
	_ resource.ResourceWithModifyPlan   = &userResource{}
	_ resource.ResourceWithImportState  = &userResource{}
	_ resource.ResourceWithIdentity     = &userResource{}
	_ resource.ResourceWithMoveState    = &userResource{}
	_ resource.ResourceWithUpgradeState = &userResource{}
)

func newUserResource() resource.Resource { return &userResource{} }

// userResource is any user: salesforce_user.
type userResource struct{ resourceBase }

func (r *userResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_user"
}

func (r *userResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	reference := func(prefix, object, text string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: text, Optional: true, Computed: true, CustomType: recordIDType,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			Validators:    []validator.String{stringvalidator.Any(stringvalidator.OneOf(""), isID(prefix, object))},
		}
	}
	attributes := coreSchema(schema.BoolAttribute{
		MarkdownDescription: "Whether the user is frozen: can't sign in, but keeps its seat. Enforced only if written here; Salesforce freezes users by itself, and administrators do in an emergency.",
		Optional:            true, Computed: true,
		PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	})
	maps.Copy(attributes, columnSchema(personColumns))
	maps.Copy(attributes, passwordSchema())
	maps.Copy(attributes, map[string]schema.Attribute{
		"profile_id": schema.StringAttribute{
			MarkdownDescription: "Id of the user's profile, which decides its user licence.",
			Required:            true, CustomType: recordIDType,
			Validators: []validator.String{isID("00e", "Profile")},
		},
		"user_role_id": reference("00E", "UserRole", "Id of the user's role; empty for none."),
		"manager_id":   reference("005", "User", "Id of the user's manager; empty for none."),
		"feature_licenses": schema.SetAttribute{
			MarkdownDescription: "Feature licences that the user holds, exactly these: the names of the `UserPermissions...` columns of User without that prefix, such as `MarketingUser` or `KnowledgeUser`. Left alone if left out.",
			ElementType:         types.StringType, Optional: true, Computed: true,
			PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		},
		"user_type": schema.StringAttribute{
			MarkdownDescription: "Kind of user, such as `Standard`.", Computed: true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
	})
	resp.Schema = schema.Schema{
		Version: movedVersion,
		MarkdownDescription: "Any user of the org. For the user that an integration signs in as, `salesforce_integration_user` does the whole recipe.\n\n" +
			"Users can't be deleted: destroying one deactivates it, and its username stays taken.\n\n" +
			leftOut +
			"-> The provider's user needs Manage Internal Users, View Setup and Configuration (for `profile_id`), View Roles and Role Hierarchy (for `user_role_id`), Manage Users for `is_frozen`, and Reset User Passwords and Unlock Users for `password_wo`.",
		Attributes: attributes,
	}
}

func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("user")
}

func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan userModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	password, ok := newPassword(ctx, req.Config, &plan.userPassword, nil, &resp.Diagnostics)
	if !ok {
		return
	}
	id, err := r.client.Users.Create(ctx, plan.values(ctx, nil, &resp.Diagnostics))
	if err != nil {
		addError(&resp.Diagnostics, "create", "user", plan.Username.ValueString(), err, userAttributes)
		return
	}
	plan.ID = types.StringValue(id)
	frozen := plan.IsFrozen
	if frozen.ValueBool() {
		if err := r.freeze(ctx, id, true); err != nil {
			addUnfinished(&resp.Diagnostics, "freeze", "user", plan.Username.ValueString(), err)
		}
	}
	if password != "" {
		if err := r.client.SetPassword(ctx, id, password); err != nil {
			addUnfinished(&resp.Diagnostics, "set the password of", "user", plan.Username.ValueString(), err)
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, passwordUnset, []byte("true"))...)
		}
	}
	if err := r.refresh(ctx, &plan, &resp.Diagnostics); err != nil {
		addUnfinished(&resp.Diagnostics, "read back", "user", plan.Username.ValueString(), err)
	}
	if frozen.ValueBool() { // also where it failed: the state of a create is what was planned, the next refresh tells the truth
		plan.IsFrozen = frozen
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	r.readRecord(ctx, req, resp, "user", &state, func() error {
		err := r.refresh(ctx, &state, &resp.Diagnostics)
		if err == nil {
			state.forget(ctx, req.Private, &resp.Diagnostics)
		}
		return err
	})
}

func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.Append(req.State.Get(ctx, &prior)...); resp.Diagnostics.HasError() {
		return
	}
	id, name := prior.ID.ValueString(), plan.Username.ValueString()
	password, ok := newPassword(ctx, req.Config, &plan.userPassword, &prior.userPassword, &resp.Diagnostics)
	if !ok {
		return
	}
	if changes := plan.values(ctx, &prior, &resp.Diagnostics); len(changes) > 0 {
		if err := r.client.Users.Update(ctx, id, changes); err != nil {
			addError(&resp.Diagnostics, "update", "user", name, err, userAttributes)
			return
		}
	}
	if isSet(plan.IsFrozen) && !plan.IsFrozen.Equal(prior.IsFrozen) {
		if err := r.freeze(ctx, id, plan.IsFrozen.ValueBool()); err != nil {
			addError(&resp.Diagnostics, "freeze or unfreeze", "user", name, err, columns{"IsFrozen": "is_frozen"})
			return
		}
	}
	if password != "" {
		if err := r.client.SetPassword(ctx, id, password); err != nil {
			addPasswordError(&resp.Diagnostics, name, err)
			return
		}
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, passwordUnset, nil)...)
	}
	if err := r.refresh(ctx, &plan, &resp.Diagnostics); err != nil {
		addUnfinished(&resp.Diagnostics, "read back", "user", name, err)
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	v := retiredValues(&state.userCore)
	if state.UserRoleID.ValueString() != "" {
		v["UserRoleId"] = nil // a role in use can't be deleted, and its users include inactive ones
	}
	err := r.client.Users.Update(ctx, state.ID.ValueString(), v)
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addError(&resp.Diagnostics, "deactivate", "user", state.Username.ValueString(), err)
	}
}

// ImportState takes a user's id or username.
func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.importUser(ctx, req, resp)
}

// MoveState takes over a user of hashicorp/salesforce, or one that was managed as an integration's.
func (r *userResource) MoveState(context.Context) []resource.StateMover {
	return movesFrom("salesforce_user", "salesforce_integration_user")
}

// UpgradeState reads what hashicorp/salesforce wrote.
func (r *userResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradesArchived()
}

// refresh reads the user as Salesforce has it.
func (r *userResource) refresh(ctx context.Context, m *userModel, diags *diag.Diagnostics) error {
	row, err := r.client.Users.Get(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	frozen, err := r.frozen(ctx, row.ID)
	if err != nil {
		return err
	}
	m.read(&row, frozen)
	fill(personColumns, m, &row)
	for _, reference := range userReferences {
		value := reference.value(m)
		*value = idOrNull(*reference.row(&row), *value)
	}
	m.UserType = types.StringValue(row.UserType)
	held := []string{}
	for name, on := range row.Features {
		if on {
			held = append(held, name)
		}
	}
	m.FeatureLicenses = setOf(ctx, held, diags)
	return nil
}
