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
	var lists []In
	for _, list := range []In{{"Id", filter.UserIDs}, {"Profile.Name", filter.Profiles}, {"Profile.UserLicense.Name", filter.UserLicenses}} {
		switch {
		case len(list.Values) == 0:
		case !visible && list.Column != "Id":
			return nil, &Error{Op: op, Status: http.StatusBadRequest, Code: "INVALID_FIELD", Message: "the signed-in user can't see the profiles of users", Fields: []string{list.Column}}
		default:
			lists = append(lists, list)
		}
	}
	return queryEach[MFAUser](ctx, c, op, Select(fields, "User", []string{"IsActive = true"}, lists...))
}
