package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// apiOnlyProfiles are the standard API-only profiles, today's first; new orgs no longer have the second.
// Source: Salesforce Help, "Give Integration Users API Only Access".
var apiOnlyProfiles = []string{"Minimum Access - API Only Integrations", "Salesforce API Only System Integrations"}

const (
	// integrationLicense lets an integration user hold more than API access: it raises the ceiling of what permission sets may grant.
	integrationLicense = "SalesforceAPIIntegrationPsl"
	// integrationSeat is the user licence behind an API-only profile.
	integrationSeat = "Salesforce Integration"
)

// ModifyPlan fills in the recipe's defaults and finds at plan time what Salesforce would refuse at apply.
func (r *integrationUserResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	c := changeIn[integrationUserModel](ctx, req, &resp.Diagnostics)
	plan, prior := c.plan, c.prior
	var config integrationUserModel
	if !c.destroying {
		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	d := &resp.Diagnostics
	if c.destroying {
		r.planIntegrationSeats(ctx, &plan, &prior, d)
		r.guard(ctx, &plan, &prior, c.destroying, d)
		return
	}
	if c.creating {
		r.planDefaults(ctx, &config.userCore, &plan.userCore, d)
	}
	r.planProfile(ctx, &config, &plan, &prior, d)
	r.planGrants(ctx, &config, &plan, &prior, c.creating, d)
	if d.HasError() {
		return
	}
	if isSet(plan.Username) {
		r.plan.creates("User", plan.Username.ValueString())
		r.planUsername(ctx, &plan, &prior, c.creating, d)
	}
	r.planIntegrationSeats(ctx, &plan, &prior, d)
	r.guard(ctx, &plan, &prior, c.destroying, d)
	d.Append(resp.Plan.Set(ctx, &plan)...)
}

// forIntegrations tells whether a profile is API-only and of the integration licence.
func forIntegrations(p sfclient.Profile) bool {
	return p.APIUserOnly && p.UserLicense.Name == integrationSeat
}

// planProfile chooses the profile when the configuration does not, and refuses one that is not for integrations.
func (r *integrationUserResource) planProfile(ctx context.Context, config, plan, prior *integrationUserModel, diags *diag.Diagnostics) {
	if config.Profile.IsUnknown() {
		return
	}
	profiles, err := r.client.Profiles.List(ctx)
	if err != nil {
		addError(diags, "read", "profiles", "", err)
		return
	}
	byName := func(name string) (sfclient.Profile, bool) {
		i := slices.IndexFunc(profiles, func(p sfclient.Profile) bool { return p.Name == name })
		if i < 0 {
			return sfclient.Profile{}, false
		}
		return profiles[i], true
	}
	if config.Profile.IsNull() {
		for _, name := range append([]string{prior.Profile.ValueString()}, apiOnlyProfiles...) {
			if p, found := byName(name); found && forIntegrations(p) {
				plan.Profile = types.StringValue(name)
				return
			}
		}
		diags.AddAttributeError(path.Root("profile"), "No profile for integration users",
			fmt.Sprintf("This org has none of the profiles %s with API-only access, or the signed-in user can't see them (that needs View Setup and Configuration).\n\nName an API-only profile of the licence %q in profile.", quoted(apiOnlyProfiles), integrationSeat))
		return
	}
	name := config.Profile.ValueString()
	p, found := byName(name)
	switch {
	case !found && r.plan.has("Profile", name):
	case !found:
		names := make([]string, len(profiles))
		for i, p := range profiles {
			names[i] = p.Name
		}
		diags.AddAttributeError(path.Root("profile"), "Unknown profile", unknownName("profile", name, names))
	case !forIntegrations(p):
		diags.AddAttributeError(path.Root("profile"), "Profile is not for integration users",
			fmt.Sprintf("The profile %q has the user licence %q%s. An integration user needs an API-only profile of the licence %q: only then can it never log in to the UI, where multi-factor authentication is forced.\n\nLeave profile out for the standard one. For a user who logs in to the UI, use salesforce_user.",
				p.Name, p.UserLicense.Name, map[bool]string{true: "", false: " and is not API-only"}[p.APIUserOnly], integrationSeat))
	}
}

// planUsername looks for another holder of a new username. A retired integration user is taken over, which the plan says.
func (r *integrationUserResource) planUsername(ctx context.Context, plan, prior *integrationUserModel, creating bool, diags *diag.Diagnostics) {
	name := plan.Username.ValueString()
	if !creating && folded.same(name, prior.Username.ValueString()) {
		return
	}
	holder := r.namesake(ctx, name, diags)
	if holder == nil || holder.ID == prior.ID.ValueString() {
		return
	}
	free, err := r.canTakeOver(ctx, holder)
	switch {
	case err != nil:
		addError(diags, "read", "profiles", "", err)
	case creating && free:
		diags.AddAttributeWarning(path.Root("username"), "Inactive user will be taken over",
			fmt.Sprintf("The inactive API-only user %s (%s) has the username %s, probably from an earlier destroy. Users can't be deleted, so it will be activated again and become this integration user; what else it was granted is taken away.", holder.Name, holder.ID, holder.Username))
	default:
		addTaken(diags, "salesforce_integration_user", holder)
	}
}

// planIntegrationSeats counts the seats that the plan takes: of the user licence, and of permission set licences.
func (r *integrationUserResource) planIntegrationSeats(ctx context.Context, plan, prior *integrationUserModel, diags *diag.Diagnostics) {
	username := cmp.Or(plan.Username.ValueString(), prior.Username.ValueString())
	before, _ := r.profileByName(ctx, prior.Profile.ValueString())
	after, _ := r.profileByName(ctx, plan.Profile.ValueString())
	r.planSeats(ctx, seatChange{
		username: username, before: before.ID, after: after.ID,
		wasActive: prior.IsActive.ValueBool(), isActive: plan.IsActive.ValueBool(),
	}, diags)
	held, wanted := stringsOf(ctx, prior.PermissionSetLicenses, diags), stringsOf(ctx, plan.PermissionSetLicenses, diags)
	for _, name := range held {
		if l, err := r.permissionSetLicense(ctx, name); err == nil && !slices.Contains(wanted, name) {
			r.plan.seat(l.ID, username, -1)
		}
	}
	for _, name := range wanted {
		if l, err := r.permissionSetLicense(ctx, name); err == nil && !slices.Contains(held, name) {
			r.takeLicense(l, username, path.Root("permission_set_licenses"), diags)
		}
	}
}

// takeLicense announces one more holder of a permission set licence and reports when there is no seat left.
func (c *connection) takeLicense(l sfclient.PermissionSetLicense, username string, at path.Path, diags *diag.Diagnostics) {
	if balance := c.plan.seat(l.ID, username, 1); tooFew(l.TotalLicenses, l.UsedLicenses, balance) {
		diags.AddAttributeError(at, "No free seat of a permission set licence",
			fmt.Sprintf("The org has %d seats of the permission set licence %q (%s), %d of them taken, and this plan needs %d more.\n\nTake it from users who do not need it, or buy seats: Setup > Company Information.",
				l.TotalLicenses, l.MasterLabel, l.DeveloperName, l.UsedLicenses, balance))
	}
}

// permissionSetLicense finds a permission set licence by its developer name; an unknown one is an error in a sentence.
func (c *connection) permissionSetLicense(ctx context.Context, name string) (sfclient.PermissionSetLicense, error) {
	licences, err := c.client.PermissionSetLicenses.List(ctx)
	if err != nil {
		return sfclient.PermissionSetLicense{}, err
	}
	names := make([]string, len(licences))
	for i, l := range licences {
		if names[i] = l.DeveloperName; strings.EqualFold(l.DeveloperName, name) {
			return l, nil
		}
	}
	return sfclient.PermissionSetLicense{}, errors.New(unknownName("permission set licence", name, names))
}

func (c *connection) profileByName(ctx context.Context, name string) (sfclient.Profile, error) {
	return c.profile(ctx, "named "+name, func(p *sfclient.Profile) bool { return p.Name == name })
}

func (c *connection) profileByID(ctx context.Context, id string) (sfclient.Profile, error) {
	return c.profile(ctx, "with id "+id, func(p *sfclient.Profile) bool { return p.ID == sfclient.ID18(id) })
}

func (c *connection) profile(ctx context.Context, which string, is func(*sfclient.Profile) bool) (sfclient.Profile, error) {
	profiles, err := c.client.Profiles.List(ctx)
	if err != nil {
		return sfclient.Profile{}, err
	}
	for i := range profiles {
		if is(&profiles[i]) {
			return profiles[i], nil
		}
	}
	return sfclient.Profile{}, fmt.Errorf("there is no profile %s that the signed-in user can see", which)
}
