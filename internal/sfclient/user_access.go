package sfclient

import (
	"context"
	"maps"
	"slices"
)

// ModifyAllData is the user permission that opens every object without a record for each.
const ModifyAllData = "ModifyAllData"

// Access is what a user may do by one grant.
type Access struct {
	Grant               // without a SetName: the group itself, for what none of its members grants alone
	ByPermission string // ModifyAllData where that opens the objects, else empty
	Rights       Rights // none of a grant that takes no effect
}

// UserAccess tells what a user may do, by each grant. Of objects and fields it asks for those of some objects only; for all if
// there are none.
func (c *Client) UserAccess(ctx context.Context, userID string, objects []string) ([]Access, error) {
	grants, err := c.everyGrant(ctx, userID)
	if err != nil {
		return nil, err
	}
	sets := map[string]bool{}
	for _, g := range grants {
		if g.Dormancy == "" {
			sets[g.SetID] = true
			if g.GroupID != "" {
				sets[g.BackingID] = true
			}
		}
	}
	held, err := c.rightsOf(ctx, slices.Sorted(maps.Keys(sets)), objects)
	if err != nil {
		return nil, err
	}
	groups, err := c.groupRights(ctx, grants, held)
	if err != nil {
		return nil, err
	}
	return accessBy(grants, held, groups), nil
}

// everyGrant are the grants of a user, those that a user access policy has revoked included. The column that tells those is newer than
// the others.
func (c *Client) everyGrant(ctx context.Context, userID string) ([]Grant, error) {
	description, err := c.Describe(ctx, "PermissionSetAssignment")
	if err != nil {
		return nil, err
	}
	revoked := ""
	if _, known := description.Fields["IsRevoked"]; known {
		revoked = ",IsRevoked"
	}
	return c.allGrants(ctx, userID, "", revoked)
}

// accessBy divides rights by the grants that they come from.
func accessBy(grants []Grant, held map[string]*heldRights, groups map[string]Rights) []Access {
	var all []Access
	rest := maps.Clone(groups) // what no member grants alone
	first := map[string]Grant{}
	for _, g := range grants {
		if g.Dormancy != "" {
			all = append(all, Access{Grant: g})
			continue
		}
		own, implied := held[g.SetID].own, held[g.SetID].implied
		if g.GroupID != "" {
			own, implied = own.within(groups[g.GroupID]), implied.within(groups[g.GroupID])
			rest[g.GroupID], first[g.GroupID] = rest[g.GroupID].without(own).without(implied), g
		}
		all = append(all, Access{Grant: g, Rights: own})
		if len(implied) > 0 {
			all = append(all, Access{Grant: g, ByPermission: ModifyAllData, Rights: implied})
		}
	}
	for id, rights := range rest {
		if len(rights) > 0 {
			g := first[id]
			g.SetID, g.SetName = g.BackingID, ""
			all = append(all, Access{Grant: g, Rights: rights})
		}
	}
	return all
}
