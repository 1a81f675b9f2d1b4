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

// ModifyPlan makes the plan: what the configuration writes, and what is there for the rest. It finds what Salesforce would refuse at
// apply, above all a new app.
func (r *connectedAppResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	var prior attributes // nil as long as there is no app
	if !req.State.Raw.IsNull() {
		prior = attributesOf(ctx, req.State, d)
		r.plan.tracks(textOf(prior["id"]))
	}
	if req.Plan.Raw.IsNull() {
		warnOfLoss(d, textOf(prior["name"]))
		r.guard(ctx, nil, prior, true, d)
		return
	}
	config, plan := attributesOf(ctx, req.Config, d), attributesOf(ctx, req.Plan, d)
	if d.HasError() {
		return
	}
	maps.Copy(plan, connectedApp.planned(ctx, config, prior))
	if partsOf(prior[connectedAppOAuth.name()]) == nil && !plan[connectedAppOAuth.name()].IsNull() {
		plan["consumer_key"] = types.StringUnknown()
	}
	connectedApp.check(r.client.Release(), config, prior, path.Empty(), d)
	r.checkUsers(ctx, plan, prior, d)
	r.checkFlows(ctx, plan, prior, d)
	r.guard(ctx, plan, prior, false, d)
	if prior == nil && isSet(plan["name"]) && !d.HasError() {
		r.checkCreation(ctx, config, d)
	}
	d.Append(setAttributes(ctx, &resp.Plan, plan)...)
}

// checkUsers looks for new permission sets and profiles in the org and among what this plan creates, and reports that an app that
// everybody may use can't have any.
func (r *connectedAppResource) checkUsers(ctx context.Context, plan, prior attributes, diags *diag.Diagnostics) {
	approved := oauthOf(plan)["is_admin_approved"]
	open := !plan[connectedAppOAuth.name()].IsUnknown() && (approved == nil || !approved.IsUnknown() && !approved.Equal(types.BoolValue(true)))
	for _, list := range []struct {
		attribute string
		check     func(ctx context.Context, name string, diags *diag.Diagnostics)
	}{{appSetsAttribute, r.checkSet}, {appProfilesAttribute, r.checkProfile}} {
		names := namesIn(plan[list.attribute])
		if open && len(names) > 0 {
			diags.AddAttributeError(path.Root(list.attribute), "App is open to everybody",
				fmt.Sprintf("Salesforce takes %s only for an app whose users an administrator pre-authorises, and this one has %s. Write oauth = { is_admin_approved = true }, or %s = [].", list.attribute, quoted(names), list.attribute))
		}
		before := namesIn(prior[list.attribute])
		for _, name := range names {
			if !slices.Contains(before, name) {
				list.check(ctx, name, diags)
			}
		}
	}
}

func (r *connectedAppResource) checkSet(ctx context.Context, name string, diags *diag.Diagnostics) {
	switch _, err := r.client.PermissionSets.Find(ctx, "Name", name); {
	case err == nil || r.plan.has(permissionSetKind, name):
	case errors.Is(err, sfclient.ErrNotFound):
		diags.AddAttributeError(path.Root(appSetsAttribute), "Unknown permission set", r.unknownSet(ctx, name))
	default:
		addError(diags, "look up", "permission set", name, err)
	}
}

func (r *connectedAppResource) checkProfile(ctx context.Context, name string, diags *diag.Diagnostics) {
	switch _, err := r.client.Profiles.Find(ctx, "Name", name); {
	case err == nil || r.plan.has("Profile", name):
	case errors.Is(err, sfclient.ErrNotFound):
		var names []string
		if profiles, err := r.client.Profiles.List(ctx); err == nil {
			for _, p := range profiles {
				names = append(names, p.Name)
			}
		}
		diags.AddAttributeError(path.Root(appProfilesAttribute), "Unknown profile", unknownName("profile", name, names))
	default:
		addError(diags, "look up", "profile", name, err)
	}
}

// checkFlows looks for the user that the client credentials flow runs as.
func (r *connectedAppResource) checkFlows(ctx context.Context, plan, prior attributes, diags *diag.Diagnostics) {
	oauth, at := oauthOf(plan), path.Root(connectedAppOAuth.name()).AtName(runAsAttribute)
	user := oauth[runAsAttribute]
	if user == nil || user.IsUnknown() {
		return
	}
	name := textOf(user)
	if name == "" {
		if oauth["is_client_credential_enabled"].Equal(types.BoolValue(true)) {
			diags.AddAttributeError(at, "Client credentials flow without a user", "The client credentials flow runs as a user of the app, not of the client. Name an API-only user, such as salesforce_integration_user.<name>.username.")
		}
		return
	}
	if before := oauthOf(prior)[runAsAttribute]; before != nil && folded.same(name, textOf(before)) {
		return
	}
	found, err := r.client.Users.Find(ctx, "Username", name)
	if errors.Is(err, sfclient.ErrNotFound) {
		if !r.plan.has("User", name) {
			diags.AddAttributeError(at, "Unknown user", unknownName("user", name, usernames(r.similarUsers(ctx, name)))+
				"\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: salesforce_integration_user.<name>.username")
		}
		return
	}
	apiOnly := false
	if err == nil {
		apiOnly, err = r.holdsAPIOnly(ctx, found.ID)
	}
	switch {
	case err != nil:
		addError(diags, "look up", "user", name, err)
	case !apiOnly:
		diags.AddAttributeError(at, "User is not API-only",
			fmt.Sprintf("The client credentials flow runs as a user with the permission API Only User, which %s lacks. Use a salesforce_integration_user.", name))
	case !found.IsActive && !r.plan.has("User", name):
		diags.AddAttributeWarning(at, "User is inactive", fmt.Sprintf("Salesforce gives no token for %s until it is active.", name))
	}
}

// runAsAttribute is the user that the client credentials flow runs as.
const runAsAttribute = "oauth_client_credential_user"

// oauthOf are the OAuth attributes of an app; none where it has none or nobody knows.
func oauthOf(app attributes) attributes { return partsOf(app[connectedAppOAuth.name()]) }

// warnOfLoss says what destroying an app means.
func warnOfLoss(diags *diag.Diagnostics, name string) {
	diags.AddWarning(fmt.Sprintf("Connected app %q can't be created again", name),
		"Destroying it ends all its tokens and its consumer key, and every client that signs in through it fails. Salesforce lets no org create connected apps any more, unless its Support allows it, so this can't be undone.\n\n"+
			"To leave the app in the org and only end its management, take it out of the state instead:\n  terraform state rm salesforce_connected_app.<name>\nor replace the resource block by a removed block with lifecycle { destroy = false }.")
}
