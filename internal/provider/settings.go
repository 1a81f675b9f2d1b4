package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &settingsResource{}
	_ resource.ResourceWithModifyPlan  = &settingsResource{}
	_ resource.ResourceWithImportState = &settingsResource{}
	_ resource.ResourceWithIdentity    = &settingsResource{}
)

// settingsResource is a part of the org's settings. It always exists: creating it writes what the configuration says over what is
// there, and destroying it leaves or restores.
type settingsResource struct {
	resourceBase
	settings
}

// settings are what tells one part of the org's settings from another.
type settings struct {
	typeName string   // salesforce_session_settings
	noun     string   // session settings
	setup    string   // where people find them in Setup
	kind     string   // the metadata type
	part     []string // the path of the part within the component; nil for all of it
	text     string   // the description
	needs    string   // what the provider's user needs
	fields   fields
	check    func(ctx context.Context, c *connection, plan, before attributes, diags *diag.Diagnostics) // may be nil
}

// settingsLeftOut says on the page of settings what an attribute that is left out means.
const settingsLeftOut = "What you write is enforced. An attribute that is left out is read back and left alone; one that your org does not have is null.\n\n" +
	"The org has these settings whether Terraform manages them or not. The first plan warns of what differs, and the apply changes it. Destroying only takes them out of the state, unless `on_destroy` says otherwise.\n\n"

func (r *settingsResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r *settingsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	all := map[string]schema.Attribute{"id": idAttribute("org"), "on_destroy": onDestroyAttribute()}
	r.fields.schema(all)
	resp.Schema = schema.Schema{
		MarkdownDescription: r.text + "\n\n" + settingsLeftOut + "-> The provider's user needs " + r.needs + ".",
		Attributes:          all,
	}
}

func (r *settingsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("org")
}

func (r *settingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	org, err := r.client.Organization(ctx)
	if err != nil {
		addError(d, "read", "the organization", "", err)
	}
	if d.HasError() {
		return
	}
	before := r.apply(ctx, plan, r.fields.written(config), nil, d)
	if d.HasError() { // settings that are not in the state are not left changed, either
		r.restore(ctx, before, d)
		return
	}
	plan["id"] = types.StringValue(org.ID)
	d.Append(resp.Private.SetKey(ctx, beforeKey, before.json())...)
	d.Append(setAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), org.ID)...)
}

func (r *settingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	if d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
	switch another := r.anotherOrgs(ctx, r.noun, textOf(state["id"]), d); {
	case d.HasError():
		return
	case another:
		resp.State.RemoveResource(ctx)
		return
	}
	component, err := r.client.ReadSettings(ctx, r.kind)
	if err != nil {
		addError(d, "read", r.noun, "", err)
		return
	}
	r.fields.read(&component, r.part, state)
	if state["on_destroy"].IsNull() { // imported
		state["on_destroy"] = types.StringValue(onDestroyKeep)
	}
	d.Append(setAttributes(ctx, &resp.State, state)...)
}

func (r *settingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	kept, more := req.Private.GetKey(ctx, beforeKey)
	if d.Append(more...); d.HasError() {
		return
	}
	before := r.apply(ctx, plan, r.fields.written(config), beforeFrom(kept), d)
	if before == nil { // nothing was written
		return
	}
	d.Append(resp.Private.SetKey(ctx, beforeKey, before.json())...)
	d.Append(setAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *settingsResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	kept, more := req.Private.GetKey(ctx, beforeKey)
	if d.Append(more...); d.HasError() {
		return
	}
	before := beforeFrom(kept)
	if textOf(state["on_destroy"]) != onDestroyRestore {
		addKeptWarning(d, r.noun)
		return
	}
	r.restore(ctx, before, d)
}

// ImportState takes the id of the org, so that settings are not imported from another one by mistake.
func (r *settingsResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.importSettings(ctx, r.typeName, r.noun, req, resp)
}

// now are the settings as the org has them; nil after an error.
func (r *settingsResource) now(ctx context.Context, diags *diag.Diagnostics) attributes {
	component, err := r.client.ReadSettings(ctx, r.kind)
	if err != nil {
		addError(diags, "read", r.noun, "", err)
		return nil
	}
	now := attributes{}
	r.fields.read(&component, r.part, now)
	return now
}

// apply writes those of the owned fields that the org has otherwise, reads all back into plan, and returns what the fields that it
// ever changed were before, by element; nil after an error that left everything as it was.
func (r *settingsResource) apply(ctx context.Context, plan attributes, owned fields, before values, diags *diag.Diagnostics) values {
	found := r.now(ctx, diags)
	if found == nil {
		return nil
	}
	if before == nil {
		before = values{}
	}
	change := &sfclient.Component{}
	for _, f := range owned.differing(plan, found) {
		f.write(change, r.part, plan[f.name()])
		if _, known := before[f.element]; !known {
			before[f.element] = textOf(found[f.name()])
		}
	}
	after := found
	if len(change.Parts) > 0 {
		if err := r.client.UpdateSettings(ctx, r.kind, strings.Join(r.part, "."), change); err != nil {
			addError(diags, "update", r.noun, "", err, r.fields.columns())
			return nil
		}
		if after = r.now(ctx, diags); after == nil {
			after = found
		}
	}
	owned.checkTaken(plan, after, r.setup, diags)
	r.fields.checkOthers(r.noun, found, after, owned, diags)
	r.fields.settle(plan, after, owned)
	return before
}

// earlier are settings that were changed as they were before.
func (r *settingsResource) earlier(before values) *sfclient.Component {
	change := &sfclient.Component{}
	for _, f := range r.fields {
		if value, changed := before[f.element]; changed && (value != "" || f.kind == word) {
			change.Set(value, append(slices.Clone(r.part), f.element)...)
		}
	}
	return change
}

// restore puts back what settings were before.
func (r *settingsResource) restore(ctx context.Context, before values, diags *diag.Diagnostics) {
	change := r.earlier(before)
	if len(change.Parts) == 0 {
		return
	}
	if err := r.client.UpdateSettings(ctx, r.kind, strings.Join(r.part, "."), change); err != nil {
		addError(diags, "restore", r.noun, "", err, r.fields.columns())
	}
}
