package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newProfileListResource lists profiles: salesforce_profile.
func newProfileListResource() list.ListResource {
	return &listResource{
		managed: newProfileResource, noun: "profiles",
		description: "Lists profiles, Salesforce's own standard ones included: they can be imported and changed, but not renamed or deleted.\n\n" +
			"-> The provider's user needs View Setup and Configuration; with `include_resource` also Manage Profiles and Permission Sets and Modify Metadata Through Metadata API Functions; with profile filtering also View All Profiles.",
		filters: map[string]listschema.Attribute{
			"user_license": narrowing("Only profiles of the user licence of this name, such as `" + integrationSeat + "`."),
		},
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			var conditions []string
			if licence := textOf(config["user_license"]); licence != "" {
				conditions = []string{"UserLicense.Name = " + sfclient.Quote(licence)}
			}
			profiles, err := c.client.Profiles.Matching(ctx, conditions...)
			return listedAs(profiles, err, func(p sfclient.Profile) listedThing { return listedThing{p.ID, p.Name} })
		},
	}
}

// newUserRoleListResource lists roles: salesforce_user_role.
func newUserRoleListResource() list.ListResource {
	return &listResource{
		managed: newUserRoleResource, noun: "roles",
		description: "Lists roles. Those that Salesforce makes for portals and Experience Cloud sites are left out.\n\n-> The provider's user needs View Roles and Role Hierarchy.",
		find: func(ctx context.Context, c *connection, _ attributes) ([]listedThing, error) {
			roles, err := c.client.UserRoles.Matching(ctx, "PortalType = 'None'")
			return listedAs(roles, err, func(r sfclient.UserRole) listedThing { return listedThing{r.ID, r.Name} })
		},
	}
}

// newExternalClientAppListResource lists external client apps: salesforce_external_client_app.
func newExternalClientAppListResource() list.ListResource {
	return newAppListResource(newExternalClientAppResource, appKind, "external client apps",
		"*View all External Client Apps, view their settings, and edit their policies* (`ExternalClientAppAdmin`) and Modify Metadata Through Metadata API Functions")
}

// newConnectedAppListResource lists connected apps: salesforce_connected_app.
func newConnectedAppListResource() list.ListResource {
	return newAppListResource(newConnectedAppResource, connectedAppKind, "connected apps",
		"Manage Connected Apps, Customize Application, View Setup and Configuration, and Modify Metadata Through Metadata API Functions")
}

func newAppListResource(managed func() resource.Resource, kind, noun, needs string) list.ListResource {
	return &listResource{
		managed: managed, noun: noun,
		description: "Lists " + noun + ". Those that came with packages are left out: their makers' settings can't be changed.\n\n-> The provider's user needs " + needs + ".",
		find: func(ctx context.Context, c *connection, _ attributes) ([]listedThing, error) {
			listing, err := c.client.ListMetadata(ctx, kind)
			var things []listedThing
			for _, app := range listing {
				if app.Namespace == "" {
					things = append(things, listedThing{sfclient.ID18(app.ID), app.FullName})
				}
			}
			return things, err
		},
	}
}

// newProfilePolicyListResource lists the profiles that have a policy of their own of one kind.
func newProfilePolicyListResource(managed func() resource.Resource, kind, noun string) func() list.ListResource {
	return func() list.ListResource {
		return &listResource{
			managed: managed, noun: noun,
			description: "Lists " + noun + ": one for each profile for which somebody has edited it. For the others the org's settings hold.\n\n" +
				"-> The provider's user needs Modify Metadata Through Metadata API Functions and Manage Profiles and Permission Sets.",
			find: func(ctx context.Context, c *connection, _ attributes) ([]listedThing, error) {
				return c.profilesWith(ctx, kind)
			},
		}
	}
}

// profilesWith are the profiles that have a policy of a kind. Only the policies themselves say whose they are.
func (c *connection) profilesWith(ctx context.Context, kind string) ([]listedThing, error) {
	listing, err := c.client.ListMetadata(ctx, kind)
	if err != nil || len(listing) == 0 {
		return nil, err
	}
	names := make([]string, len(listing))
	for i, component := range listing {
		names[i] = component.FullName
	}
	policies, err := sfclient.ReadAllMetadata[sfclient.Component](ctx, c.client, kind, names)
	if err != nil {
		return nil, err
	}
	profiles, err := c.client.Profiles.List(ctx)
	if err != nil {
		return nil, err
	}
	var things []listedThing
	for _, row := range profiles {
		profile, err := c.profileWithID(ctx, row.ID)
		if errors.Is(err, sfclient.ErrNotFound) { // its metadata is hidden from the signed-in user
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, policy := range policies {
			if policy != nil && profile.owns(policy) {
				things = append(things, listedThing{profile.ID, profile.Name})
				break
			}
		}
	}
	return things, nil
}

// newOrgListResource lists what every org has exactly once.
func newOrgListResource(managed func() resource.Resource, noun string) func() list.ListResource {
	return func() list.ListResource {
		return &listResource{
			managed: managed, noun: noun,
			description: "Lists the org's " + noun + ", which every org has exactly once.\n\n" +
				"-> The provider's user needs API Enabled; with `include_resource` also Modify Metadata Through Metadata API Functions and Customize Application.",
			find: func(ctx context.Context, c *connection, _ attributes) ([]listedThing, error) {
				org, err := c.client.Organization(ctx)
				return []listedThing{{org.ID, org.Name}}, err
			},
		}
	}
}
