package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	_ resource.ResourceWithConfigure      = &customPermissionResource{}
	_ resource.ResourceWithValidateConfig = &customPermissionResource{}
	_ resource.ResourceWithModifyPlan     = &customPermissionResource{}
	_ resource.ResourceWithImportState    = &customPermissionResource{}
	_ resource.ResourceWithIdentity       = &customPermissionResource{}
)

func newCustomPermissionResource() resource.Resource { return &customPermissionResource{} }

// customPermissionResource is a permission that formulas, flows and code ask for: salesforce_custom_permission.
type customPermissionResource struct{ resourceBase }

// customPermissionKind is the metadata type and the object.
const customPermissionKind = "CustomPermission"

func (r *customPermissionResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_custom_permission"
}

func (r *customPermissionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A custom permission: a name that validation rules, formulas, flows and Apex ask for, such as the one that lets an integration past a validation rule. " +
			"Permission sets and profiles grant it to users, by its name in `custom_permissions`.\n\n" +
			leftOut +
			"Salesforce does not document whether a custom permission that is still granted or required can be deleted. Destroying tries it, and an error quotes the refusal. " +
			"To take one out of a permission set and destroy it in one apply, give the custom permission `lifecycle { create_before_destroy = true }`: Terraform then changes the set first.\n\n" +
			"The connected app or external client app that a custom permission can be tied to is not managed here, and stays as it is. Where it matters, manage the permission as `salesforce_metadata`.\n\n" +
			"-> The provider's user needs Manage Custom Permissions, View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("custom permission"),
			"name": schema.StringAttribute{
				MarkdownDescription: "API name, unique in the org. Another one is another permission, which replaces this one: nothing that asks for the old name or grants it follows. " +
					"The name of a permission from a managed package starts with the package's namespace, as in `ns__Bypass`.",
				Required: true,
				Validators: []validator.String{
					stringvalidator.LengthAtMost(80),
					stringvalidator.RegexMatches(fullNameShape, "must start with a letter, hold only letters, digits and single underscores, and not end with an underscore"),
				},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"label": schema.StringAttribute{
				MarkdownDescription: "Name that people see.",
				Required:            true,
				Validators:          []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)},
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "What the permission is for, and what asks for it.",
				Optional:            true, Computed: true,
				Validators: []validator.String{plainText{255}},
			},
			"required_permissions": schema.SetAttribute{
				MarkdownDescription: "API names of the custom permissions that whoever has this one must have too: exactly these, if written. An empty set requires none.",
				CustomType:          setOfNames, ElementType: types.StringType, Optional: true, Computed: true,
			},
			"is_licensed": schema.BoolAttribute{
				MarkdownDescription: "Whether the permission takes a licence of the package that it comes from. Nobody can change it.",
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func (r *customPermissionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("custom permission")
}

func (r *customPermissionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan customPermissionModel
	d := &resp.Diagnostics
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, d)
	defer cancel()

	name := plan.Name.ValueString()
	component := sfclient.NewComponent(name)
	component.Set("false", "isLicensed") // read-only, but it has to be sent
	plan.write(component, nil)
	err := sfclient.CreateMetadata(ctx, r.client, customPermissionKind, name, *component, func(found sfclient.Component) bool { return plan.agrees(&found) })
	switch {
	case errors.Is(err, sfclient.ErrDuplicate):
		addNameTaken(d, "custom permission", "salesforce_custom_permission", name, name)
		return
	case err != nil:
		addError(d, "create", "custom permission", name, err, customPermissionColumns)
		return
	}
	row, err := r.find(ctx, &plan)
	if plan.ID = createdID(row.ID, err, "custom permission", name, d); err == nil {
		if err := r.read(ctx, &plan, row.FullName()); err != nil {
			addUnfinished(d, "read back", "custom permission", name, err)
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *customPermissionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state customPermissionModel
	r.readRecord(ctx, req, resp, "custom permission", &state, func() error { return r.refresh(ctx, &state) })
}

func (r *customPermissionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior customPermissionModel
	d := &resp.Diagnostics
	d.Append(req.Plan.Get(ctx, &plan)...)
	if d.Append(req.State.Get(ctx, &prior)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, d)
	defer cancel()

	if !plan.asks(&prior) { // not only a timeout
		if err := r.update(ctx, &plan, &prior); err != nil {
			addError(d, "update", "custom permission", plan.Name.ValueString(), err, customPermissionColumns)
			return
		}
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *customPermissionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state customPermissionModel
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	row, err := r.find(ctx, &state)
	if err == nil {
		err = r.client.DeleteMetadata(ctx, customPermissionKind, row.FullName())
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addDeleteError(&resp.Diagnostics, "custom permission", state.Name.ValueString(), err,
			"Take it out of the permission sets and profiles that grant it, of the custom permissions that require it, and of the formulas, flows and code that ask for it. "+
				"If this apply has just done that, apply again; with lifecycle { create_before_destroy = true } Terraform does it first.")
	}
}

// ImportState takes a custom permission's id or API name.
func (r *customPermissionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"custom permission", "0CP", "an API name"}, func(name string) (string, error) {
		row, err := r.client.CustomPermissions.Find(ctx, "DeveloperName", name)
		return row.ID, err
	})
}

// customPermissionColumns maps Salesforce's fields to attributes, for errors that blame a field.
var customPermissionColumns = columns{"DeveloperName": "name", "MasterLabel": "label", "Description": "description", "customPermission": "required_permissions"}

func (r *customPermissionResource) find(ctx context.Context, m *customPermissionModel) (sfclient.CustomPermission, error) {
	return findRecord(ctx, r.client.CustomPermissions, "DeveloperName", m)
}

// refresh reads the permission as Salesforce has it.
func (r *customPermissionResource) refresh(ctx context.Context, m *customPermissionModel) error {
	row, err := r.find(ctx, m)
	if err != nil {
		return err
	}
	m.ID = types.StringValue(row.ID)
	return r.read(ctx, m, row.FullName())
}

// read takes over what Salesforce says of the permission of a name.
func (r *customPermissionResource) read(ctx context.Context, m *customPermissionModel, name string) error {
	component, err := presentComponent[sfclient.Component](ctx, r.client, customPermissionKind, name)
	if err == nil {
		m.read(name, &component)
	}
	return err
}

// update writes what changed over what is there, so that what Terraform doesn't own stays.
func (r *customPermissionResource) update(ctx context.Context, plan, prior *customPermissionModel) error {
	row, err := r.find(ctx, prior)
	if err != nil {
		return err
	}
	component, err := presentComponent[sfclient.Component](ctx, r.client, customPermissionKind, row.FullName())
	if err != nil {
		return err
	}
	plan.write(&component, prior)
	return sfclient.UpdateMetadata(ctx, r.client, customPermissionKind, row.FullName(), component)
}
