package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newCustomPermissionDataSource is a custom permission: salesforce_custom_permission.
func newCustomPermissionDataSource() datasource.DataSource {
	return &resourceDataSource{
		resource: newCustomPermissionResource, noun: "custom permission",
		description: "A custom permission, by `id` or `name`: one that is managed elsewhere or comes from a package, with those that it requires.\n\n" +
			"-> The provider's user needs View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		keys:       [2]rowKey{{"id", isID("0CP", customPermissionKind)}, {"name", stringvalidator.LengthAtLeast(1)}},
		namespaced: true,
		things: rowsOf(
			func(c *sfclient.Client) *sfclient.Table[sfclient.CustomPermission] { return c.CustomPermissions }, "DeveloperName",
			func(p *sfclient.CustomPermission) thing { return thing{p.ID, p.FullName()} },
		),
	}
}
