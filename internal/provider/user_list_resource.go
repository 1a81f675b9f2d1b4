package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

var userListFilters = map[string]listschema.Attribute{
	"is_active": listschema.BoolAttribute{MarkdownDescription: "Only users who are active, or only those who are not. Left out, both.", Optional: true},
	"profile":   listschema.StringAttribute{MarkdownDescription: "Only users with the profile of this name.", Optional: true},
}

// newUserListResource lists the users of all kinds: salesforce_user.
func newUserListResource() list.ListResource {
	return &listResource{
		managed: newUserResource, noun: "users",
		description: "Lists users of every kind, those of integrations included. Salesforce's own users that have no profile, such as Automated Process, are left out: nobody can change them.\n\n-> The provider's user needs View Setup and Configuration.",
		filters:     userListFilters,
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			return c.listUsers(ctx, config, sfclient.UserFilter{})
		},
	}
}

// newIntegrationUserListResource lists the users that only machines can be: salesforce_integration_user.
func newIntegrationUserListResource() list.ListResource {
	return &listResource{
		managed: newIntegrationUserResource, noun: "integration users",
		description: "Lists the API-only users of the Salesforce Integration licence: those that `salesforce_integration_user` manages.\n\n-> The provider's user needs View Setup and Configuration.",
		filters:     userListFilters,
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			return c.listUsers(ctx, config, sfclient.UserFilter{UserLicense: integrationSeat, APIOnly: true})
		},
	}
}

// listUsers are the users that a configuration asks for among some.
func (c *connection) listUsers(ctx context.Context, config attributes, filter sfclient.UserFilter) ([]listedThing, error) {
	if active, ok := config["is_active"].(types.Bool); ok && isSet(active) {
		filter.Active = active.ValueBoolPointer()
	}
	filter.Profile = textOf(config["profile"])
	users, err := c.client.ListUsers(ctx, filter)
	return listedAs(users, err, func(u sfclient.ListedUser) listedThing { return listedThing{u.ID, u.Username} })
}
