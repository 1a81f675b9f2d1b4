package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newUserLicenseDataSource is a user licence and its seats: salesforce_user_license.
func newUserLicenseDataSource() datasource.DataSource {
	type row = sfclient.UserLicense
	return &rowDataSource[row]{
		name: "salesforce_user_license", noun: "user licence",
		description: "A user licence and how many seats of it are free, by `name` or `license_definition_key`. A user takes a seat of the licence behind its profile while it is active.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		keys: []rowKey{{"name", stringvalidator.LengthAtLeast(1)}, {"license_definition_key", stringvalidator.LengthAtLeast(1)}},
		attributes: []rowAttribute[row]{
			{"id", "Id of the user licence, 18 characters.", func(l *row) attr.Value { return types.StringValue(l.ID) }},
			{"name", "Name, such as `Salesforce Integration`.", func(l *row) attr.Value { return types.StringValue(l.Name) }},
			{"license_definition_key", "Key that is the same in all orgs and languages, such as `SFDC`.", func(l *row) attr.Value { return types.StringValue(l.LicenseDefinitionKey) }},
			{"master_label", "Label in Setup.", func(l *row) attr.Value { return types.StringValue(l.MasterLabel) }},
			{"status", "`Active` or `Disabled`.", func(l *row) attr.Value { return types.StringValue(l.Status) }},
			{"total_licenses", "Seats that the org has, -1 for no limit.", func(l *row) attr.Value { return types.Int64Value(l.TotalLicenses) }},
			{"used_licenses", "Seats that active users take.", func(l *row) attr.Value { return types.Int64Value(l.UsedLicenses) }},
			{"available", "Seats that are free; null for no limit.", func(l *row) attr.Value { return available(l.TotalLicenses, l.UsedLicenses) }},
		},
		rows: func(ctx context.Context, c *connection, _, _ string) ([]row, error) {
			return c.client.UserLicenses.List(ctx)
		},
	}
}

// available is how many seats of a licence are free. Orgs can have fewer seats than users who took them earlier.
func available(total, used int64) types.Int64 {
	if total < 0 {
		return types.Int64Null()
	}
	return types.Int64Value(max(total-used, 0))
}
