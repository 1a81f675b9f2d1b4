package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newPermissionSetLicenseDataSource is a permission set licence and its seats: salesforce_permission_set_license.
func newPermissionSetLicenseDataSource() datasource.DataSource {
	type row = sfclient.PermissionSetLicense
	return &rowDataSource[row]{
		name: "salesforce_permission_set_license", noun: "permission set licence",
		description: "A permission set licence and how many seats of it are free, by `developer_name` or `id`. It raises the ceiling of what its holder's permission sets may grant.\n\n" +
			"-> The provider's user needs View Setup and Configuration to see `developer_name`; any internal user may read the rest.",
		keys: []rowKey{{"id", isID("0PL", "PermissionSetLicense")}, {"developer_name", stringvalidator.LengthAtLeast(1)}},
		attributes: []rowAttribute[row]{
			{"id", "Id of the permission set licence, 18 characters.", func(l *row) attr.Value { return types.StringValue(l.ID) }},
			{"developer_name", "Developer name, such as `" + integrationLicense + "`.", func(l *row) attr.Value { return types.StringValue(l.DeveloperName) }},
			{"master_label", "Label in Setup.", func(l *row) attr.Value { return types.StringValue(l.MasterLabel) }},
			{"status", "`Active` or `Disabled`.", func(l *row) attr.Value { return types.StringValue(l.Status) }},
			{"total_licenses", "Seats that the org has, -1 for no limit.", func(l *row) attr.Value { return types.Int64Value(l.TotalLicenses) }},
			{"used_licenses", "Seats that users hold.", func(l *row) attr.Value { return types.Int64Value(l.UsedLicenses) }},
			{"available", "Seats that are free; null for no limit.", func(l *row) attr.Value { return available(l.TotalLicenses, l.UsedLicenses) }},
			{"expiration_date", "Day on which the licence ends, such as `2030-12-31`; null if it does not.", func(l *row) attr.Value { return optionalText(l.ExpirationDate) }},
		},
		rows: func(ctx context.Context, c *connection, _, _ string) ([]row, error) {
			return c.client.PermissionSetLicenses.List(ctx)
		},
	}
}
