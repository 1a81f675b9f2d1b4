package sfclient

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// APIOnlyHolders are the usernames of active API-only users who hold a permission set, at most ten of them.
func (c *Client) APIOnlyHolders(ctx context.Context, setID string) ([]string, error) {
	rows, err := Query[struct{ Assignee struct{ Username string } }](ctx, c, "read who holds the permission set",
		"SELECT Assignee.Username FROM PermissionSetAssignment WHERE Assignee.IsActive = true AND Assignee.Profile.PermissionsApiUserOnly = true AND PermissionSetId = "+Quote(setID)+" LIMIT 10")
	var usernames []string
	for _, row := range rows {
		usernames = append(usernames, row.Assignee.Username)
	}
	return usernames, err
}

// SetGrants tells whether a permission set that the org has grants a user permission. Which sets do is asked once a process.
func (c *Client) SetGrants(ctx context.Context, name, permission string) (bool, error) {
	granting, err := fact(ctx, &c.facts, "sets that grant "+permission, func(ctx context.Context) (map[string]bool, error) {
		column, err := c.permissionColumns(ctx, "PermissionSet", "", []string{permission})
		if err != nil || column == "" {
			return map[string]bool{}, err
		}
		return c.idsIn(ctx, "read the permission sets that grant "+permission, "SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = false AND Permissions"+permission+" = true")
	})
	if err != nil || len(granting) == 0 {
		return false, err
	}
	set, err := c.PermissionSets.Find(ctx, "Name", name)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return granting[set.ID], err
}

// AppPolicy is what an external client app's OAuth policy says of IP restrictions.
type AppPolicy struct {
	App          string
	IPRelaxation string   // Enforce, Bypass, Bypass_2factor, Enforce_RelaxRefresh
	Profiles     []string // that are pre-authorised
}

// AppPolicies are the OAuth policies of all external client apps; asked once a process.
func (c *Client) AppPolicies(ctx context.Context) ([]AppPolicy, error) {
	return fact(ctx, &c.facts, "app policies", func(ctx context.Context) ([]AppPolicy, error) {
		const kind = "ExtlClntAppOauthConfigurablePolicies"
		listing, err := c.ListMetadata(ctx, kind)
		if err != nil {
			return nil, err
		}
		names := make([]string, len(listing))
		for i, found := range listing {
			names[i] = found.FullName
		}
		components, err := ReadAllMetadata[Component](ctx, c, kind, names)
		if err != nil {
			return nil, err
		}
		var policies []AppPolicy
		for _, component := range components {
			if component != nil {
				policies = append(policies, AppPolicy{
					App: component.Text("externalClientApplication"), IPRelaxation: component.Text("ipRelaxationPolicyType"),
					Profiles: splitNames(component.Text("commaSeparatedProfile")),
				})
			}
		}
		return policies, nil
	})
}

func splitNames(text string) []string {
	names := strings.Split(text, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// ProfileLoginRanges are the first and last addresses that a profile, by its name, lets its users log in from; none lets them in from
// anywhere.
func (c *Client) ProfileLoginRanges(ctx context.Context, name string) ([][2]string, error) {
	profile, err := c.Profiles.Find(ctx, "Name", name)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	fullName, err := c.ProfileFullName(ctx, profile.ID)
	if err != nil {
		return nil, err
	}
	component, err := ReadMetadata[Component](ctx, c, profileKind, fullName)
	var ranges [][2]string
	for _, entry := range component.List("loginIpRanges") {
		ranges = append(ranges, [2]string{entry.Text("startAddress"), entry.Text("endAddress")})
	}
	return ranges, err
}
