package provider

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// Salesforce's documents say that an app's policies name permission sets and profiles by id, orgs answer with API names, and
// connected apps with labels. All of these are read as the names that configurations write.

// settleNames replaces other names of permission sets and profiles by those that configurations write. Names that prior holds are
// good as they are.
func (c *connection) settleNames(ctx context.Context, app, prior attributes) error {
	for _, list := range []struct {
		key    string
		settle func(context.Context, string) (string, error)
	}{{permissionSetsKey, c.settledSet}, {profilesKey, c.settledProfile}} {
		known := lowered(namesIn(prior[list.key]))
		names := namesIn(app[list.key])
		changed := false
		for i, name := range names {
			if slices.Contains(known, strings.ToLower(name)) {
				continue
			}
			settled, err := list.settle(ctx, name)
			if err != nil {
				return err
			}
			names[i], changed = settled, changed || settled != name
		}
		if changed {
			app[list.key] = nameSetOf(slices.Compact(slices.Sorted(slices.Values(names))))
		}
	}
	return nil
}

// settledSet is the API name of the permission set with an API name, an id or a label; the text itself if there is none.
func (c *connection) settledSet(ctx context.Context, name string) (string, error) {
	switch set, err := c.client.PermissionSets.Find(ctx, "Name", name); {
	case err == nil:
		return set.FullName(), nil
	case !errors.Is(err, sfclient.ErrNotFound):
		return "", err
	}
	sets, err := c.client.PermissionSets.List(ctx)
	for _, set := range sets {
		if set.ID == sfclient.ID18(name) || strings.EqualFold(set.Label, name) {
			return set.FullName(), nil
		}
	}
	return name, err
}

// settledProfile is the name of the profile with a name, an id or a name in metadata (Admin); the text itself if there is none.
func (c *connection) settledProfile(ctx context.Context, name string) (string, error) {
	profiles, err := c.client.Profiles.List(ctx)
	for _, p := range profiles {
		if strings.EqualFold(p.Name, name) || p.ID == sfclient.ID18(name) {
			return p.Name, nil
		}
	}
	for _, p := range profiles {
		if full, err := c.client.ProfileFullName(ctx, p.ID); err == nil && full == name {
			return p.Name, nil
		}
	}
	return name, err
}
