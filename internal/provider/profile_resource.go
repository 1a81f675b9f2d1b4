package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var (
	_ resource.ResourceWithConfigure      = &profileResource{}
	_ resource.ResourceWithValidateConfig = &profileResource{}
	_ resource.ResourceWithModifyPlan     = &profileResource{}
	_ resource.ResourceWithImportState    = &profileResource{}
	_ resource.ResourceWithIdentity       = &profileResource{}
	_ resource.ResourceWithMoveState      = &profileResource{}
	_ resource.ResourceWithUpgradeState   = &profileResource{}
)

func newProfileResource() resource.Resource { return &profileResource{} }

// profileResource is a profile with what it grants: salesforce_profile.
type profileResource struct{ resourceBase }

// profileKind is the metadata type and the object.
const profileKind = "Profile"

// profileAttributes maps Salesforce's fields to attributes, for errors that blame a field.
var profileAttributes = columns{"Name": "name", "Description": "description", "UserLicenseId": "user_license"}

func (r *profileResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "salesforce_profile"
}

func (r *profileResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"id": idAttribute("profile"),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the profile, as people see it and as users refer to it. Another one renames the profile in place, unless it is a standard profile.",
			Required:            true,
			Validators:          []validator.String{plainText{255}, stringvalidator.LengthAtLeast(1)},
		},
		"full_name": schema.StringAttribute{
			MarkdownDescription: "Name of the profile in metadata, such as `Admin` for System Administrator, and `Billing%3A API` for `Billing: API`.",
			Computed:            true,
		},
		"user_license": schema.StringAttribute{
			MarkdownDescription: "Name of the user licence that users with this profile take a seat of, such as `" + integrationSeat + "`. Another one replaces the profile.",
			Required:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{plainText{80}, stringvalidator.LengthAtLeast(1)},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "What the profile is for.",
			Optional:            true, Computed: true,
			Validators: []validator.String{plainText{255}},
		},
		"custom": schema.BoolAttribute{
			MarkdownDescription: "Whether the profile was made in this org; `false` for the standard ones, which can't be renamed or deleted.",
			Computed:            true,
		},
		"timeouts": timeoutsAttribute(ctx),
	}
	for _, s := range profileSections {
		attributes[s.attribute] = s.schema
	}
	resp.Schema = schema.Schema{
		Version: movedVersion,
		MarkdownDescription: "A profile: what its users may do at least, from where and when they may log in, and which licence they take a seat of. " +
			"For integrations, a profile of the user licence `" + integrationSeat + "` with login IP ranges of its own is what is worth making; grant the rest by permission sets.\n\n" +
			"Each attribute that lists what the profile grants is owned as a whole once it is written: what somebody adds to it in Setup shows in the next plan and is switched off by the next apply. " +
			"One that is left out is never touched; after an import the state shows what it holds. A new profile is empty, but for what its user licence forces.\n\n" +
			"Standard profiles can be imported and changed as far as Salesforce allows it, which leaves out their name and object permissions. Destroying one only takes it out of the state.\n\n" +
			"A profile that a user has can't be destroyed, and users can't be deleted: destroyed ones are only deactivated. Those of `salesforce_integration_user` move to the standard API-only profile when they are destroyed; others keep theirs and have to be given another one first.\n\n" +
			"-> The provider's user needs Manage Profiles and Permission Sets, View Setup and Configuration, and Modify Metadata Through Metadata API Functions; with profile filtering also View All Profiles.",
		Attributes: attributes,
	}
}

func (r *profileResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = idIdentity("profile")
}

// Create makes the profile empty, as only its record can be made, and then gives it its content.
func (r *profileResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan profileModel
	d := &resp.Diagnostics
	d.Append(req.Config.Get(ctx, &config)...)
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, d)
	defer cancel()

	name := plan.Name.ValueString()
	id, err := r.create(ctx, &plan)
	switch {
	case errors.Is(err, sfclient.ErrDuplicate):
		addProfileTaken(d, name, name)
		return
	case err != nil:
		addError(d, "create", "profile", name, err, profileAttributes)
		return
	}
	plan.ID = types.StringValue(id)
	wanted, _ := plan.owned(&config.profileContent).contents()
	fullName, err := r.write(ctx, id, wanted, nil)
	if err != nil {
		addUnfinished(d, "write the content of", "profile", name, err)
	}
	plan.FullName = textOrNull(fullName, types.StringNull())
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *profileResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state profileModel
	r.readRecord(ctx, req, resp, "profile", &state, func() error { return r.refresh(ctx, &state) })
}

// Update keeps the prior state when it fails: what was done all the same shows in the next refresh.
func (r *profileResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, prior profileModel
	d := &resp.Diagnostics
	d.Append(req.Config.Get(ctx, &config)...)
	d.Append(req.Plan.Get(ctx, &plan)...)
	if d.Append(req.State.Get(ctx, &prior)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, d)
	defer cancel()

	if err := r.update(ctx, &config, &plan, &prior); err != nil {
		addError(d, "update", "profile", prior.Name.ValueString(), err, profileAttributes)
		return
	}
	keepRecord(ctx, &resp.State, resp.Identity, &plan, d)
}

func (r *profileResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state profileModel
	d := &resp.Diagnostics
	if d.Append(req.State.Get(ctx, &state)...); d.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, d)
	defer cancel()

	name := state.Name.ValueString()
	if !state.Custom.IsNull() && !state.Custom.ValueBool() {
		d.AddWarning("Standard profile stays in the org", "Nobody can delete Salesforce's own profile "+name+". It is only taken out of the state, and stays as this configuration left it.")
		return
	}
	if err := r.client.Profiles.Delete(ctx, state.ID.ValueString()); err != nil {
		addDeleteError(d, "profile", name, err,
			"A profile can be deleted when no user has it, and users who were destroyed are only inactive: they have it still. Give its users another profile first: Setup > Profiles > "+name+" > View Users.")
	}
}

// ImportState takes a profile's id, its name, or its name in metadata.
func (r *profileResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"profile", "00e", "the name of a profile, its name in metadata"}, func(name string) (string, error) {
		row, err := r.profileKnownAs(ctx, name)
		return row.ID, err
	})
}

// MoveState takes over a profile of hashicorp/salesforce.
func (r *profileResource) MoveState(context.Context) []resource.StateMover {
	return movesFrom("salesforce_profile")
}

// UpgradeState reads what hashicorp/salesforce wrote.
func (r *profileResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgradesArchived()
}

// create makes the record of a profile.
func (r *profileResource) create(ctx context.Context, plan *profileModel) (id string, err error) {
	licence, err := r.userLicense(ctx, plan.UserLicense.ValueString())
	if err != nil {
		return "", err
	}
	values := plan.values(nil)
	values["UserLicenseId"] = licence.ID
	return r.client.Profiles.Create(ctx, values)
}

// refresh reads the profile as Salesforce has it. What means the same as before is left as it is written. The first time after an
// import, when there is only an id, it reads all sections.
func (r *profileResource) refresh(ctx context.Context, m *profileModel) error {
	row, err := r.client.Profiles.Get(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	fullName, component, err := r.component(ctx, row.ID)
	if err != nil {
		return err
	}
	m.read(&component, m.Name.IsNull())
	m.ID, m.Name, m.FullName = types.StringValue(row.ID), types.StringValue(row.Name), types.StringValue(fullName)
	m.UserLicense, m.Description = types.StringValue(row.UserLicense.Name), textOrNull(row.Description, m.Description)
	m.Custom = types.BoolValue(component.Text("custom") == "true")
	return nil
}

// update writes what changed of the record, and then of the content. It asks nothing of Salesforce when only a timeout changed.
func (r *profileResource) update(ctx context.Context, config, plan, prior *profileModel) error {
	id := prior.ID.ValueString()
	if values := plan.values(prior); len(values) > 0 {
		if err := r.client.Profiles.Update(ctx, id, values); err != nil {
			return err
		}
	}
	wanted, _ := plan.owned(&config.profileContent).contents()
	before, _ := prior.contents()
	fullName, err := plan.FullName.ValueString(), error(nil)
	switch {
	case !wanted.within(before):
		fullName, err = r.write(ctx, id, wanted, before)
	case plan.FullName.IsUnknown():
		fullName, err = r.client.ProfileFullName(ctx, id)
	}
	plan.FullName = types.StringValue(fullName)
	return err
}
