package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newPermissionSetDataSource is a permission set, without its permissions: salesforce_permission_set.
func newPermissionSetDataSource() datasource.DataSource {
	type row = sfclient.PermissionSet
	return &rowDataSource[row]{
		name: "salesforce_permission_set", noun: "permission set",
		description: "A permission set, by `id` or `name`: one that is managed elsewhere, comes from a package or with Salesforce.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		keys: []rowKey{{"id", isID("0PS", "PermissionSet")}, {"name", stringvalidator.LengthAtLeast(1)}},
		attributes: []rowAttribute[row]{
			{"id", "Id of the permission set, 18 characters.", func(p *row) attr.Value { return types.StringValue(p.ID) }},
			{"name", "API name, with its namespace if it comes from a package: `namespace__Name`.", func(p *row) attr.Value { return types.StringValue(p.FullName()) }},
			{"label", "Label in Setup.", func(p *row) attr.Value { return types.StringValue(p.Label) }},
			{"description", "Description.", func(p *row) attr.Value { return optionalText(p.Description) }},
			{"namespace_prefix", "Namespace of the package that it comes from.", func(p *row) attr.Value { return optionalText(p.NamespacePrefix) }},
			{"license_id", "Id of the user licence or permission set licence that its holders must have; null if it is tied to none.", func(p *row) attr.Value { return optionalText(p.LicenseID) }},
			{"type", "Kind, such as `Regular`, `Session` or `Standard`.", func(p *row) attr.Value { return optionalText(p.Type) }},
			{"is_custom", "Whether it was made in this org or by a package, and does not come with Salesforce.", func(p *row) attr.Value { return types.BoolValue(p.IsCustom) }},
			{"has_activation_required", "Whether it takes effect only in sessions that activate it.", func(p *row) attr.Value { return types.BoolValue(p.HasActivationRequired) }},
		},
		rows: permissionSetRows,
	}
}

// permissionSetRows finds one permission set; all of them where there is none of that name, to tell which may have been meant.
func permissionSetRows(ctx context.Context, c *connection, key, value string) ([]sfclient.PermissionSet, error) {
	if key == "id" {
		return c.client.PermissionSets.All(ctx, "Id", value)
	}
	rows, err := c.client.PermissionSets.All(ctx, "Name", value)
	if err != nil || len(rows) > 0 {
		return rows, err
	}
	return c.client.PermissionSets.List(ctx)
}
