package provider

import (
	"context"
	"errors"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure      = &permissionSetResource{}
	_ resource.ResourceWithValidateConfig = &permissionSetResource{}
	_ resource.ResourceWithModifyPlan     = &permissionSetResource{}
	_ resource.ResourceWithImportState    = &permissionSetResource{}
	_ resource.ResourceWithIdentity       = &permissionSetResource{}
)

func newPermissionSetResource() resource.Resource { return &permissionSetResource{} }

// permissionSetResource is a permission set with all it grants: salesforce_permission_set.
type permissionSetResource struct{ resourceBase }

// fullNameShape is an API name, behind a namespace in the case of a managed package.
var fullNameShape = regexp.MustCompile(`^([A-Za-z](_?[A-Za-z0-9])*__)?[A-Za-z](_?[A-Za-z0-9])*$`)

// permissionSetKind is the metadata type and the object.
const permissionSetKind = "PermissionSet"

func (r *permissionSetResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_permission_set"
}

func (r *permissionSetResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"id": idAttribute("permission set"),
		"name": schema.StringAttribute{
			MarkdownDescription: "API name, unique in the org. Another one renames the set in place. The name of a set from a managed package starts with the package's namespace, as in `ns__Billing`.",
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
			MarkdownDescription: "What the set is for.",
			Optional:            true,
			Validators:          []validator.String{plainText{255}},
		},
		"license": schema.StringAttribute{
			MarkdownDescription: "User licence or permission set licence that the set is tied to: only users who hold it can get the set. Another one replaces the set. Left out, the set is tied to none.",
			Optional:            true,
			Validators:          []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)},
		},
		"has_activation_required": schema.BoolAttribute{
			MarkdownDescription: "Whether the set takes effect only in sessions that activate it. Defaults to `false`.",
			Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
		},
		"timeouts": timeoutsAttribute(ctx),
	}
	for _, s := range permissionSections {
		attributes[s.attribute] = s.schema
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A permission set, with all that it grants.\n\n" +
			"Its content is owned as a whole: an attribute that is left out grants nothing, and what somebody adds in Setup shows in the next plan and is removed by the next apply. " +
			"What the provider does not know of stays as it is.\n\n" +
			"A set that is assigned to somebody, or is in a permission set group, can't be destroyed: remove the assignments first.\n\n" +
			"~> Salesforce never tells whether a set grants `ManagePackageLicenses` or `RetainFieldHistory`. Beside `ViewAllData` or `ModifyAllData` it does not tell of `ManageQuotas`, `OverrideForecasts`, `ViewAllForecasts`, " +
			"`ViewDataLeakageEvents` and `ViewPlatformEvents`, and beside `view_all_fields` of the object's field permissions. These are written, but changes made to them in Setup don't show.\n\n" +
			"-> The provider's user needs Manage Profiles and Permission Sets, View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		Attributes: attributes,
	}
}

func (r *permissionSetResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("permission set")
}

func (r *permissionSetResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan permissionSetModel
	d := &resp.Diagnostics
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, d)
	defer cancel()

	name := plan.Name.ValueString()
	var component sfclient.PermissionSetComponent
	plan.write(&component)
	err := sfclient.CreateMetadata(ctx, r.client, permissionSetKind, name, component, func(found sfclient.PermissionSetComponent) bool {
		return plan.agrees(&found) && r.sameLicense(ctx, found.License, plan.License.ValueString(), d)
	})
	switch {
	case errors.Is(err, sfclient.ErrDuplicate):
		addNameTaken(d, "permission set", "salesforce_permission_set", name, name)
		return
	case err != nil:
		addError(d, "create", "permission set", name, err)
		return
	}
	row, err := r.client.PermissionSets.Find(ctx, "Name", name)
	plan.ID = createdID(row.ID, err, "permission set", name, d)
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *permissionSetResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state permissionSetModel
	r.readRecord(ctx, req, resp, "permission set", &state, func() error { return r.refresh(ctx, &state, &resp.Diagnostics) })
}

// Update keeps the prior state when it fails: a rename that was done all the same shows in the next refresh.
func (r *permissionSetResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior permissionSetModel
	d := &resp.Diagnostics
	d.Append(req.Plan.Get(ctx, &plan)...)
	if d.Append(req.State.Get(ctx, &prior)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, d)
	defer cancel()

	if err := r.update(ctx, &plan, &prior); err != nil {
		addError(d, "update", "permission set", prior.Name.ValueString(), err, columns{"Name": "name"})
		return
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *permissionSetResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state permissionSetModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	row, err := r.find(ctx, &state)
	if err == nil {
		err = r.client.DeleteMetadata(ctx, permissionSetKind, row.FullName())
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addDeleteError(&resp.Diagnostics, "permission set", state.Name.ValueString(), err,
			"A permission set can be deleted when nobody has it and no permission set group holds it. Remove its assignments first, also those made outside Terraform: Setup > Permission Sets > "+state.Label.ValueString()+" > Manage Assignments.")
	}
}

// ImportState takes a permission set's id or API name.
func (r *permissionSetResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"permission set", "0PS", "an API name"}, func(name string) (string, error) {
		row, err := r.client.PermissionSets.Find(ctx, "Name", name)
		return row.ID, err
	})
}

func (r *permissionSetResource) find(ctx context.Context, m *permissionSetModel) (sfclient.PermissionSet, error) {
	return findRecord(ctx, r.client.PermissionSets, "Name", m)
}

// refresh reads the set as Salesforce has it. What means the same as before is left as it is written.
func (r *permissionSetResource) refresh(ctx context.Context, m *permissionSetModel, diags *diag.Diagnostics) error {
	row, err := r.find(ctx, m)
	if err != nil {
		return err
	}
	component, err := presentComponent[sfclient.PermissionSetComponent](ctx, r.client, permissionSetKind, row.FullName())
	if err != nil {
		return err
	}
	m.ID, m.Name, m.Label = types.StringValue(row.ID), types.StringValue(row.FullName()), types.StringValue(component.Label)
	m.Description = textOrNull(component.Description, m.Description)
	m.HasActivationRequired = types.BoolValue(component.HasActivationRequired)
	if !r.sameLicense(ctx, component.License, m.License.ValueString(), diags) {
		m.License = textOrNull(component.License, m.License)
	}
	m.read(&component)
	return nil
}

// update renames the set where its name differs, and then writes it whole, with whatever it holds that the schema does not model.
// It asks nothing of Salesforce when only a timeout changed.
func (r *permissionSetResource) update(ctx context.Context, plan, prior *permissionSetModel) error {
	renamed, changed := !plan.Name.Equal(prior.Name), !plan.equal(prior)
	if !renamed && !changed {
		return nil
	}
	row, err := r.find(ctx, prior)
	if err != nil {
		return err
	}
	name := plan.Name.ValueString()
	if row.FullName() != name {
		if err := r.client.PermissionSets.Update(ctx, row.ID, sfclient.Values{"Name": name}); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	component, err := presentComponent[sfclient.PermissionSetComponent](ctx, r.client, permissionSetKind, name)
	if err != nil {
		return err
	}
	plan.write(&component)
	return sfclient.UpdateMetadata(ctx, r.client, permissionSetKind, name, component)
}
