package provider

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &integrationUserResource{}
	_ resource.ResourceWithModifyPlan  = &integrationUserResource{}
	_ resource.ResourceWithImportState = &integrationUserResource{}
	_ resource.ResourceWithIdentity    = &integrationUserResource{}
	_ resource.ResourceWithMoveState   = &integrationUserResource{}
)

func newIntegrationUserResource() resource.Resource { return &integrationUserResource{} }

// integrationUserResource is the user that an integration signs in as, with what it may do: salesforce_integration_user. Every
// write is one transaction, so a user is there with all its grants or not at all.
type integrationUserResource struct{ resourceBase }

type integrationUserModel struct {
	userCore
	Profile               types.String   `tfsdk:"profile"`
	PermissionSets        types.Set      `tfsdk:"permission_sets"`
	PermissionSetGroups   types.Set      `tfsdk:"permission_set_groups"`
	PermissionSetLicenses types.Set      `tfsdk:"permission_set_licenses"`
	Timeouts              timeouts.Value `tfsdk:"timeouts"`
}

func (r *integrationUserResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_integration_user"
}

func (r *integrationUserResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := coreSchema(schema.BoolAttribute{
		MarkdownDescription: "Whether the user is frozen: can't sign in, but keeps its seat. Salesforce freezes integration users whose calls come from anonymising networks; that shows in the plan, and applying it unfreezes the user. Defaults to `false`.",
		Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
	})
	maps.Copy(attributes, map[string]schema.Attribute{
		"profile": schema.StringAttribute{
			MarkdownDescription: "Name of the user's profile. It must be API-only and of the Salesforce Integration licence. Defaults to `" + apiOnlyProfiles[0] + "`, or to `" + apiOnlyProfiles[1] + "` in an org that has only that.",
			Optional:            true, Computed: true,
		},
		"permission_sets": schema.SetAttribute{
			MarkdownDescription: "API names of the permission sets that the user is granted directly: exactly these. If left out, grants are left alone, so that `salesforce_permission_set_assignment` can manage them.",
			ElementType:         types.StringType, Optional: true, Computed: true,
		},
		"permission_set_groups": schema.SetAttribute{
			MarkdownDescription: "API names of the permission set groups that the user is granted: exactly these. A group that has just been created or changed is waited for. If left out, grants of groups are left alone.",
			ElementType:         types.StringType, Optional: true, Computed: true,
		},
		"permission_set_licenses": schema.SetAttribute{
			MarkdownDescription: "Developer names of the permission set licences that the user holds: exactly these. If left out, the user holds `" + integrationLicense + "`, and other licences are left alone.",
			ElementType:         types.StringType, Optional: true, Computed: true,
		},
		"timeouts": timeoutsAttribute(ctx),
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "The user that one integration signs in as: API-only, so that it can never log in to the UI and multi-factor authentication does not apply to it, with the Salesforce API Integration permission set licence and exactly the permission sets and permission set groups that it needs.\n\n" +
			"Creating, changing and destroying it are one transaction each. Salesforce deletes no users, so destroying it removes its grants and deactivates it. The user also moves to the standard API-only profile, so that a profile of its own can be destroyed, too. Creating one with the same username again takes the inactive user over, if its profile is API-only. A `moved` block makes one of a user that is managed as a `salesforce_user` so far.\n\n" +
			leftOut +
			"-> The provider's user needs Manage Internal Users, View Setup and Configuration, Assign Permission Sets, and Manage Users for `is_frozen`.",
		Attributes: attributes,
	}
}

func (r *integrationUserResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("user")
}

func (r *integrationUserResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan integrationUserModel
	if resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, &resp.Diagnostics)
	defer cancel()

	name := plan.Username.ValueString()
	wanted := r.wanted(ctx, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	row, err := r.create(ctx, wanted)
	if taken, ok := errors.AsType[*takenError](err); ok {
		addTaken(&resp.Diagnostics, "salesforce_integration_user", taken.holder)
		return
	}
	if err != nil {
		r.addWriteError(&resp.Diagnostics, "create", name, err)
		return
	}
	frozen := plan.IsFrozen
	if frozen.ValueBool() || wanted.tookOver {
		if err := r.freeze(ctx, row.ID, frozen.ValueBool()); err != nil {
			addUnfinished(&resp.Diagnostics, "freeze or unfreeze", "integration user", name, err)
		}
	}
	plan.read(&row, frozen)
	if !isSet(plan.PermissionSets) {
		plan.PermissionSets = setOf(ctx, nil, &resp.Diagnostics)
	}
	if !isSet(plan.PermissionSetGroups) {
		plan.PermissionSetGroups = setOf(ctx, nil, &resp.Diagnostics)
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *integrationUserResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state integrationUserModel
	r.readRecord(ctx, req, resp, "integration user", &state, func() error {
		row, err := r.client.Users.Get(ctx, state.ID.ValueString())
		if err == nil {
			err = r.refresh(ctx, &state, &row, &resp.Diagnostics)
		}
		return err
	})
}

func (r *integrationUserResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior integrationUserModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.Append(req.State.Get(ctx, &prior)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, &resp.Diagnostics)
	defer cancel()

	name := plan.Username.ValueString()
	wanted := r.wanted(ctx, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	wanted.values = plan.values(&prior.userCore)
	if plan.Profile.Equal(prior.Profile) {
		delete(wanted.values, "ProfileId")
	} else {
		wanted.values["ProfileId"] = wanted.profileID
	}
	if plan.PermissionSets.Equal(prior.PermissionSets) {
		wanted.sets = nil
	}
	if plan.PermissionSetGroups.Equal(prior.PermissionSetGroups) {
		wanted.groups = nil
	}
	if plan.PermissionSetLicenses.Equal(prior.PermissionSetLicenses) {
		wanted.licences = nil
	}
	row, err := r.change(ctx, prior.ID.ValueString(), wanted)
	if err != nil {
		r.addWriteError(&resp.Diagnostics, "update", name, err)
		return
	}
	if !plan.IsFrozen.Equal(prior.IsFrozen) {
		if err := r.freeze(ctx, row.ID, plan.IsFrozen.ValueBool()); err != nil {
			r.addWriteError(&resp.Diagnostics, "freeze or unfreeze", name, err)
			return
		}
	}
	plan.read(&row, plan.IsFrozen)
	keepRecord(ctx, &resp.State, resp.Identity, &plan, &resp.Diagnostics)
}

func (r *integrationUserResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state integrationUserModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	values := retiredValues(&state.userCore)
	if home := r.standardProfile(ctx, state.Profile.ValueString()); home != "" {
		values["ProfileId"] = home // an inactive user, too, keeps its profile from being deleted
	}
	wanted := &integrationUser{values: values, sets: []string{}, groups: []string{}, licences: []string{}, leaving: true}
	if _, err := r.change(ctx, state.ID.ValueString(), wanted); err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		r.addWriteError(&resp.Diagnostics, "remove the grants of and deactivate", state.Username.ValueString(), err)
	}
}

// standardProfile is the profile of a retired user that had one of its own; "" where it has the standard one, or the org has none.
func (r *integrationUserResource) standardProfile(ctx context.Context, held string) string {
	if slices.Contains(apiOnlyProfiles, held) {
		return ""
	}
	for _, name := range apiOnlyProfiles {
		if profile, err := r.profileByName(ctx, name); err == nil && forIntegrations(profile) {
			return profile.ID
		}
	}
	return ""
}

// ImportState takes a user's id or username.
func (r *integrationUserResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.importUser(ctx, req, resp)
}

// MoveState takes over a user that was managed as any other, here or by hashicorp/salesforce.
func (r *integrationUserResource) MoveState(context.Context) []resource.StateMover {
	return movesFrom("salesforce_user")
}

// refresh takes over what Salesforce says of the user and its grants.
func (r *integrationUserResource) refresh(ctx context.Context, m *integrationUserModel, row *sfclient.User, diags *diag.Diagnostics) error {
	frozen, err := r.frozen(ctx, row.ID)
	if err != nil {
		return err
	}
	held, err := r.holdingsOf(ctx, row.ID)
	if err != nil {
		return err
	}
	profile, err := r.profileByID(ctx, row.ProfileID)
	if err != nil {
		return err
	}
	m.read(row, frozen)
	m.Profile = types.StringValue(profile.Name)
	m.PermissionSets = setOf(ctx, slices.Collect(maps.Keys(held.sets)), diags)
	m.PermissionSetGroups = setOf(ctx, slices.Collect(maps.Keys(held.groups)), diags)
	m.PermissionSetLicenses = setOf(ctx, slices.Collect(maps.Keys(held.licences)), diags)
	return nil
}
