package sfclient

import (
	"context"
	"encoding/json"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// Grant is one way in which a user holds permissions: the profile, a permission set, or a permission set within a group.
type Grant struct {
	SetID     string // the permission set; the hidden one behind a profile
	SetName   string // its API name with the namespace
	ProfileID string // whose hidden permission set it is, else empty
	GroupID   string // the group that it comes through, else empty
	GroupName string

	ProfileName    string   // of ProfileID
	BackingID      string   // the hidden permission set behind the group, which carries what of it takes effect
	ExpirationDate string   // when it ends, empty for never
	Dormancy       Dormancy // why it takes no effect, empty if it does

	Permissions map[string]bool // those that were asked for and that it grants
}

// Dormancy is why an assigned permission set takes no effect.
type Dormancy string

// What keeps an assignment from taking effect.
const (
	Expired         Dormancy = "expired"
	Revoked         Dormancy = "revoked by a user access policy"
	Inactive        Dormancy = "not active"
	NeedsActivation Dormancy = "takes effect only in sessions that activate it"
)

// permissionColumns reads the Permissions* columns of a row into the names of those that are on.
type permissionColumns map[string]bool

// UnmarshalJSON implements json.Unmarshaler.
func (p *permissionColumns) UnmarshalJSON(text []byte) error {
	var columns map[string]any
	if err := json.Unmarshal(text, &columns); err != nil {
		return err
	}
	*p = permissionColumns{}
	for column, value := range columns {
		if name, is := strings.CutPrefix(column, "Permissions"); is && value == true {
			(*p)[name] = true
		}
	}
	return nil
}

// grantedSet is a permission set as an assignment or a group refers to it.
type grantedSet struct {
	ID                    string `json:"Id"`
	Name                  string
	NamespacePrefix       string
	ProfileID             string `json:"ProfileId"`
	Profile               struct{ Name string }
	HasActivationRequired bool
	permissions           permissionColumns
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *grantedSet) UnmarshalJSON(text []byte) error {
	type plain grantedSet
	if err := json.Unmarshal(text, (*plain)(s)); err != nil {
		return err
	}
	return json.Unmarshal(text, &s.permissions)
}

func (s grantedSet) fullName() string {
	return fullName(s.NamespacePrefix, s.Name)
}

// Grants tells by what a user holds permissions, as far as they take effect without further ado. Permissions that the org does not
// know are left out.
func (c *Client) Grants(ctx context.Context, userID string, permissions []string) ([]Grant, error) {
	columns, err := c.permissionColumns(ctx, "PermissionSet", "PermissionSet.", permissions)
	if err != nil {
		return nil, err
	}
	grants, err := c.allGrants(ctx, userID, columns, "")
	return slices.DeleteFunc(grants, func(g Grant) bool { return g.Dormancy != "" }), err
}

// assignedSet is a row of PermissionSetAssignment, the profile's included.
type assignedSet struct {
	PermissionSetID      string `json:"PermissionSetId"`
	PermissionSet        grantedSet
	PermissionSetGroupID string `json:"PermissionSetGroupId"`
	PermissionSetGroup   PermissionSetGroup
	ExpirationDate       string
	IsActive             bool
	IsRevoked            bool
}

// allGrants are the grants of a user, those that take no effect included. columns are more columns of permission sets, and more
// those of assignments; each has a comma in front.
func (c *Client) allGrants(ctx context.Context, userID, columns, more string) ([]Grant, error) {
	rows, err := Query[assignedSet](ctx, c, "read the grants of the user", "SELECT PermissionSetId,PermissionSet.Name,PermissionSet.NamespacePrefix,PermissionSet.ProfileId,PermissionSet.Profile.Name,"+
		"PermissionSet.HasActivationRequired,PermissionSetGroupId,PermissionSetGroup.DeveloperName,PermissionSetGroup.NamespacePrefix,ExpirationDate,IsActive"+more+columns+
		" FROM PermissionSetAssignment WHERE AssigneeId = "+Quote(userID))
	if err != nil {
		return nil, err
	}
	var grants []Grant
	groups := map[string]Grant{}
	for _, row := range rows {
		switch grant := row.grant(); {
		case grant.GroupID == "" || grant.Dormancy != "":
			grants = append(grants, grant)
		default:
			groups[grant.GroupID] = grant
		}
	}
	return c.throughGroups(ctx, grants, groups, columns)
}

func (a *assignedSet) grant() Grant {
	g := Grant{
		SetID: a.PermissionSetID, SetName: a.PermissionSet.fullName(), ProfileID: a.PermissionSet.ProfileID, ProfileName: a.PermissionSet.Profile.Name,
		ExpirationDate: a.ExpirationDate, Dormancy: a.dormancy(), Permissions: a.PermissionSet.permissions,
	}
	if a.PermissionSetGroupID != "" {
		g.GroupID, g.GroupName, g.BackingID = a.PermissionSetGroupID, a.PermissionSetGroup.FullName(), a.PermissionSetID
	}
	return g
}

// dormancy is told from all columns that may tell: whether a revoked assignment is still active is not documented.
func (a *assignedSet) dormancy() Dormancy {
	switch {
	case a.IsRevoked:
		return Revoked
	case !a.IsActive && a.ExpirationDate != "":
		return Expired
	case !a.IsActive:
		return Inactive
	case a.PermissionSet.HasActivationRequired:
		return NeedsActivation
	}
	return ""
}

// throughGroups adds what the members of groups grant: a member's permission counts where its group has it, too, and is not muted.
func (c *Client) throughGroups(ctx context.Context, grants []Grant, groups map[string]Grant, columns string) ([]Grant, error) {
	if len(groups) == 0 {
		return grants, nil
	}
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(groups)) {
		ids = append(ids, Quote(id))
	}
	members, err := Query[struct {
		PermissionSetGroupID string `json:"PermissionSetGroupId"`
		PermissionSetID      string `json:"PermissionSetId"`
		PermissionSet        grantedSet
	}](ctx, c, "read the members of permission set groups",
		"SELECT PermissionSetGroupId,PermissionSetId,PermissionSet.Name,PermissionSet.NamespacePrefix"+columns+" FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN ("+strings.Join(ids, ",")+")")
	if err != nil {
		return nil, err
	}
	for _, member := range members {
		if strings.HasPrefix(member.PermissionSetID, mutingPrefix) {
			continue
		}
		grant := groups[member.PermissionSetGroupID]
		group := grant
		grant.SetID, grant.SetName, grant.Permissions = member.PermissionSetID, member.PermissionSet.fullName(), map[string]bool{}
		for permission := range member.PermissionSet.permissions {
			if group.Permissions[permission] {
				grant.Permissions[permission] = true
			}
		}
		grants = append(grants, grant)
	}
	return grants, nil
}

// permissionColumns are the columns of an object for permissions that the org knows, each with a comma and a prefix in front.
func (c *Client) permissionColumns(ctx context.Context, object, prefix string, permissions []string) (string, error) {
	description, err := c.Describe(ctx, object)
	if err != nil {
		return "", err
	}
	var columns strings.Builder
	for _, permission := range permissions {
		if _, known := description.Fields["Permissions"+permission]; known {
			columns.WriteString("," + prefix + "Permissions" + permission)
		}
	}
	return columns.String(), nil
}

// ProfilePermissions tells which of some permissions a profile grants by itself.
func (c *Client) ProfilePermissions(ctx context.Context, profileID string, permissions []string) (map[string]bool, error) {
	columns, err := c.permissionColumns(ctx, "Profile", "", permissions)
	if err != nil {
		return nil, err
	}
	rows, err := Query[permissionColumns](ctx, c, "read the profile's permissions", "SELECT Id"+columns+" FROM Profile WHERE Id = "+Quote(profileID))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// LastAddress is where the signed-in user last logged in from, which is what login IP ranges are held against. ok is false
// when the login history does not tell.
func (c *Client) LastAddress(ctx context.Context) (address netip.Addr, ok bool, err error) {
	who, err := c.WhoAmI(ctx)
	if err != nil {
		return address, false, err
	}
	rows, err := Query[struct {
		SourceIP string `json:"SourceIp"`
	}](ctx, c, "read the login history of the signed-in user", "SELECT SourceIp FROM LoginHistory WHERE UserId = "+Quote(who.UserID)+" ORDER BY LoginTime DESC LIMIT 1")
	if err != nil || len(rows) == 0 {
		return address, false, err
	}
	address, failure := netip.ParseAddr(rows[0].SourceIP)
	return address, failure == nil, nil // some rows say "Salesforce.com IP"
}
