package sfclient

import (
	"context"
	"net/http"
	"strings"
)

// ownPermissions tells which of some user permissions the signed-in user holds. It takes no permission to ask.
func (c *Client) ownPermissions(ctx context.Context, permissions ...string) (map[string]bool, error) {
	const op = "read the permissions of the signed-in user"
	rows, err := Query[permissionColumns](ctx, c, op, "SELECT Permissions"+strings.Join(permissions, ",Permissions")+" FROM UserPermissionAccess")
	if err == nil && len(rows) != 1 {
		err = &Error{Op: op, Status: http.StatusOK, Message: "Salesforce does not say what the signed-in user may do"}
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Lacks tells which of some user permissions the signed-in user does not hold.
func (c *Client) Lacks(ctx context.Context, permissions ...string) ([]string, error) {
	held, err := c.ownPermissions(ctx, permissions...)
	if err != nil {
		return nil, err
	}
	var lacking []string
	for _, permission := range permissions {
		if !held[permission] {
			lacking = append(lacking, permission)
		}
	}
	return lacking, nil
}
