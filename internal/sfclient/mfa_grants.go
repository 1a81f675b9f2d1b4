package sfclient

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// MFAPermissions are the user permissions that decide on multi-factor authentication, besides those that make a user privileged.
var MFAPermissions = []string{"ApiUserOnly", "ForceTwoFactor", "TwoFactorApi", "BypassMFAForUiLogins", "IsSsoEnabled"}

// GrantPath is how a user comes by a permission: by the profile, by a permission set, or by a group and a set in it.
type GrantPath struct {
	Profile, Set, Group string
	Session             bool // takes effect in a session only that activates the set
}

// String says it in words.
func (p GrantPath) String() string {
	var text string
	switch {
	case p.Profile != "":
		text = "profile " + p.Profile
	case p.Group != "" && p.Set != "":
		text = "permission set group " + p.Group + ", permission set " + p.Set
	case p.Group != "":
		text = "permission set group " + p.Group
	default:
		text = "permission set " + p.Set
	}
	if p.Session {
		text += " (once activated in a session)"
	}
	return text
}

// HeldPermissions are permissions of one user, each with every way it is granted.
type HeldPermissions map[string][]GrantPath

// mfaGrants tells for many users who holds which of some permissions by what. Profiles grant through the hidden permission set that
// each has, groups through theirs, so that what a group mutes does not count.
func (c *Client) mfaGrants(ctx context.Context, users []MFAUser, permissions []string) (map[string]HeldPermissions, error) {
	columns, err := c.permissionColumns(ctx, "PermissionSet", "", permissions)
	if err != nil || columns == "" {
		return nil, err
	}
	names := strings.Split(strings.Trim(columns, ","), ",")
	anyOf := func(prefix string) string {
		return "(" + prefix + strings.Join(names, " = true OR "+prefix) + " = true)"
	}
	sets, err := Query[grantedSet](ctx, c, "read the permission sets that decide on MFA",
		"SELECT Id,Name,NamespacePrefix,ProfileId,HasActivationRequired"+columns+" FROM PermissionSet WHERE "+anyOf(""))
	if err != nil {
		return nil, err
	}
	byID, ofProfile := map[string]grantedSet{}, map[string]grantedSet{}
	for _, set := range sets {
		if byID[set.ID] = set; set.ProfileID != "" {
			ofProfile[set.ProfileID] = set
		}
	}
	held := make(map[string]HeldPermissions, len(users))
	for _, user := range users {
		held[user.ID] = HeldPermissions{}
		for permission := range ofProfile[user.ProfileID].permissions {
			held[user.ID][permission] = []GrantPath{{Profile: user.Profile.Name}}
		}
	}
	members, err := c.mfaMembers(ctx, anyOf, permissions)
	if err != nil {
		return nil, err
	}
	assignments, err := Query[Assignment](ctx, c, "read who holds the permission sets that decide on MFA",
		"SELECT AssigneeId,PermissionSetId,PermissionSetGroupId,PermissionSetGroup.DeveloperName,PermissionSetGroup.NamespacePrefix,IsActive FROM PermissionSetAssignment "+
			"WHERE PermissionSet.IsOwnedByProfile = false AND Assignee.IsActive = true AND "+anyOf("PermissionSet."))
	if err != nil {
		return nil, err
	}
	for _, assignment := range assignments {
		user, asked := held[assignment.AssigneeID]
		if !asked || !assignment.IsActive {
			continue
		}
		set := byID[assignment.PermissionSetID]
		for permission := range set.permissions {
			user[permission] = append(user[permission], paths(assignment, set, members[assignment.GroupID][permission])...)
		}
	}
	return held, nil
}

// mfaMembers are the names of the sets in groups that have a permission, by the group's id and the permission.
func (c *Client) mfaMembers(ctx context.Context, anyOf func(prefix string) string, permissions []string) (map[string]map[string][]string, error) {
	columns, err := c.permissionColumns(ctx, "PermissionSet", "PermissionSet.", permissions)
	if err != nil {
		return nil, err
	}
	rows, err := Query[struct {
		PermissionSetGroupID string `json:"PermissionSetGroupId"`
		PermissionSet        grantedSet
	}](ctx, c, "read the groups whose members decide on MFA",
		"SELECT PermissionSetGroupId,PermissionSet.Name,PermissionSet.NamespacePrefix"+columns+" FROM PermissionSetGroupComponent WHERE "+anyOf("PermissionSet."))
	members := map[string]map[string][]string{}
	for _, row := range rows {
		if members[row.PermissionSetGroupID] == nil {
			members[row.PermissionSetGroupID] = map[string][]string{}
		}
		for permission := range row.PermissionSet.permissions {
			members[row.PermissionSetGroupID][permission] = append(members[row.PermissionSetGroupID][permission], row.PermissionSet.fullName())
		}
	}
	return members, err
}

// paths are the ways in which an assignment grants a permission: by the set, or by each of a group's members that have it.
func paths(assignment Assignment, set grantedSet, members []string) []GrantPath {
	if assignment.GroupID == "" {
		return []GrantPath{{Set: set.fullName(), Session: set.HasActivationRequired}}
	}
	group := assignment.Given()
	if len(members) == 0 {
		return []GrantPath{{Group: group, Session: set.HasActivationRequired}}
	}
	ways := make([]GrantPath, 0, len(members))
	for _, member := range slices.Sorted(slices.Values(members)) {
		ways = append(ways, GrantPath{Group: group, Set: member, Session: set.HasActivationRequired})
	}
	return ways
}

// Always tells whether a permission takes effect without further ado.
func (h HeldPermissions) Always(permission string) bool {
	return slices.ContainsFunc(h[permission], func(p GrantPath) bool { return !p.Session })
}

// Names are the permissions in order.
func (h HeldPermissions) Names() []string { return slices.Sorted(maps.Keys(h)) }
