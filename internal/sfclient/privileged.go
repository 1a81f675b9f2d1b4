package sfclient

import (
	"context"
	"errors"
)

// PrivilegedPermissions are the user permissions any of which makes a user privileged, however it is granted: such a user needs
// phishing-resistant multi-factor authentication at every login to the user interface. Source: Salesforce Help, 005321563.
var PrivilegedPermissions = []string{"ModifyAllData", "ViewAllData", "CustomizeApplication", "AuthorApex"}

// The names of the standard profile whose users are privileged, whatever it grants. In metadata it has the same name in every org;
// people see the other in their own language.
const (
	administratorFullName = "Admin"
	administratorName     = "System Administrator"
)

// PrivilegedProfile tells whether a profile makes its users privileged: by its name in metadata or, where the signed-in user may not
// see that, by the name that people see.
func (c *Client) PrivilegedProfile(ctx context.Context, id, name string) (bool, error) {
	administrator, err := fact(ctx, &c.facts, "id of the profile System Administrator", c.administratorProfile)
	if err != nil || administrator != "" {
		return err == nil && administrator == ID18(id), err
	}
	return name == administratorName, nil
}

// administratorProfile is the id of the profile that metadata knows as System Administrator, "" where the signed-in user can't see it.
func (c *Client) administratorProfile(ctx context.Context) (string, error) {
	listing, err := c.ListMetadata(ctx, profileKind)
	if errors.Is(err, ErrAccess) {
		return "", nil
	}
	for _, profile := range listing {
		if profile.FullName == administratorFullName {
			return ID18(profile.ID), nil
		}
	}
	return "", err
}
