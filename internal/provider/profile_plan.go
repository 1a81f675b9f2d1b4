package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// forcedPermissions are the user permissions that every profile of a user licence keeps. Source: Salesforce Help, "Give Integration
// Users API Only Access".
var forcedPermissions = map[string][]string{integrationSeat: {"ApiEnabled", "ApiUserOnly", "ChatterInternalUser"}}

// ModifyPlan finds at plan time what Salesforce would refuse at apply, and keeps from the plan what only looks like a change.
func (r *profileResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	c := changeIn[profileModel](ctx, req, d)
	plan, prior := c.plan, c.prior
	if !c.creating {
		r.plan.tracks(prior.ID.ValueString())
	}
	if c.destroying {
		return
	}
	var config profileModel
	if d.Append(req.Config.Get(ctx, &config)...); d.HasError() {
		return
	}
	plan.complete(&config, &prior, c.creating)
	after, complete := plan.owned(&config.profileContent).contents()
	before, _ := prior.contents()

	r.askAhead(ctx, after, before)
	r.planName(ctx, &plan, &prior, d)
	if isSet(plan.UserLicense) && !plan.UserLicense.Equal(prior.UserLicense) {
		r.checkUserLicense(ctx, plan.UserLicense.ValueString(), d)
	}
	if !c.creating && !prior.Custom.ValueBool() {
		checkStandardProfile(&plan, &prior, after, before, d)
	}
	if complete {
		checkForced(plan.UserLicense.ValueString(), after, d)
		checkDefaultApp(after, before, d)
	}
	r.checkContent(ctx, after, before, complete, d)
	if complete {
		r.guard(ctx, &plan, &prior, before, after, d)
	}
	d.Append(resp.Plan.Set(ctx, &plan)...)
}

// complete fills in what the configuration leaves out: at creation nothing, later what was there.
func (m *profileModel) complete(config, prior *profileModel, creating bool) {
	other := prior
	if creating {
		other = config // left out there
		m.FullName, m.Custom = types.StringUnknown(), types.BoolValue(true)
	} else {
		m.Custom = prior.Custom
		if m.FullName = prior.FullName; m.FullName.IsNull() || !m.Name.Equal(prior.Name) {
			m.FullName = types.StringUnknown()
		}
		m.adopt(&prior.profileContent)
	}
	m.leaveOut(&config.profileContent, &other.profileContent)
	if config.Description.IsNull() {
		m.Description = other.Description
	}
}

// planName announces a new name and reports one that is taken by a profile that this configuration does not manage.
func (r *profileResource) planName(ctx context.Context, plan, prior *profileModel, diags *diag.Diagnostics) {
	if !isSet(plan.Name) || plan.Name.Equal(prior.Name) {
		return
	}
	name := plan.Name.ValueString()
	r.plan.creates(profileKind, name)
	switch taken, err := r.client.Profiles.Find(ctx, "Name", name); {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "check the name of", "profile", name, err)
	case taken.ID != prior.ID.ValueString() && !r.plan.tracked(taken.ID): // those of this configuration are about to be renamed or replaced
		addProfileTaken(diags, name, taken.ID)
	}
}

func addProfileTaken(diags *diag.Diagnostics, name, importID string) {
	diags.AddAttributeError(path.Root("name"), "Profile name is taken",
		fmt.Sprintf("The org has a profile %q already.\n\nTo manage that one, import it:\n  terraform import salesforce_profile.<name> %q\nOr choose another name.", name, importID))
}

func (r *profileResource) checkUserLicense(ctx context.Context, name string, diags *diag.Diagnostics) {
	if _, err := r.userLicense(ctx, name); err != nil {
		diags.AddAttributeError(path.Root("user_license"), "Unable to find user licence", explain(err))
	}
}

// userLicense finds a user licence by its name; an unknown one is an error in a sentence.
func (c *connection) userLicense(ctx context.Context, name string) (sfclient.UserLicense, error) {
	licences, err := c.client.UserLicenses.List(ctx)
	if err != nil {
		return sfclient.UserLicense{}, err
	}
	names := make([]string, len(licences))
	for i, l := range licences {
		if names[i] = l.Name; l.Name == name {
			return l, nil
		}
	}
	return sfclient.UserLicense{}, errors.New(unknownName("user licence", name, names))
}

// checkStandardProfile reports changes that Salesforce does not let anybody make to its own profiles.
func checkStandardProfile(plan, prior *profileModel, after, before contents, diags *diag.Diagnostics) {
	refuse := func(attribute, what string) {
		diags.AddAttributeError(path.Root(attribute), "Standard profile can't be changed in this way",
			fmt.Sprintf("%q is one of Salesforce's own profiles; nobody can change %s.", prior.Name.ValueString(), what))
	}
	if isSet(plan.Name) && !plan.Name.Equal(prior.Name) {
		refuse("name", "its name. Make a profile of your own, or write the name that it has")
	}
	if isSet(plan.UserLicense) && !plan.UserLicense.Equal(prior.UserLicense) {
		refuse("user_license", "its user licence. Make a profile of your own")
	}
	if rights, owned := after[objectShape.attribute]; owned && !maps.Equal(rights, before[objectShape.attribute]) {
		refuse(objectShape.attribute, "its object permissions. Leave object_permissions out, and grant what is missing by a permission set")
	}
}

// checkForced reports user permissions that the licence keeps on although the configuration leaves them out.
func checkForced(licence string, after contents, diags *diag.Diagnostics) {
	written, owned := after["user_permissions"]
	if !owned {
		return
	}
	var missing []string
	for _, name := range forcedPermissions[licence] {
		if _, there := written[name]; !there {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		diags.AddAttributeError(path.Root("user_permissions"), "Permissions that the user licence forces are missing",
			fmt.Sprintf("Every profile of the user licence %q holds %s, and Salesforce does not let anybody switch them off. Add %s to user_permissions, or leave user_permissions out.",
				licence, quoted(forcedPermissions[licence]), quoted(missing)))
	}
}

// checkDefaultApp reports that the only default app goes, which Salesforce refuses.
func checkDefaultApp(after, before contents, diags *diag.Diagnostics) {
	written, owned := after["applications"]
	isDefault := func(e entries) bool { return slices.Contains(slices.Collect(maps.Values(e)), defaultLevel) }
	if owned && isDefault(before["applications"]) && !isDefault(written) {
		diags.AddAttributeError(path.Root("applications"), "No default app",
			"The profile has a default app, and Salesforce does not let it go without one. Write \"Default\" for one of the apps.")
	}
}
