package provider

import (
	"context"
	"errors"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	_ resource.ResourceWithConfigure   = &connectedAppResource{}
	_ resource.ResourceWithModifyPlan  = &connectedAppResource{}
	_ resource.ResourceWithImportState = &connectedAppResource{}
	_ resource.ResourceWithIdentity    = &connectedAppResource{}
)

func newConnectedAppResource() resource.Resource { return &connectedAppResource{} }

// connectedAppResource is a connected app with its policies: salesforce_connected_app. Its attributes are those of the table
// connectedApp.
type connectedAppResource struct{ resourceBase }

// connectedAppKind is the metadata type.
const connectedAppKind = "ConnectedApp"

func (r *connectedAppResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_connected_app"
}

func (r *connectedAppResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	readBack := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	all := map[string]schema.Attribute{
		"id": idAttribute("connected app"),
		"name": schema.StringAttribute{
			MarkdownDescription: "API name, unique in the org. Another one is another app. The name of an app from a managed package starts with the package's namespace, as in `ns__Export`.",
			Required:            true,
			Validators: []validator.String{
				stringvalidator.LengthAtMost(80),
				stringvalidator.RegexMatches(fullNameShape, "must start with a letter, hold only letters, digits and single underscores, and not end with an underscore"),
			},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"consumer_key": schema.StringAttribute{
			MarkdownDescription: "Consumer key: the client id by which clients name the app. It is no secret.", Computed: true, PlanModifiers: readBack,
		},
		"timeouts": timeoutsAttribute(ctx),
	}
	maps.Copy(all, connectedApp.attributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A connected app that is there already, with its policies.\n\n" +
			"~> Since Spring '26 Salesforce lets no org create connected apps, unless its Support allows it. Import the app, or use an external client app for a new one: the plan of a new connected app is refused, and shows that configuration. " +
			"For the same reason an app that is destroyed can't be created again; `terraform state rm` leaves it in the org.\n\n" +
			"What you write is enforced. An attribute that is left out is read back and left alone; so is what the provider does not know of.\n\n" +
			"The consumer secret is in no API: Setup > App Manager shows it.\n\n" +
			"-> The provider's user needs Manage Connected Apps, Customize Application, View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		Attributes: all,
	}
}

func (r *connectedAppResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("connected app")
}

func (r *connectedAppResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	ctx, cancel := limited(ctx, timeoutsIn(plan).Create, d)
	defer cancel()
	if d.HasError() {
		return
	}

	name := textOf(plan["name"])
	component := sfclient.NewComponent(name)
	for _, c := range connectedApp.changes(config, plan, nil) {
		c.write(component, c.part, c.to)
	}
	err := sfclient.CreateMetadata(ctx, r.client, connectedAppKind, name, *component, func(found sfclient.Component) bool {
		return agreesWith(config, plan, &found)
	})
	switch {
	case errors.Is(err, sfclient.ErrDuplicate):
		addAppNameTaken(d, name)
		return
	case err != nil:
		addError(d, "create", "connected app", name, err, connectedApp.columns())
		return
	}
	app, err := r.find(ctx, "", name)
	if err != nil {
		addUnknownID(d, name, err)
		plan["id"] = types.StringNull()
	} else {
		plan["id"] = types.StringValue(app.id)
		app.settle(ctx, plan, config, d.AddAttributeWarning)
	}
	d.Append(setWrittenAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *connectedAppResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	if d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
	app, err := r.find(ctx, textOf(state["id"]), textOf(state["name"]))
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		addGoneWarning(d, "connected app", textOf(state["name"]))
		resp.State.RemoveResource(ctx)
	case err != nil:
		addError(d, "read", "connected app", textOf(state["name"]), err)
	default:
		r.plan.tracks(app.id)
		state["id"], state["name"], state["consumer_key"] = types.StringValue(app.id), types.StringValue(app.component.FullName()), app.consumerKey()
		connectedApp.readInto(state, &app.component, nil)
		d.Append(setAttributes(ctx, &resp.State, state)...)
		d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
	}
}

func (r *connectedAppResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	ctx, cancel := limited(ctx, timeoutsIn(plan).Update, d)
	defer cancel()
	if d.HasError() {
		return
	}

	name := textOf(plan["name"])
	app, err := r.find(ctx, textOf(plan["id"]), name)
	written := false
	if err == nil {
		written, err = r.update(ctx, &app, config, plan)
	}
	if err != nil {
		addError(d, "update", "connected app", name, err, connectedApp.columns())
		return
	}
	if written {
		app, err = r.find(ctx, app.id, name)
	}
	if err != nil {
		addUnfinished(d, "read back", "connected app", name, err)
	} else {
		app.settle(ctx, plan, config, d.AddAttributeError)
	}
	d.Append(setWrittenAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *connectedAppResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	ctx, cancel := limited(ctx, timeoutsIn(state).Delete, d)
	defer cancel()
	if d.HasError() {
		return
	}

	app, err := r.find(ctx, textOf(state["id"]), textOf(state["name"]))
	if err == nil {
		err = r.client.DeleteMetadata(ctx, connectedAppKind, app.component.FullName())
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addError(d, "delete", "connected app", textOf(state["name"]), err)
	}
}

// ImportState takes a connected app's id or API name.
func (r *connectedAppResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	d := &resp.Diagnostics
	given := importID(ctx, req, d)
	id, name := "", given
	if idShape.MatchString(given) && strings.HasPrefix(given, "0H4") { // no API name starts with a digit
		id, name = given, ""
	}
	listed, err := r.listed(ctx, id, name)
	if err != nil {
		addImportError(d, "connected app", given, "an API name or the id of a connected app (0H4...)", err)
		return
	}
	setImported(ctx, resp, listed.ID)
	d.Append(resp.State.SetAttribute(ctx, path.Root("name"), listed.FullName)...)
}
