package provider

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

var (
	_ resource.ResourceWithConfigure      = &metadataResource{}
	_ resource.ResourceWithValidateConfig = &metadataResource{}
	_ resource.ResourceWithModifyPlan     = &metadataResource{}
	_ resource.ResourceWithImportState    = &metadataResource{}
	_ resource.ResourceWithIdentity       = &metadataResource{}
)

func newMetadataResource() resource.Resource { return &metadataResource{} }

// metadataResource is a component of any type: salesforce_metadata.
type metadataResource struct{ resourceBase }

const (
	metadataType    = "salesforce_metadata"
	secretAttribute = "sensitive_content_wo"
)

type metadataModel struct {
	ID                      types.String   `tfsdk:"id"`
	Type                    types.String   `tfsdk:"type"`
	FullName                types.String   `tfsdk:"full_name"`
	Content                 types.Dynamic  `tfsdk:"content"`
	Source                  types.String   `tfsdk:"source"`
	SensitiveContent        types.Dynamic  `tfsdk:"sensitive_content_wo"`
	SensitiveContentVersion types.Int64    `tfsdk:"sensitive_content_wo_version"`
	CheckOnly               types.Bool     `tfsdk:"check_only"`
	OnDestroy               types.String   `tfsdk:"on_destroy"`
	Timeouts                timeouts.Value `tfsdk:"timeouts"`
}

// metadataTypeShape is that of the names of types.
var metadataTypeShape = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

func isMetadataType() validator.String {
	return stringvalidator.RegexMatches(metadataTypeShape, "must be the name of a type of the Metadata API, such as RemoteSiteSetting or SecuritySettings")
}

func (r *metadataResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = metadataType
}

func (r *metadataResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{
		MarkdownDescription: metadataText,
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The type and the full name: `RemoteSiteSetting:Billing_API`.", Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the component, as the root element of its file names it: `RemoteSiteSetting`, `CustomField`, `SecuritySettings`. Another one replaces the component.",
				Required:            true, PlanModifiers: replaced, Validators: []validator.String{isMetadataType()},
			},
			"full_name": schema.StringAttribute{
				MarkdownDescription: "Full name of the component, as the Metadata API has it: `Billing_API`, `Account.BillingCode__c`, `Sales_Reports/Open_Orders` in a folder, `Security` for `SecuritySettings`. Another one replaces the component.",
				Required:            true, PlanModifiers: replaced, Validators: []validator.String{stringvalidator.LengthAtLeast(1), plainText{255}},
			},
			"content": schema.DynamicAttribute{
				MarkdownDescription: "The component as an object of its elements, by Salesforce's names. What the Metadata API calls a list is one, also with a single entry. Either this or `source`.",
				Optional:            true,
			},
			"source": schema.StringAttribute{
				MarkdownDescription: "The component as text: XML as in a `-meta.xml` file, or a JSON object as `content` has it. For components with hundreds of entries, which take Terraform seconds as an object.",
				Optional:            true,
			},
			secretAttribute: schema.DynamicAttribute{
				MarkdownDescription: "Elements that are secret, as an object like `content`, over which they are put when it is written. They are never in the state or in a plan, and drift of them is not seen.",
				Optional:            true, WriteOnly: true,
			},
			"sensitive_content_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Any number; a new one writes `sensitive_content_wo` again.",
				Optional:            true, Validators: []validator.Int64{int64validator.AlsoRequires(path.MatchRoot(secretAttribute))},
			},
			"check_only": schema.BoolAttribute{
				MarkdownDescription: "Whether Salesforce checks each change while planning, by a deployment that it keeps nothing of. That takes seconds, and refuses what refers to components that the same plan creates. Defaults to `false`.",
				Optional:            true, Computed: true, Default: booldefault.StaticBool(false),
			},
			"on_destroy": schema.StringAttribute{
				MarkdownDescription: "What destroying does: `delete` deletes the component, `keep` leaves it as it is, `restore` puts back what settings were before Terraform first changed them. " +
					"Settings can't be deleted, other components not restored. Defaults to `keep` for settings, to `delete` for others.",
				Optional: true, Computed: true, Validators: []validator.String{stringvalidator.OneOf(onDestroyDelete, onDestroyKeep, onDestroyRestore)},
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func (r *metadataResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"type":      identityschema.StringAttribute{Description: "Type of the component.", RequiredForImport: true},
		"full_name": identityschema.StringAttribute{Description: "Full name of the component.", RequiredForImport: true},
	}}
}

func (r *metadataResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	var plan, config metadataModel
	d.Append(req.Plan.Get(ctx, &plan)...)
	d.Append(req.Config.Get(ctx, &config)...)
	ctx, cancel := limited(ctx, plan.Timeouts.Create, d)
	defer cancel()
	if d.HasError() {
		return
	}
	if plan.isSettings() {
		r.adopt(ctx, &plan, &config, resp.Private, d)
	} else {
		r.create(ctx, &plan, &config, d)
	}
	if d.HasError() {
		return
	}
	d.Append(resp.State.Set(ctx, &plan)...)
	d.Append(setMetadataIdentity(ctx, resp.Identity, &plan)...)
}

func (r *metadataResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	var state metadataModel
	if d.Append(req.State.Get(ctx, &state)...); d.HasError() {
		return
	}
	d.Append(setMetadataIdentity(ctx, resp.Identity, &state)...)
	org, err := r.component(ctx, &state)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		addGoneWarning(d, state.kind(), state.name())
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		addError(d, "read", state.kind(), state.name(), err)
		return
	}
	r.plan.tracks(state.id())
	state.show(ctx, state.writes(ctx, d), org)
	if state.OnDestroy.IsNull() { // imported
		state.OnDestroy = state.defaultOnDestroy()
		state.CheckOnly = types.BoolValue(false)
	}
	d.Append(resp.State.Set(ctx, &state)...)
}

func (r *metadataResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	var plan, config, state metadataModel
	d.Append(req.Plan.Get(ctx, &plan)...)
	d.Append(req.Config.Get(ctx, &config)...)
	d.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := limited(ctx, plan.Timeouts.Update, d)
	defer cancel()
	before, more := req.Private.GetKey(ctx, beforeKey)
	if d.Append(more...); d.HasError() {
		return
	}
	if !r.update(ctx, &plan, &config, &state, before, resp.Private, d) {
		return
	}
	d.Append(resp.State.Set(ctx, &plan)...)
	d.Append(setMetadataIdentity(ctx, resp.Identity, &plan)...)
}

func (r *metadataResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	var state metadataModel
	d.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := limited(ctx, state.Timeouts.Delete, d)
	defer cancel()
	before, more := req.Private.GetKey(ctx, beforeKey)
	if d.Append(more...); d.HasError() {
		return
	}
	switch state.OnDestroy.ValueString() {
	case onDestroyRestore:
		r.restore(ctx, &state, before, d)
	case onDestroyKeep:
		if state.isSettings() {
			addKeptWarning(d, state.kind())
		}
	default:
		if err := r.client.DeleteMetadata(ctx, state.kind(), state.name()); err != nil {
			addDeleteError(d, state.kind(), state.name(), err, "Something else in the org needs it. Remove that first; where Terraform manages it, refer from there to this resource, so that it goes first.")
		}
	}
}

// ImportState takes the type and the full name: RemoteSiteSetting:Billing_API.
func (r *metadataResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	d := &resp.Diagnostics
	m := metadataWithID(req.ID)
	if req.ID == "" && req.Identity != nil {
		d.Append(req.Identity.GetAttribute(ctx, path.Root("type"), &m.Type)...)
		d.Append(req.Identity.GetAttribute(ctx, path.Root("full_name"), &m.FullName)...)
	}
	if !metadataTypeShape.MatchString(m.kind()) || m.name() == "" {
		d.AddError(fmt.Sprintf("Unable to import metadata %q", m.id()), "The import id is the type of the component, a colon, and its full name:\n  "+importCommand(metadataType, "RemoteSiteSetting:Billing_API"))
	}
	if checkMetadataType(m.kind(), d); d.HasError() {
		return
	}
	d.Append(resp.State.SetAttribute(ctx, path.Root("id"), m.id())...)
	d.Append(resp.State.SetAttribute(ctx, path.Root("type"), m.Type)...)
	d.Append(resp.State.SetAttribute(ctx, path.Root("full_name"), m.FullName)...)
	d.Append(setMetadataIdentity(ctx, resp.Identity, m)...)
}

func (m *metadataModel) kind() string     { return m.Type.ValueString() }
func (m *metadataModel) name() string     { return m.FullName.ValueString() }
func (m *metadataModel) id() string       { return m.kind() + ":" + m.name() }
func (m *metadataModel) isSettings() bool { return sfmetadata.IsSettings(m.kind()) }
