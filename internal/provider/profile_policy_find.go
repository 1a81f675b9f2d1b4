package provider

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// namedProfile is a profile with the name by which metadata knows it.
type namedProfile struct {
	sfclient.Profile
	fullName string
}

// isKnownAs tells whether a name is the profile's own or its API name.
func (p namedProfile) isKnownAs(name string) bool {
	return strings.EqualFold(name, p.Name) || strings.EqualFold(name, p.fullName)
}

// owns tells whether a policy is the profile's. Policies name a standard profile by its full name in lower case, a custom one by its
// label, some with its punctuation encoded; those that outlived their profile name none.
func (p namedProfile) owns(policy *sfclient.Component) bool {
	return strings.EqualFold(unescaped(policy.Text("profile")), unescaped(p.fullName))
}

func unescaped(fullName string) string {
	if plain, err := url.PathUnescape(fullName); err == nil {
		return plain
	}
	return fullName
}

// profileWithID finds a profile by its id; one that the signed-in user can't see gives ErrNotFound.
func (c *connection) profileWithID(ctx context.Context, id string) (namedProfile, error) {
	profile, err := c.client.Profiles.Get(ctx, id)
	if err != nil {
		return namedProfile{}, err
	}
	fullName, err := c.client.ProfileFullName(ctx, profile.ID)
	return namedProfile{profile, fullName}, err
}

// profileKnownAs finds a profile by the name that people see, else by its API name; none gives ErrNotFound.
func (c *connection) profileKnownAs(ctx context.Context, name string) (namedProfile, error) {
	profiles, err := c.client.Profiles.List(ctx)
	if err != nil {
		return namedProfile{}, err
	}
	for _, p := range profiles {
		if strings.EqualFold(p.Name, name) {
			return c.profileWithID(ctx, p.ID)
		}
	}
	listing, err := c.client.ListMetadata(ctx, "Profile")
	if err != nil {
		return namedProfile{}, err
	}
	for _, component := range listing {
		if strings.EqualFold(component.FullName, name) {
			return c.profileWithID(ctx, component.ID)
		}
	}
	return namedProfile{}, fmt.Errorf("there is no profile %q that the signed-in user can see: %w", name, sfclient.ErrNotFound)
}

// policyOf reads the policy of a profile; none gives ErrNotFound. What Salesforce calls a policy tells nothing for certain, so all of
// them are read, those first whose names begin as the profile's does.
func (r *profilePolicyResource) policyOf(ctx context.Context, profile namedProfile) (*sfclient.Component, error) {
	listing, err := r.client.ListMetadata(ctx, r.kind)
	if err != nil {
		return nil, err
	}
	var likely, others []string
	for _, component := range listing {
		if strings.HasPrefix(strings.ToLower(component.FullName), strings.ToLower(profile.fullName)+"_") {
			likely = append(likely, component.FullName)
		} else {
			others = append(others, component.FullName)
		}
	}
	for _, names := range [][]string{likely, others} {
		policies, err := sfclient.ReadAllMetadata[sfclient.Component](ctx, r.client, r.kind, names)
		if err != nil {
			return nil, err
		}
		for _, policy := range policies {
			if policy != nil && profile.owns(policy) {
				return policy, nil
			}
		}
	}
	return nil, fmt.Errorf("the profile %s has no %s: %w", profile.Name, r.noun, sfclient.ErrNotFound)
}
