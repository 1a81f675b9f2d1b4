package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newUserRoleDataSource is a role: salesforce_user_role.
func newUserRoleDataSource() datasource.DataSource {
	return &resourceDataSource{
		resource: newUserRoleResource, noun: "role",
		description: "A role, by `id` or `developer_name`. Roles in different places of the hierarchy may share a `name`.\n\n" +
			"-> The provider's user needs View Roles and Role Hierarchy.",
		keys: [2]rowKey{{"id", isID("00E", "UserRole")}, {"developer_name", stringvalidator.LengthAtLeast(1)}},
		things: rowsOf(
			func(c *sfclient.Client) *sfclient.Table[sfclient.UserRole] { return c.UserRoles }, "DeveloperName",
			func(r *sfclient.UserRole) thing { return thing{r.ID, r.DeveloperName} },
		),
	}
}
