package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &externalClientAppResource{}
	_ resource.ResourceWithModifyPlan  = &externalClientAppResource{}
	_ resource.ResourceWithImportState = &externalClientAppResource{}
	_ resource.ResourceWithIdentity    = &externalClientAppResource{}
)

func newExternalClientAppResource() resource.Resource { return &externalClientAppResource{} }

// externalClientAppResource is an external client app with its OAuth settings and policies: salesforce_external_client_app.
type externalClientAppResource struct{ resourceBase }

const (
	appType = "salesforce_external_client_app"
	appNoun = "external client app"
)

// mostAppName leaves room in the 80 characters of an API name for what the names of the parts end with.
const mostAppName = 70

func (r *externalClientAppResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = appType
}

func (r *externalClientAppResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	const replaces = "Another name replaces the app: it gets a new consumer key and secret."
	all := appAttributes("")
	all["id"] = idAttribute(appNoun)
	all["timeouts"] = timeoutsAttribute(ctx)
	all["name"] = schema.StringAttribute{
		MarkdownDescription: "API name, unique among external client apps and connected apps. " + replaces,
		Required:            true, CustomType: foldedType,
		Validators: []validator.String{
			stringvalidator.LengthAtMost(mostAppName),
			stringvalidator.RegexMatches(fullNameShape, "must start with a letter, hold only letters, digits and single underscores, and not end with an underscore"),
		},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !folded.same(req.PlanValue.ValueString(), req.StateValue.ValueString())
		}, replaces, replaces)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "An external client app (ECA): what an integration signs in through. Its OAuth settings and policies are part of it.\n\n" +
			leftOut +
			"The consumer secret, which client credentials need, is never in the state. The ephemeral `salesforce_external_client_app_credentials` reads it where the org allows that, and " +
			"Setup > External Client App Manager > the app > Settings > OAuth Settings shows it. JWT bearer needs no secret. The action `salesforce_rotate_external_client_app_credentials` rotates key and secret without downtime.\n\n" +
			"A new app may answer `invalid_client_id` for up to 30 minutes, until all of Salesforce's servers know it.\n\n" +
			"!> Destroying or replacing the app ends every session that was signed in through it, and revokes its tokens.\n\n" +
			"-> The provider's user needs *Create, edit, and delete External Client Apps* (`ExternalClientAppDeveloper`), *View all External Client Apps, view their settings, and edit their policies* (`ExternalClientAppAdmin`), " +
			"Modify Metadata Through Metadata API Functions, and, for the checks while planning, View Setup and Configuration.",
		Attributes: all,
	}
}

func (r *externalClientAppResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity(appNoun)
}

func (r *externalClientAppResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	plan, config := flatApp(ctx, attributesOf(ctx, req.Plan, d)), flatApp(ctx, attributesOf(ctx, req.Config, d))
	ctx, cancel := limited(ctx, timeoutsIn(plan).Create, d)
	defer cancel()
	if d.HasError() || !r.create(ctx, plan, config, d) {
		return
	}
	name := plan.name()
	listing, err := r.findApp(ctx, name)
	if plan["id"] = createdID(listing.id, err, appNoun, name, d); err == nil {
		r.finish(ctx, plan, config, resp.Private, diag.SeverityWarning, d) // after an error Terraform would make the app anew
	}
	d.Append(setWrittenAttributes(ctx, &resp.State, nestedApp(ctx, plan))...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *externalClientAppResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	state := flatApp(ctx, attributesOf(ctx, req.State, d))
	if d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
	listing, err := r.findApp(ctx, cmp.Or(textOf(state["id"]), state.name()))
	var found attributes
	if err == nil {
		found, err = r.current(ctx, listing.name, state)
	}
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		addGoneWarning(d, appNoun, state.name())
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		addError(d, "read", appNoun, state.name(), err)
		return
	}
	if pkceIsForced(ctx, req.Private, d) && isSet(state[pkceKey]) && textOf(found[pkceKey]) == "true" {
		found[pkceKey] = state[pkceKey]
	}
	maps.Copy(state, found)
	if !folded.same(state.name(), listing.name) {
		state["name"] = foldedText(listing.name)
	}
	state["id"] = types.StringValue(listing.id)
	r.plan.tracks(listing.id)
	d.Append(setAttributes(ctx, &resp.State, nestedApp(ctx, state))...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
}

func (r *externalClientAppResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	plan, config, state := flatApp(ctx, attributesOf(ctx, req.Plan, d)), flatApp(ctx, attributesOf(ctx, req.Config, d)), flatApp(ctx, attributesOf(ctx, req.State, d))
	ctx, cancel := limited(ctx, timeoutsIn(plan).Update, d)
	defer cancel()
	if d.HasError() {
		return
	}
	if changesApp(plan, state) { // otherwise it is about a timeout
		if !r.update(ctx, plan, config, d) {
			return
		}
		r.finish(ctx, plan, config, resp.Private, diag.SeverityError, d)
	}
	d.Append(setWrittenAttributes(ctx, &resp.State, nestedApp(ctx, plan))...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *externalClientAppResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	state := flatApp(ctx, attributesOf(ctx, req.State, d))
	ctx, cancel := limited(ctx, timeoutsIn(state).Delete, d)
	defer cancel()
	if d.HasError() {
		return
	}
	err := r.client.DeleteMetadata(ctx, appKind, state.name())
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addError(d, "delete", appNoun, state.name(), err)
	}
}

// ImportState takes an external client app's API name or id.
func (r *externalClientAppResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := importID(ctx, req, &resp.Diagnostics)
	listing, err := r.findApp(ctx, id)
	if err != nil {
		addImportError(&resp.Diagnostics, appNoun, id, "an API name or the id of an external client app (0xI...)", err)
		return
	}
	setImported(ctx, resp, listing.id)
}

// current is an app as the org has it.
func (r *externalClientAppResource) current(ctx context.Context, name string, prior attributes) (attributes, error) {
	content, err := r.app(ctx, name)
	if err != nil {
		return nil, err
	}
	if content[appKind] == nil {
		return nil, fmt.Errorf("the metadata of %s is hidden from the signed-in user, although it is listed", name)
	}
	return r.readApp(ctx, content, prior)
}

func (values attributes) name() string {
	name, _ := values["name"].(text)
	return name.ValueString()
}
