package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure   = &profilePolicyResource{}
	_ resource.ResourceWithModifyPlan  = &profilePolicyResource{}
	_ resource.ResourceWithImportState = &profilePolicyResource{}
	_ resource.ResourceWithIdentity    = &profilePolicyResource{}
)

// profilePolicyResource is a component that a profile has at most one of, and that stands in for a part of the org's settings.
type profilePolicyResource struct {
	resourceBase
	profilePolicy
}

// profilePolicy is what tells one kind of policy from another.
type profilePolicy struct {
	typeName   string // salesforce_profile_session_setting
	noun       string // profile session setting
	setup      string // where people find it in Setup
	kind       string // the metadata type
	text       string // the description
	needs      string // what the provider's user needs
	fields     fields
	presetPart string                                         // the part of SecuritySettings that holds where a profile has no policy
	presets    []preset                                       // the elements of a new policy, from there
	check      func(plan attributes, diags *diag.Diagnostics) // may be nil
}

// policyLeftOut says on the page of a policy what an attribute that is left out means.
const policyLeftOut = "What you write is enforced. An attribute that is left out is read back and left alone.\n\n" +
	"A profile has a policy of its own only once somebody has edited it. Creating this resource makes one: with what you write, and otherwise with what the org's settings say at that time. Later changes to the org's settings do not reach it. " +
	"A policy that the profile has already is taken over, after a plan that warns of what changes. Destroying deletes the policy, so that the org's settings hold for the profile again.\n\n"

func (r *profilePolicyResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r *profilePolicyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	all := map[string]schema.Attribute{
		"id": idAttribute("profile"),
		"profile": schema.StringAttribute{
			MarkdownDescription: "Name of the profile, as people see it or its API name (`System Administrator` or `Admin`). Another profile makes another policy.",
			Required:            true,
			Validators:          []validator.String{plainText{255}, stringvalidator.LengthAtLeast(1)},
		},
	}
	r.fields.schema(all)
	resp.Schema = schema.Schema{
		MarkdownDescription: r.text + "\n\n" + policyLeftOut + "-> The provider's user needs " + r.needs + ".",
		Attributes:          all,
	}
}

func (r *profilePolicyResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("profile")
}

func (r *profilePolicyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	name := textOf(plan["profile"])
	profile, err := r.profileKnownAs(ctx, name)
	if err != nil {
		addError(d, "create", r.noun, name, err)
		return
	}
	before := r.apply(ctx, profile, plan, plan, r.fields.written(config), d)
	if d.HasError() {
		r.putBack(ctx, profile, before, d) // what is not in the state is not left changed, either
		return
	}
	plan["id"] = types.StringValue(profile.ID)
	d.Append(setAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), profile.ID)...)
}

func (r *profilePolicyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	if d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state["id"])...)
	name := cmp.Or(textOf(state["profile"]), textOf(state["id"]))
	profile, err := r.profileWithID(ctx, textOf(state["id"]))
	var found *sfclient.Component
	if err == nil {
		found, err = r.policyOf(ctx, profile)
	}
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		addGoneWarning(d, r.noun, name)
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		addError(d, "read", r.noun, name, err)
		return
	}
	r.fields.read(found, nil, state)
	if !profile.isKnownAs(textOf(state["profile"])) {
		state["profile"] = types.StringValue(profile.Name)
	}
	d.Append(setAttributes(ctx, &resp.State, state)...)
}

func (r *profilePolicyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	d := &resp.Diagnostics
	plan, config := attributesOf(ctx, req.Plan, d), attributesOf(ctx, req.Config, d)
	if d.HasError() {
		return
	}
	profile, err := r.profileWithID(ctx, textOf(plan["id"]))
	if err != nil {
		addError(d, "update", r.noun, textOf(plan["profile"]), err)
		return
	}
	owned := r.fields.written(config)
	if before := r.apply(ctx, profile, plan, owned.of(plan), owned, d); before == nil { // nothing was written
		return
	}
	d.Append(setAttributes(ctx, &resp.State, plan)...)
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), plan["id"])...)
}

func (r *profilePolicyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	d := &resp.Diagnostics
	state := attributesOf(ctx, req.State, d)
	if d.HasError() {
		return
	}
	name := textOf(state["profile"])
	profile, err := r.profileWithID(ctx, textOf(state["id"]))
	var found *sfclient.Component
	if err == nil {
		found, err = r.policyOf(ctx, profile)
	}
	if err == nil {
		err = r.client.DeleteMetadata(ctx, r.kind, found.FullName())
	}
	if err != nil && !errors.Is(err, sfclient.ErrNotFound) {
		addDeleteError(d, r.noun, name, err, "It holds until somebody gives the profile other values: "+r.setup+". Or take it out of Terraform's state and leave it as it is:\n  terraform state rm "+r.typeName+".<name>")
	}
}

// ImportState takes a profile's id, name or API name.
func (r *profilePolicyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := importID(ctx, req, &resp.Diagnostics)
	find := r.profileKnownAs
	if strings.HasPrefix(id, "00e") && idShape.MatchString(id) {
		find = r.profileWithID
	}
	profile, err := find(ctx, id)
	if err != nil {
		addImportError(&resp.Diagnostics, r.noun, id, "the name, the API name or the id (00e...) of a profile", err)
		return
	}
	switch _, err := r.policyOf(ctx, profile); {
	case errors.Is(err, sfclient.ErrNotFound):
		resp.Diagnostics.AddError(fmt.Sprintf("Unable to import %s %q", r.noun, id),
			"The profile "+profile.Name+" has none of its own, so the org's settings hold for it. Remove the import: applying the resource creates one.")
	case err != nil:
		addError(&resp.Diagnostics, "import", r.noun, id, err)
	default:
		setImported(ctx, resp, profile.ID)
	}
}
