package sfclient

import (
	"context"
	"strconv"
)

// UserFilter says which users to list. What is empty does not narrow.
type UserFilter struct {
	Active      *bool
	Profile     string // by name
	UserLicense string // by name
	APIOnly     bool   // only those whose profile is API-only
}

// ListedUser is a user in a list.
type ListedUser struct {
	ID       string `json:"Id"`
	Username string
}

// ListUsers lists the users who have a profile. Those without one, such as Automated Process, are Salesforce's own and nobody can change
// them.
func (c *Client) ListUsers(ctx context.Context, filter UserFilter) ([]ListedUser, error) {
	conditions := []string{"ProfileId != null"}
	if filter.Active != nil {
		conditions = append(conditions, "IsActive = "+strconv.FormatBool(*filter.Active))
	}
	if filter.Profile != "" {
		conditions = append(conditions, "Profile.Name = "+Quote(filter.Profile))
	}
	if filter.UserLicense != "" {
		conditions = append(conditions, "Profile.UserLicense.Name = "+Quote(filter.UserLicense))
	}
	if filter.APIOnly {
		conditions = append(conditions, "Profile.PermissionsApiUserOnly = true")
	}
	return Query[ListedUser](ctx, c, "list users", Select([]string{"Id", "Username"}, "User", conditions)[0])
}
