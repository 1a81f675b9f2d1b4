package sfclient

import (
	"context"
	"net/http"
	"strings"
)

// Lacks tells which of some user permissions the signed-in user does not hold.
func (c *Client) Lacks(ctx context.Context, permissions ...string) ([]string, error) {
	const op, prefix = "read UserPermissionAccess", "Permissions"
	rows, err := Query[map[string]any](ctx, c, op, "SELECT "+prefix+strings.Join(permissions, ","+prefix)+" FROM UserPermissionAccess")
	if err == nil && len(rows) != 1 {
		err = &Error{Op: op, Status: http.StatusOK, Message: "Salesforce does not say what the signed-in user may do"}
	}
	if err != nil {
		return nil, err
	}
	var lacking []string
	for _, permission := range permissions {
		if rows[0][prefix+permission] != true {
			lacking = append(lacking, permission)
		}
	}
	return lacking, nil
}
