package sfclient

import (
	"context"
	"net/http"
	"strings"
)

// MFAUser is an active user as far as it matters to multi-factor authentication. Profile and licence are empty where the
// signed-in user may not see them.
type MFAUser struct {
	ID        string `json:"Id"`
	Username  string
	Name      string
	UserType  string
	ProfileID string `json:"ProfileId"`
	Profile   struct {
		Name        string
		UserLicense struct{ Name, LicenseDefinitionKey string }
	}
}

// MFAFilter selects active users; what is empty selects all.
type MFAFilter struct {
	UserIDs, Profiles, UserLicenses []string // profiles and licences by name
	Days                            int      // how far back logins count
}

// mfaUsers reads the active users of a selection. Filters that don't fit one statement become several.
func (c *Client) mfaUsers(ctx context.Context, filter MFAFilter) ([]MFAUser, error) {
	const op = "read the active users"
	fields := strings.Fields("Id Username Name UserType")
	description, err := c.Describe(ctx, "User")
	if err != nil {
		return nil, err
	}
	_, visible := description.Fields["ProfileId"]
	if visible {
		fields = append(fields, "ProfileId", "Profile.Name", "Profile.UserLicense.Name", "Profile.UserLicense.LicenseDefinitionKey")
	}
	conditions := []string{"IsActive = true"}
	for _, by := range []struct {
		column string
		names  []string
	}{{"Profile.Name", filter.Profiles}, {"Profile.UserLicense.Name", filter.UserLicenses}} {
		if len(by.names) > 0 && !visible {
			return nil, &Error{Op: op, Status: http.StatusBadRequest, Code: "INVALID_FIELD", Message: "the signed-in user can't see the profiles of users", Fields: []string{by.column}}
		}
		if len(by.names) > 0 {
			conditions = append(conditions, by.column+" IN ("+quoted(by.names)+")")
		}
	}
	where := strings.Join(conditions, " AND ")
	if len(filter.UserIDs) == 0 {
		return Query[MFAUser](ctx, c, op, "SELECT "+strings.Join(fields, ",")+" FROM User WHERE "+where)
	}
	var users []MFAUser
	for _, statement := range selectIn(fields, "User", where, "Id", filter.UserIDs) {
		found, err := Query[MFAUser](ctx, c, op, statement)
		if err != nil {
			return nil, err
		}
		users = append(users, found...)
	}
	return users, nil
}

// quoted is a list of SOQL literals.
func quoted(values []string) string {
	literals := make([]string, len(values))
	for i, value := range values {
		literals[i] = Quote(value)
	}
	return strings.Join(literals, ",")
}
