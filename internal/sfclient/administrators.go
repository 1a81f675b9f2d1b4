package sfclient

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// Administrators are the active users who may administer everything and can log in to the user interface, by id; the value is
// whether single sign-on binds them, so that a password is no way in. Asked once a process. Source: Salesforce Help, "Require Users
// to Log In with Single Sign-On (SSO)".
func (c *Client) Administrators(ctx context.Context) (map[string]bool, error) {
	return fact(ctx, &c.facts, "administrators", func(ctx context.Context) (map[string]bool, error) {
		const op = "read the administrators"
		const mayAdminister = " FROM PermissionSetAssignment WHERE Assignee.IsActive = true AND Assignee.Profile.PermissionsApiUserOnly = false AND PermissionSet.Permissions"
		administrators, err := c.idsIn(ctx, op, "SELECT AssigneeId"+mayAdminister+"ModifyAllData = true")
		if err != nil {
			return nil, err
		}
		managers, err := c.idsIn(ctx, op, "SELECT AssigneeId"+mayAdminister+"ManageUsers = true")
		if err != nil {
			return nil, err
		}
		frozen, err := c.idsIn(ctx, op, "SELECT UserId FROM UserLogin WHERE IsFrozen = true")
		if err != nil {
			return nil, err
		}
		maps.DeleteFunc(administrators, func(id string, _ bool) bool { return !managers[id] || frozen[id] })
		bound, err := c.boundToSSO(ctx, administrators)
		for id := range administrators {
			administrators[id] = bound[id]
		}
		return administrators, err
	})
}

// boundToSSO tells which of some users can't log in with a password where the org disables that, by the profile or a permission set.
func (c *Client) boundToSSO(ctx context.Context, users map[string]bool) (map[string]bool, error) {
	bound := map[string]bool{}
	if len(users) == 0 {
		return bound, nil
	}
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(users)) {
		ids = append(ids, Quote(id))
	}
	list := " IN (" + strings.Join(ids, ",") + ")"
	for _, by := range []struct{ object, column, soql string }{
		{"Profile", "IsSsoEnabled", "SELECT Id FROM User WHERE Profile.IsSsoEnabled = true AND Id" + list},
		{"PermissionSet", "PermissionsIsSsoEnabled", "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.PermissionsIsSsoEnabled = true AND AssigneeId" + list},
	} {
		description, err := c.Describe(ctx, by.object)
		if err != nil {
			return nil, err
		}
		if _, known := description.Fields[by.column]; !known {
			continue
		}
		found, err := c.idsIn(ctx, "read whom single sign-on binds", by.soql)
		if err != nil {
			return nil, err
		}
		maps.Copy(bound, found)
	}
	return bound, nil
}

// idsIn are the ids in the one column of a query.
func (c *Client) idsIn(ctx context.Context, op, soql string) (map[string]bool, error) {
	rows, err := Query[struct {
		ID         string `json:"Id"`
		UserID     string `json:"UserId"`
		AssigneeID string `json:"AssigneeId"`
	}](ctx, c, op, soql)
	ids := map[string]bool{}
	for _, row := range rows {
		ids[cmp.Or(row.AssigneeID, row.UserID, row.ID)] = true
	}
	return ids, err
}
