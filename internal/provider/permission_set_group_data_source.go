package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newPermissionSetGroupDataSource is a permission set group with its members and what it mutes: salesforce_permission_set_group.
func newPermissionSetGroupDataSource() datasource.DataSource {
	return &resourceDataSource{
		resource: newPermissionSetGroupResource, noun: "permission set group",
		description: "A permission set group, by `id` or `name`: one that is managed elsewhere or comes from a package, with its members and what it mutes.\n\n" +
			"-> The provider's user needs View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		keys:       [2]rowKey{{"id", isID("0PG", permissionSetGroupKind)}, {"name", stringvalidator.LengthAtLeast(1)}},
		namespaced: true,
		things: rowsOf(
			func(c *sfclient.Client) *sfclient.Table[sfclient.PermissionSetGroup] { return c.PermissionSetGroups }, "DeveloperName",
			func(g *sfclient.PermissionSetGroup) thing { return thing{g.ID, g.FullName()} },
		),
	}
}
