package provider

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// The guards of the resources: each says in the guard's terms what its plan changes. prior is empty, or nil, for what is created.

const userPermissions = "user_permissions"

func (c contents) userPermissions() []string { return slices.Collect(maps.Keys(c[userPermissions])) }

func (r *userResource) guard(ctx context.Context, plan, prior *userModel, destroyed bool, diags *diag.Diagnostics) {
	if change, ok := changeOfUser(&plan.userCore, &prior.userCore, destroyed); ok {
		change.profileID, change.newProfileID, change.atProfile = prior.ProfileID.ValueString(), plan.ProfileID.ValueString(), path.Root("profile_id")
		r.guardUser(ctx, change, diags)
	}
}

func (r *integrationUserResource) guard(ctx context.Context, plan, prior *integrationUserModel, destroyed bool, diags *diag.Diagnostics) {
	if change, ok := changeOfUser(&plan.userCore, &prior.userCore, destroyed); ok {
		change.atProfile = path.Root("profile")
		before, _ := r.profileByName(ctx, prior.Profile.ValueString())
		after, _ := r.profileByName(ctx, plan.Profile.ValueString())
		change.profileID, change.newProfileID = before.ID, after.ID
		r.guardUser(ctx, change, diags)
	}
	if destroyed {
		return
	}
	for _, grants := range []struct {
		attribute    string
		before, held types.Set
		is           func(g sfclient.Grant) string
	}{
		{"permission_sets", prior.PermissionSets, plan.PermissionSets, func(g sfclient.Grant) string {
			if g.GroupID != "" {
				return ""
			}
			return g.SetName
		}},
		{"permission_set_groups", prior.PermissionSetGroups, plan.PermissionSetGroups, func(g sfclient.Grant) string { return g.GroupName }},
	} {
		if !isSet(grants.held) {
			continue
		}
		before, after := stringsOf(ctx, grants.before, diags), stringsOf(ctx, grants.held, diags)
		if lost := without(before, after); lost != nil && r.isOwn(ctx, prior.ID.ValueString()) {
			r.guardOwnPermissions(ctx, taking{path.Root(grants.attribute), "it loses " + quoted(lost), func(g sfclient.Grant, _ string) bool {
				return g.ProfileID == "" && slices.ContainsFunc(lost, foldedName(grants.is(g)))
			}}, diags)
		}
		if grants.attribute == "permission_sets" {
			for _, name := range without(after, before) {
				r.guardGrantedMFA(ctx, name, path.Root(grants.attribute), diags)
			}
		}
	}
}

// without are the names that another list does not have.
func without(names, other []string) []string {
	var rest []string
	for _, name := range names {
		if !slices.ContainsFunc(other, foldedName(name)) {
			rest = append(rest, name)
		}
	}
	return rest
}

// isOwn tells whether a user is the one that the provider signs in as.
func (c *connection) isOwn(ctx context.Context, userID string) bool {
	who, err := c.client.WhoAmI(ctx)
	return err == nil && userID != "" && sfclient.ID18(userID) == sfclient.ID18(who.UserID)
}

func (r *permissionSetResource) guard(ctx context.Context, prior *permissionSetModel, name string, before, after contents, diags *diag.Diagnostics) {
	had, has := before.userPermissions(), after.userPermissions()
	r.guardSetPermissions(ctx, prior.ID.ValueString(), name, had, has, path.Root(userPermissions), diags)
	r.guardSetMFA(ctx, prior.ID.ValueString(), name, had, has, path.Root(userPermissions), diags)
}

func (r *permissionSetGroupResource) guard(ctx context.Context, plan, prior *permissionSetGroupModel, before, muted contents, diags *diag.Diagnostics) {
	if !isSet(prior.ID) {
		return
	}
	name := prior.Name.ValueString()
	if held, known := plan.members(); known {
		had, _ := prior.members()
		lost := without(slices.Collect(maps.Keys(had)), slices.Collect(maps.Keys(held)))
		r.guardGroup(ctx, prior.ID.ValueString(), name, lost, nil, path.Root("permission_sets"), diags)
	}
	more := without(muted.userPermissions(), before.userPermissions())
	r.guardGroup(ctx, prior.ID.ValueString(), name, nil, more, path.Root("muted").AtName(userPermissions), diags)
}

func (r *permissionSetAssignmentResource) guard(ctx context.Context, plan, prior *permissionSetAssignmentModel, gone bool, diags *diag.Diagnostics) {
	if gone && isSet(prior.ID) && prior.IsActive.ValueBool() {
		r.guardAssignment(ctx, prior.AssigneeID.ValueString(), prior.PermissionSetID.ValueString(), prior.PermissionSetGroupID.ValueString(), path.Empty(), diags)
	}
	if isSet(prior.ID) || !isSet(plan.PermissionSet) || !isSet(plan.AssigneeID) {
		return
	}
	user, err := r.client.Users.Get(ctx, plan.AssigneeID.ValueString())
	if err != nil {
		return // reported where it is looked up
	}
	if profile, err := r.profileByID(ctx, user.ProfileID); err == nil && profile.APIUserOnly {
		r.guardGrantedMFA(ctx, plan.PermissionSet.ValueString(), path.Root("permission_set"), diags)
	}
}

func (r *profileResource) guard(ctx context.Context, plan, prior *profileModel, before, after contents, diags *diag.Diagnostics) {
	if !isSet(plan.Name) {
		return
	}
	id, name := prior.ID.ValueString(), plan.Name.ValueString()
	has, written := after[userPermissions]
	if _, apiOnly := has["ApiUserOnly"]; apiOnly || plan.UserLicense.ValueString() == integrationSeat {
		r.plan.creates(apiOnlyProfile, name)
	}
	if written {
		had, has := before.userPermissions(), after.userPermissions()
		if isSet(prior.ID) {
			r.guardProfilePermissions(ctx, id, name, had, has, path.Root(userPermissions), diags)
		}
		if slices.Contains(has, mfaForAPI) && !slices.Contains(had, mfaForAPI) && r.isAPIOnly(ctx, name) {
			r.guardMFAForAPI("The users of the profile "+name+" are API-only", path.Root(userPermissions), diags)
		}
	}
	if ranges, written := after[loginIPRanges.attribute]; written && !maps.Equal(ranges, before[loginIPRanges.attribute]) {
		r.guardLoginRanges(ctx, id, name, ranges.addressRanges(), path.Root(loginIPRanges.attribute), diags)
	}
	if hours, written := after[loginHours.attribute]; written && len(hours) > 0 && !maps.Equal(hours, before[loginHours.attribute]) {
		r.guardLoginHours(ctx, id, func(now time.Time) bool { return opensAt(hours, now) }, path.Root(loginHours.attribute), diags)
	}
}

// addressRanges are the entries of login IP ranges. Those that are none are reported elsewhere.
func (e entries) addressRanges() []addressRange {
	var parsed []addressRange
	for spelling := range e {
		if r, err := parseAddressRange(spelling); err == nil {
			parsed = append(parsed, r)
		}
	}
	return parsed
}

// opensAt tells whether login hours let a user in. Days that are not listed have no limits.
func opensAt(hours entries, now time.Time) bool {
	span, limited := hours[strings.ToLower(now.Weekday().String())]
	if !limited {
		return true
	}
	start, end, _ := strings.Cut(span, "-")
	first, _ := strconv.Atoi(minutes(start))
	last, _ := strconv.Atoi(minutes(end))
	minute := now.Hour()*60 + now.Minute()
	return first <= minute && minute < last
}

// externalClientAppOf is what the guard looks at; nil where there is none.
func externalClientAppOf(values attributes) *app {
	if values["name"] == nil || values["name"].IsNull() {
		return nil
	}
	flag := func(key string, preset bool) bool {
		if value, ok := values[key].(types.Bool); ok && isSet(value) {
			return value.ValueBool()
		}
		return preset
	}
	return &app{
		name: textOf(values["name"]), consumerKey: textOf(values["consumer_key"]),
		enabled: flag(appEnabledKey, true) && flag("policies.is_oauth_plugin_enabled", true),
		runAs:   textOf(values[runAsKey]), clientCredentials: textOf(values[runAsKey]) != "", certificate: textOf(values[certificateKey]),
		scopes: namesIn(values[scopesKey]), preAuthorised: textOf(values[permittedUsersKey]) == preAuthorized,
		sets: namesIn(values[permissionSetsKey]), profiles: namesIn(values[profilesKey]),
		sessionLevel: textOf(values["policies.required_session_level"]), sessionAction: textOf(values["policies.policy_action"]),
		relaxesIPs: relaxes(textOf(values["policies.ip_relaxation_policy_type"])),
	}
}

// externalClientAppPaths are where the parts of an external client app stand.
var externalClientAppPaths = appPaths{
	enabled: pathOf(appEnabledKey), clientCredentials: pathOf("oauth.client_credentials"), certificate: pathOf(certificateKey), scopes: pathOf(scopesKey),
	access: pathOf("policies"), sessionLevel: pathOf("policies.required_session_level"), relaxation: pathOf("policies.ip_relaxation_policy_type"),
}

// knownFrom are the values of a plan, with what is not known yet taken from what was there.
func knownFrom(plan, prior attributes) attributes {
	known := maps.Clone(plan)
	for name, value := range known {
		if before, there := prior[name]; value.IsUnknown() && there {
			known[name] = before
		}
	}
	return known
}

func (r *externalClientAppResource) guard(ctx context.Context, c *appChange, destroyed bool, diags *diag.Diagnostics) {
	before, after := externalClientAppOf(c.prior), externalClientAppOf(knownFrom(c.plan, c.prior))
	if destroyed || before != nil && after != nil && !strings.EqualFold(before.name, after.name) {
		after = nil
	}
	r.guardApp(ctx, before, after, externalClientAppPaths, diags)
}

// connectedAppOf is what the guard looks at; nil where there is none.
func connectedAppOf(values, prior attributes) *app {
	if values == nil {
		return nil
	}
	parts := func(name string) attributes { return knownFrom(partsOf(values[name]), partsOf(prior[name])) }
	oauth, policy, session := parts(connectedAppOAuth.name()), parts(connectedAppOAuthPolicy.name()), parts(connectedAppSessionPolicy.name())
	isOn := func(value attr.Value) bool { return value != nil && value.Equal(types.BoolValue(true)) }
	top := knownFrom(values, prior)
	return &app{
		name: textOf(top["name"]), consumerKey: textOf(top["consumer_key"]), enabled: true,
		clientCredentials: isOn(oauth["is_client_credential_enabled"]), runAs: textOf(oauth["oauth_client_credential_user"]), certificate: textOf(oauth["certificate"]),
		scopes: namesIn(oauth["scopes"]), preAuthorised: isOn(oauth["is_admin_approved"]), sets: namesIn(top[appSetsAttribute]), profiles: namesIn(top[appProfilesAttribute]),
		sessionLevel: textOf(session["session_level"]), sessionAction: textOf(session["policy_action"]), relaxesIPs: relaxes(textOf(policy["ip_relaxation"])),
	}
}

// connectedAppPaths are where the parts of a connected app stand.
var connectedAppPaths = func() appPaths {
	oauth := path.Root(connectedAppOAuth.name())
	return appPaths{
		enabled: path.Empty(), clientCredentials: oauth.AtName("is_client_credential_enabled"), certificate: oauth.AtName("certificate"), scopes: oauth.AtName("scopes"), access: path.Root(appSetsAttribute),
		sessionLevel: path.Root(connectedAppSessionPolicy.name()).AtName("session_level"), relaxation: path.Root(connectedAppOAuthPolicy.name()).AtName("ip_relaxation"),
	}
}()

func (r *connectedAppResource) guard(ctx context.Context, plan, prior attributes, destroyed bool, diags *diag.Diagnostics) {
	before, after := connectedAppOf(prior, nil), connectedAppOf(plan, prior)
	if destroyed || before != nil && after != nil && !strings.EqualFold(before.name, after.name) {
		after = nil
	}
	r.guardApp(ctx, before, after, connectedAppPaths, diags)
}

func (r *profilePolicyResource) guard(ctx context.Context, profile *namedProfile, plan, prior attributes, diags *diag.Diagnostics) {
	const level = "required_session_level"
	if plan[level] == nil || prior != nil && plan[level].Equal(prior[level]) {
		return
	}
	id, name := "", textOf(plan["profile"])
	if profile != nil {
		id, name = profile.ID, profile.Name
	}
	r.guardSessionLevel(ctx, id, name, textOf(plan[level]), path.Root(level), diags)
}
