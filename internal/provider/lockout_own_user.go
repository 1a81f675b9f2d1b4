package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// need is something that the provider's user must be able to do, and the permissions any of which lets it.
type need struct {
	permissions []string
	lets        string
}

// ownNeeds are what it takes to undo a plan.
var ownNeeds = []need{
	{[]string{"ApiEnabled"}, "call Salesforce at all"},
	{[]string{"ModifyMetadata", "ModifyAllData"}, "change metadata"},
	{[]string{"ViewSetup"}, "see setup"},
	{[]string{"ManageProfilesPermissionsets"}, "change profiles and permission sets"},
	{[]string{"AssignPermissionSets"}, "assign permission sets"},
	{[]string{"ManageInternalUsers"}, "change users"},
}

func neededPermissions() []string {
	var all []string
	for _, n := range ownNeeds {
		all = append(all, n.permissions...)
	}
	return all
}

// ownGrants are by what the provider's user holds what it needs, less what this plan has taken away so far: of two grants of a
// permission a plan may take one, but not both.
type ownGrants struct {
	mu     sync.Mutex
	grants []sfclient.Grant // nil as long as nobody asked
}

// load asks once for the grants of a user.
func (o *ownGrants) load(ctx context.Context, client *sfclient.Client, userID string) error {
	if o.grants != nil {
		return nil
	}
	grants, err := client.Grants(ctx, userID, neededPermissions())
	if err == nil {
		o.grants = grants
	}
	return err
}

// held tells whether a need is met.
func (n need) held(grants []sfclient.Grant) bool {
	return slices.ContainsFunc(grants, func(g sfclient.Grant) bool {
		return slices.ContainsFunc(n.permissions, func(p string) bool { return g.Permissions[p] })
	})
}

// taking is a change that takes grants from users.
type taking struct {
	at   path.Path
	what string // what happens, as in "permission set Terraform loses ModifyMetadata"

	// takes tells which grants lose which permissions.
	takes func(g sfclient.Grant, permission string) bool
}

// guardOwnPermissions refuses a change that takes from the provider's user the last grant of something that it needs.
func (c *connection) guardOwnPermissions(ctx context.Context, change taking, diags *diag.Diagnostics) {
	who, err := c.client.WhoAmI(ctx)
	own := &c.lockout.own
	own.mu.Lock()
	defer own.mu.Unlock()
	if err == nil {
		err = own.load(ctx, c.client, who.UserID)
	}
	if err != nil {
		addBlind(diags, change.at, "by what the provider's user holds its permissions", err)
		return
	}
	before := own.grants
	own.grants = make([]sfclient.Grant, len(before))
	for i, g := range before {
		kept := map[string]bool{}
		for permission, held := range g.Permissions {
			kept[permission] = held && !change.takes(g, permission)
		}
		own.grants[i] = g
		own.grants[i].Permissions = kept
	}
	var lost []string
	for _, n := range ownNeeds {
		if n.held(before) && !n.held(own.grants) {
			lost = append(lost, fmt.Sprintf("%s (to %s)", strings.Join(n.permissions, " or "), n.lets))
		}
	}
	if lost != nil {
		c.lockout.report(diags, ownUserPermissions, change.at, "The provider would lock itself out",
			fmt.Sprintf("The provider signs in as %s. With this plan %s, and no other grant gives that user\n%s\n\nIt could not undo the plan. Give the user these permissions in another way first, or have another user do this.", who.Username, change.what, listed(lost)))
	}
}

// guardSetPermissions is for a permission set that grants less than before.
func (c *connection) guardSetPermissions(ctx context.Context, setID, name string, before, after []string, at path.Path, diags *diag.Diagnostics) {
	lost := ownLoss(before, after)
	if lost == nil {
		return
	}
	c.guardOwnPermissions(ctx, taking{at, fmt.Sprintf("the permission set %s loses %s", name, strings.Join(lost, ", ")), func(g sfclient.Grant, permission string) bool {
		return g.SetID == sfclient.ID18(setID) && slices.Contains(lost, permission)
	}}, diags)
}

// guardProfilePermissions is for a profile that grants less than before.
func (c *connection) guardProfilePermissions(ctx context.Context, profileID, name string, before, after []string, at path.Path, diags *diag.Diagnostics) {
	lost := ownLoss(before, after)
	if lost == nil {
		return
	}
	c.guardOwnPermissions(ctx, taking{at, fmt.Sprintf("the profile %s loses %s", name, strings.Join(lost, ", ")), func(g sfclient.Grant, permission string) bool {
		return g.ProfileID == sfclient.ID18(profileID) && slices.Contains(lost, permission)
	}}, diags)
}

// ownLoss are those of the needed permissions that are no longer there.
func ownLoss(before, after []string) []string {
	var lost []string
	for _, permission := range neededPermissions() {
		if slices.Contains(before, permission) && !slices.Contains(after, permission) {
			lost = append(lost, permission)
		}
	}
	return lost
}

// guardAssignment is for a permission set, or a permission set group, that is taken from a user.
func (c *connection) guardAssignment(ctx context.Context, userID, setID, groupID string, at path.Path, diags *diag.Diagnostics) {
	if who, err := c.client.WhoAmI(ctx); err != nil || sfclient.ID18(userID) != sfclient.ID18(who.UserID) {
		return
	}
	c.guardOwnPermissions(ctx, taking{at, "it loses an assignment", func(g sfclient.Grant, _ string) bool {
		if groupID != "" {
			return g.GroupID == sfclient.ID18(groupID)
		}
		return g.GroupID == "" && g.SetID == sfclient.ID18(setID)
	}}, diags)
}

// guardGroup is for a permission set group that loses members, or mutes more.
func (c *connection) guardGroup(ctx context.Context, groupID, name string, membersLost, muted []string, at path.Path, diags *diag.Diagnostics) {
	if membersLost == nil && ownLoss(muted, nil) == nil {
		return
	}
	c.guardOwnPermissions(ctx, taking{at, fmt.Sprintf("the permission set group %s loses members or mutes permissions", name), func(g sfclient.Grant, permission string) bool {
		return g.GroupID == sfclient.ID18(groupID) && (slices.Contains(membersLost, g.SetName) || slices.Contains(muted, permission))
	}}, diags)
}

// userChange is what a plan does to a user that is active and not frozen.
type userChange struct {
	id           string
	ends         bool      // it can't log in any more
	endsAt       path.Path // the attribute by which
	renamed      bool
	profileID    string
	newProfileID string // "" when the profile stays or is not known yet
	atProfile    path.Path
}

// changeOfUser is what a plan does to a user; ok is false when there was nobody to lock out.
func changeOfUser(plan, prior *userCore, destroyed bool) (change userChange, ok bool) {
	change = userChange{id: prior.ID.ValueString(), renamed: isSet(plan.Username) && !folded.same(plan.Username.ValueString(), prior.Username.ValueString())}
	switch {
	case destroyed:
		change.ends, change.endsAt = true, path.Empty()
	case isSet(plan.IsActive) && !plan.IsActive.ValueBool():
		change.ends, change.endsAt = true, path.Root("is_active")
	case plan.IsFrozen.ValueBool():
		change.ends, change.endsAt = true, path.Root("is_frozen")
	}
	return change, isSet(prior.ID) && prior.IsActive.ValueBool() && !prior.IsFrozen.ValueBool()
}

// out tells whether the user can't log in any more, and the attribute to blame for what the change does.
func (u userChange) out() (at path.Path, out bool) {
	if u.ends {
		return u.endsAt, true
	}
	return u.atProfile, false
}

// moved tells whether the user gets another profile that is known by now.
func (u userChange) moved() bool {
	return u.newProfileID != "" && sfclient.ID18(u.newProfileID) != sfclient.ID18(u.profileID)
}

// guardUser refuses to cut off the provider's own user, and the last administrator.
func (c *connection) guardUser(ctx context.Context, change userChange, diags *diag.Diagnostics) {
	at, out := change.out()
	if !out && !change.moved() && !change.renamed {
		return
	}
	who, err := c.client.WhoAmI(ctx)
	if err != nil {
		addBlind(diags, at, "whom the provider signs in as", err)
		return
	}
	own := sfclient.ID18(change.id) == sfclient.ID18(who.UserID)
	switch {
	case own && out:
		c.lockout.report(diags, ownUserActive, at, "The provider would lock itself out",
			who.Username+" is the user that the provider signs in as. Deactivated or frozen, it could not undo this plan, nor apply the rest of it. Have another user do this.")
		return
	case own && change.renamed && c.client.SignIn().JWT:
		c.lockout.report(diags, ownUserActive, path.Root("username"), "The provider would lock itself out",
			who.Username+" is the username that the provider signs in with. Under another one it could not sign in before the provider's argument username is changed, too.")
	}
	if own && change.moved() {
		c.guardNewProfile(ctx, change, diags)
	}
	c.guardAdministrators(ctx, change, diags)
}

// guardNewProfile is for another profile of the provider's own user.
func (c *connection) guardNewProfile(ctx context.Context, change userChange, diags *diag.Diagnostics) {
	after, err := c.client.ProfilePermissions(ctx, change.newProfileID, neededPermissions())
	if err != nil {
		addBlind(diags, change.atProfile, "what the new profile grants", err)
		return
	}
	c.guardOwnPermissions(ctx, taking{change.atProfile, "it gets another profile", func(g sfclient.Grant, permission string) bool {
		return g.ProfileID != "" && !after[permission]
	}}, diags)
	profile, err := c.profileByID(ctx, change.newProfileID)
	if err == nil {
		err = c.guardNewRanges(ctx, profile.Name, change.atProfile, diags)
	}
	if err != nil {
		addBlind(diags, change.atProfile, "from where the new profile lets its users log in", err)
	}
}

// addBlind says that a check could not be made. It does not stop the plan: who lacks the right to look is not locked out by that.
func addBlind(diags *diag.Diagnostics, at path.Path, what string, err error) {
	diags.AddAttributeWarning(at, "The lockout guard can't look", fmt.Sprintf("It could not find out %s, so that a lockout by this change would go unnoticed. %s", what, explain(err)))
}
