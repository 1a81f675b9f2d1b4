package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure      = &permissionSetGroupResource{}
	_ resource.ResourceWithValidateConfig = &permissionSetGroupResource{}
	_ resource.ResourceWithModifyPlan     = &permissionSetGroupResource{}
	_ resource.ResourceWithImportState    = &permissionSetGroupResource{}
	_ resource.ResourceWithIdentity       = &permissionSetGroupResource{}
)

func newPermissionSetGroupResource() resource.Resource { return &permissionSetGroupResource{} }

// permissionSetGroupResource is a group of permission sets with what it mutes: salesforce_permission_set_group.
type permissionSetGroupResource struct{ resourceBase }

const (
	// permissionSetGroupKind is the metadata type and the object.
	permissionSetGroupKind = "PermissionSetGroup"
	// mutingSetKind is the metadata type of what a group takes away again.
	mutingSetKind = "MutingPermissionSet"
)

func (r *permissionSetGroupResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_permission_set_group"
}

func (r *permissionSetGroupResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A permission set group: several permission sets that are assigned as one, less what the group mutes.\n\n" +
			"The members and what is muted are owned as a whole: what somebody adds in Setup shows in the next plan and is removed by the next apply. What the provider does not know of stays as it is.\n\n" +
			"Salesforce works out what a group grants some time after each change, and lets nobody be assigned to it before. Creating and updating wait for that, and so do the assignments of " +
			"`salesforce_permission_set_assignment` and `salesforce_integration_user`.\n\n" +
			"To take a permission set out of a group and destroy it in one apply, give the set `lifecycle { create_before_destroy = true }`: Terraform then changes the group first.\n\n" +
			"A group that is assigned to somebody can't be destroyed: remove the assignments first. Its muting permission set is destroyed with it.\n\n" +
			"-> The provider's user needs Manage Profiles and Permission Sets, View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("permission set group"),
			"name": schema.StringAttribute{
				MarkdownDescription: "API name, unique in the org. Another one renames the group in place. The name of a group from a managed package starts with the package's namespace, as in `ns__Billing`.",
				Required:            true,
				Validators: []validator.String{
					stringvalidator.LengthAtMost(80),
					stringvalidator.RegexMatches(fullNameShape, "must start with a letter, hold only letters, digits and single underscores, and not end with an underscore"),
				},
			},
			"label": schema.StringAttribute{
				MarkdownDescription: "Name that people see.",
				Required:            true,
				Validators:          []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)},
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "What the group is for.",
				Optional:            true,
				Validators:          []validator.String{plainText{255}},
			},
			"has_activation_required": schema.BoolAttribute{
				MarkdownDescription: "Whether the group takes effect only in sessions that activate it. Defaults to `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"permission_sets": schema.SetAttribute{
				MarkdownDescription: "API names of the permission sets in the group: exactly these. Left out, the group is empty.",
				CustomType:          setOfNames, Optional: true,
			},
			"muted": mutedAttribute(),
			"status": schema.StringAttribute{
				MarkdownDescription: "Whether Salesforce has worked out what the group grants: `Updated`, `Outdated`, `Updating` or `Failed`. It changes by itself whenever a member changes.",
				Computed:            true,
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func (r *permissionSetGroupResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("permission set group")
}

func (r *permissionSetGroupResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan permissionSetGroupModel
	d := &resp.Diagnostics
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, d)
	defer cancel()

	name := plan.Name.ValueString()
	switch err := r.create(ctx, &plan, d); {
	case errors.Is(err, sfclient.ErrDuplicate):
		addNameTaken(d, "permission set group", "salesforce_permission_set_group", name, name)
		return
	case err != nil:
		addError(d, "create", "permission set group", name, err)
		return
	}
	row, err := r.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
	if plan.ID = createdID(row.ID, err, "permission set group", name, d); err == nil {
		status, err := r.client.WaitForGroup(ctx, row.ID)
		plan.Status = textOrNull(status, types.StringNull())
		if err != nil {
			addNotUpdated(d, name, err)
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *permissionSetGroupResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state permissionSetGroupModel
	r.readRecord(ctx, req, resp, "permission set group", &state, func() error { return r.refresh(ctx, &state, &resp.Diagnostics) })
}

// Update keeps the prior state when a write fails: what was done all the same shows in the next refresh.
func (r *permissionSetGroupResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior permissionSetGroupModel
	d := &resp.Diagnostics
	d.Append(req.Plan.Get(ctx, &plan)...)
	if d.Append(req.State.Get(ctx, &prior)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, d)
	defer cancel()

	if !plan.equal(ctx, &prior, d) { // not only a timeout
		if err := r.update(ctx, &plan, &prior, d); err != nil {
			addError(d, "update", "permission set group", prior.Name.ValueString(), err, columns{"DeveloperName": "name"})
			return
		}
		status, err := r.client.WaitForGroup(ctx, prior.ID.ValueString())
		if err != nil {
			plan.Status = textOrNull(status, prior.Status)
			addError(d, "wait for", "permission set group", plan.Name.ValueString(), err)
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *permissionSetGroupResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state permissionSetGroupModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	row, err := r.find(ctx, &state)
	if err == nil {
		err = r.client.DeletePermissionSetGroup(ctx, row.ID)
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addDeleteError(&resp.Diagnostics, "permission set group", state.Name.ValueString(), err,
			"A permission set group can be deleted when nobody has it. Remove its assignments first, also those made outside Terraform: Setup > Permission Set Groups > "+state.Label.ValueString()+" > Manage Assignments.")
	}
}

// ImportState takes a permission set group's id or API name.
func (r *permissionSetGroupResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"permission set group", "0PG", "an API name"}, func(name string) (string, error) {
		row, err := r.client.PermissionSetGroups.Find(ctx, "DeveloperName", name)
		return row.ID, err
	})
}

func (r *permissionSetGroupResource) find(ctx context.Context, m *permissionSetGroupModel) (sfclient.PermissionSetGroup, error) {
	return findRecord(ctx, r.client.PermissionSetGroups, "DeveloperName", m)
}
