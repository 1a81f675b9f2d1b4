package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	_ resource.ResourceWithConfigure   = &trustedIPRangesResource{}
	_ resource.ResourceWithModifyPlan  = &trustedIPRangesResource{}
	_ resource.ResourceWithImportState = &trustedIPRangesResource{}
	_ resource.ResourceWithIdentity    = &trustedIPRangesResource{}
)

func newTrustedIPRangesResource() resource.Resource { return &trustedIPRangesResource{} }

// trustedIPRangesResource is the org's network access, the addresses that it trusts: salesforce_trusted_ip_ranges.
type trustedIPRangesResource struct{ resourceBase }

type trustedIPRangesModel struct {
	ID        types.String `tfsdk:"id"`
	IPRanges  types.Map    `tfsdk:"ip_ranges"`
	OnDestroy types.String `tfsdk:"on_destroy"`
}

const (
	trustedIPRangesType = "salesforce_trusted_ip_ranges"
	trustedIPRangesNoun = "trusted IP ranges"
)

func (r *trustedIPRangesResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = trustedIPRangesType
}

func (r *trustedIPRangesResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The org's trusted IP ranges (Setup > Network Access): all of them. A range that stands there but not in the configuration is removed.\n\n" +
			"~> These ranges keep nobody out. Who logs in from one of them is not asked to activate the device, and needs no security token; everybody else still logs in. " +
			"What restricts logins are the login IP ranges of profiles. Salesforce ignores a range of more than 16,777,216 (2^24) IPv4 addresses for device activation, and in developer and trial orgs it asks for the activation everywhere.\n\n" +
			"The org has its list whether Terraform manages it or not. The first plan warns of what differs, and the apply changes it. Destroying only takes it out of the state, unless `on_destroy` says otherwise.\n\n" +
			"-> The provider's user needs Modify Metadata Through Metadata API Functions and Customize Application.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("org"),
			"ip_ranges": schema.MapAttribute{
				MarkdownDescription: "Descriptions by range, `\"\"` for none. A range is a CIDR block (`192.0.2.0/24`), one address (`192.0.2.7`), or the first and the last (`192.0.2.10-192.0.2.20`), of IPv4 or IPv6; an empty map trusts none.",
				Required:            true, ElementType: types.StringType,
				Validators:    []validator.Map{areAddressRanges{}},
				PlanModifiers: []planmodifier.Map{keepRangeSpelling{}},
			},
			"on_destroy": onDestroyAttribute(),
		},
	}
}

func (r *trustedIPRangesResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("org")
}

func (r *trustedIPRangesResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	var plan trustedIPRangesModel
	d.Append(req.Plan.Get(ctx, &plan)...)
	org, err := r.client.Organization(ctx)
	if err != nil {
		addError(d, "read", "the organization", "", err)
	}
	found := r.now(ctx, plan.IPRanges, d)
	if d.HasError() {
		return
	}
	after := r.replace(ctx, found, plan.IPRanges, d)
	if d.HasError() {
		if !after.IsNull() { // what is not in the state is not left changed, either
			r.write(ctx, "restore", found, d)
		}
		return
	}
	plan.ID = types.StringValue(org.ID)
	d.Append(resp.Private.SetKey(ctx, beforeKey, descriptionsOf(found).json())...)
	d.Append(resp.State.Set(ctx, &plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan.ID)...)
}

func (r *trustedIPRangesResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	var state trustedIPRangesModel
	if d.Append(req.State.Get(ctx, &state)...); d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state.ID)...)
	another := r.anotherOrgs(ctx, trustedIPRangesNoun, state.ID.ValueString(), d)
	if d.HasError() {
		return
	}
	if another {
		resp.State.RemoveResource(ctx)
		return
	}
	state.IPRanges = r.now(ctx, state.IPRanges, d)
	if d.HasError() {
		return
	}
	if state.OnDestroy.IsNull() { // imported
		state.OnDestroy = types.StringValue(onDestroyKeep)
	}
	d.Append(resp.State.Set(ctx, &state)...)
}

func (r *trustedIPRangesResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	var plan trustedIPRangesModel
	d.Append(req.Plan.Get(ctx, &plan)...)
	before, more := req.Private.GetKey(ctx, beforeKey)
	d.Append(more...)
	found := r.now(ctx, plan.IPRanges, d)
	if d.HasError() {
		return
	}
	after := r.replace(ctx, found, plan.IPRanges, d)
	if after.IsNull() { // nothing was written
		return
	}
	if before == nil && !sameRanges(found, plan.IPRanges) { // imported, and changed for the first time
		d.Append(resp.Private.SetKey(ctx, beforeKey, descriptionsOf(found).json())...)
	}
	plan.IPRanges = after
	d.Append(resp.State.Set(ctx, &plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan.ID)...)
}

func (r *trustedIPRangesResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	var state trustedIPRangesModel
	d.Append(req.State.Get(ctx, &state)...)
	before, more := req.Private.GetKey(ctx, beforeKey)
	if d.Append(more...); d.HasError() {
		return
	}
	switch {
	case state.OnDestroy.ValueString() != onDestroyRestore:
		addKeptWarning(d, trustedIPRangesNoun)
	case before != nil:
		r.write(ctx, "restore", rangesFrom(beforeFrom(before)), d)
	}
}

// ImportState takes the id of the org.
func (r *trustedIPRangesResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.importSettings(ctx, trustedIPRangesType, trustedIPRangesNoun, req, resp)
}
