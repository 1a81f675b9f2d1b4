package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// checkAppName announces a new app and reports a name that is taken, which connected apps share.
func (r *externalClientAppResource) checkAppName(ctx context.Context, c *appChange, diags *diag.Diagnostics) {
	if !isSet(c.plan["name"]) || !c.creates() {
		return
	}
	name := c.plan.name()
	r.plan.creates(appKind, name)
	if namespace, _, managed := strings.Cut(name, "__"); managed {
		diags.AddAttributeError(path.Root("name"), "External client app belongs to a package",
			fmt.Sprintf("Only the package %q can bring apps of its namespace. Install it, then import the app:\n  terraform import %s.<name> %s", namespace, appType, name))
		return
	}
	switch listing, err := r.findApp(ctx, name); {
	case errors.Is(err, sfclient.ErrNotFound):
	case err != nil:
		addError(diags, "check the name of", appNoun, name, err)
		return
	case !r.plan.tracked(listing.id): // one of this configuration is about to be replaced
		addNameTaken(diags, appNoun, appType, listing.name, listing.id)
		return
	}
	connected, err := r.client.ListMetadata(ctx, "ConnectedApp")
	if err != nil {
		addError(diags, "check the name of", appNoun, name, err)
		return
	}
	if slices.ContainsFunc(connected, func(l sfclient.ComponentListing) bool { return strings.EqualFold(l.FullName, name) }) {
		diags.AddAttributeError(path.Root("name"), "A connected app has this name",
			fmt.Sprintf("External client apps and connected apps share their names, and the org has a connected app %q. Choose another name; the connected app can be deleted when nothing signs in through it any more.", name))
	}
}

// checkVersion reports what the API version lacks.
func (c *appChange) checkVersion(version int, diags *diag.Diagnostics) {
	for f := range allAppFields() {
		if f.since > version && c.config.writes(f.key()) {
			f.addTooNew(diags, pathOf(f.key()), version)
		}
	}
}

// checkConditions reports what has no effect, or is refused, beside another value.
func (c *appChange) checkConditions(diags *diag.Diagnostics) {
	for _, condition := range appConditions {
		value := c.text(condition.key, condition.preset)
		if value == "" || slices.Contains(condition.values, value) {
			continue
		}
		for _, key := range condition.dependents {
			if _, list := c.config[key].(nameSet); !c.config.writes(key) || list && len(sizedElements(c.config[key])) == 0 {
				continue
			}
			_, name := cutLast(condition.key)
			diags.AddAttributeError(pathOf(key), "Attribute has no meaning here",
				fmt.Sprintf("It belongs to %s = %s, which is going to be %q. Change that, or remove this attribute.", name, strings.Join(strings.Split(quoted(condition.values), ", "), " or "), value))
		}
	}
}

// checkJWT warns of what keeps the JWT bearer flow from working, although Salesforce takes it.
func (c *appChange) checkJWT(diags *diag.Diagnostics) {
	certificate := c.plan[certificateKey]
	if !certificate.IsUnknown() && certificateIn(certificate) == "" || !c.changed(certificateKey, scopesKey, permittedUsersKey, permissionSetsKey, profilesKey) {
		return
	}
	if scopes := namesIn(c.plan[scopesKey]); len(scopes) == len(sizedElements(c.plan[scopesKey])) && !c.plan[scopesKey].IsUnknown() {
		has := func(some ...string) bool {
			return slices.ContainsFunc(some, func(s string) bool { return slices.Contains(scopes, s) })
		}
		if !has("RefreshToken", "OfflineAccess", "Full") || !has("Api", "Full") {
			diags.AddAttributeWarning(pathOf(scopesKey), "JWT bearer flow lacks a scope",
				"The flow needs the scopes Api and RefreshToken: without the second, Salesforce answers every assertion with \"refresh_token scope is required\", although no refresh token is ever given out.")
		}
	}
	if value := c.text(permittedUsersKey, "AllSelfAuthorized"); value != preAuthorized && value != "" {
		diags.AddAttributeWarning(pathOf(permittedUsersKey), "JWT bearer flow admits nobody",
			"Nobody is there to allow the app, so Salesforce answers \"user hasn't approved this consumer\". Write permitted_users_policy_type = \"AdminApprovedPreAuthorized\", and in permission_sets or profiles whom it admits.")
		return
	}
	for _, key := range []string{permissionSetsKey, profilesKey} {
		if len(sizedElements(c.plan[key])) > 0 || c.plan[key].IsUnknown() && c.config.writes(key) {
			return
		}
	}
	diags.AddAttributeWarning(pathOf(permissionSetsKey), "JWT bearer flow admits nobody",
		"No permission set and no profile is admitted, so Salesforce answers \"user is not admin approved to access this app\". Name a permission set that the integration's user has.")
}

// checkPKCE warns before PKCE is written off.
func (c *appChange) checkPKCE(diags *diag.Diagnostics) {
	if textOf(c.plan[pkceKey]) == "false" && c.changed(pkceKey) && c.config.writes(pkceKey) {
		diags.AddAttributeWarning(pathOf(pkceKey), "PKCE may stay required",
			"Many orgs keep PKCE required whatever is written. JWT bearer and client credentials work without it; for a flow in a browser, let the client use it.")
	}
}

// checkRunAs looks for a new run-as user, in the org and in the plan, and for what it needs.
func (r *externalClientAppResource) checkRunAs(ctx context.Context, c *appChange, diags *diag.Diagnostics) {
	name := textOf(c.plan[runAsKey])
	if name == "" || !c.changed(runAsKey) || diags.HasError() {
		return
	}
	at := pathOf(runAsKey)
	user, err := r.client.Users.Find(ctx, "Username", name)
	if errors.Is(err, sfclient.ErrNotFound) {
		if !r.plan.has("User", name) {
			diags.AddAttributeError(at, "Unknown user", unknownName("user", name, usernames(r.similarUsers(ctx, name)))+
				"\n\nIf this configuration creates it, refer to it, so that Terraform creates it first: run_as = salesforce_integration_user.<name>.username")
		}
		return
	}
	var only bool
	if err == nil {
		only, err = r.holdsAPIOnly(ctx, user.ID)
	}
	switch {
	case err != nil:
		addError(diags, "look up", "user", name, err)
	case !only:
		diags.AddAttributeError(at, "Run-as user is not API-only",
			fmt.Sprintf("Client credentials sign in as a user who has the permission API Only User; neither the profile of %s nor a permission set that it holds grants it. "+
				"A user who can log in to the user interface has no place in an integration: use a salesforce_integration_user.", name))
	case !user.IsActive && !r.plan.has("User", name):
		diags.AddAttributeWarning(at, "Run-as user is inactive", fmt.Sprintf("Salesforce gives no token for %s until it is active.", name))
	}
}

// holdsAPIOnly tells whether a user may use Salesforce through its APIs only, by the profile (whose own permission set is assigned to
// all its users) or by a permission set.
func (c *connection) holdsAPIOnly(ctx context.Context, userID string) (bool, error) {
	rows, err := sfclient.Query[struct{}](ctx, c.client, "look for API Only User",
		"SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = "+sfclient.Quote(userID)+" AND PermissionSet.PermissionsApiUserOnly = true LIMIT 1")
	return len(rows) > 0, err
}

// checkAdmitted looks for permission sets and profiles that are newly admitted, in the org and in the plan.
func (r *externalClientAppResource) checkAdmitted(ctx context.Context, c *appChange, diags *diag.Diagnostics) {
	if diags.HasError() {
		return
	}
	sets, at := c.added(permissionSetsKey)
	for _, name := range sets {
		switch _, err := r.client.PermissionSets.Find(ctx, "Name", name); {
		case err == nil || r.plan.has(permissionSetKind, name):
		case errors.Is(err, sfclient.ErrNotFound):
			diags.AddAttributeError(at, "Unknown permission set", r.unknownSet(ctx, name))
		default:
			addError(diags, "look up", "permission set", name, err)
		}
	}
	profiles, at := c.added(profilesKey)
	if profiles == nil {
		return
	}
	known, err := r.client.Profiles.List(ctx)
	if err != nil {
		addError(diags, "read", "profiles", "", err)
		return
	}
	names := make([]string, len(known))
	for i, p := range known {
		names[i] = p.Name
	}
	for _, name := range profiles {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) && !r.plan.has("Profile", name) {
			diags.AddAttributeError(at, "Unknown profile", unknownName("profile", name, names))
		}
	}
}
