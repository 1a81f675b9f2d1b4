package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newProfileDataSource is a profile, without its permissions: salesforce_profile.
func newProfileDataSource() datasource.DataSource {
	type row = sfclient.Profile
	return &rowDataSource[row]{
		name: "salesforce_profile", noun: "profile",
		description: "A profile, by `id` or `name`. For integrations: `" + apiOnlyProfiles[0] + "`.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		keys: []rowKey{{"id", isID("00e", "Profile")}, {"name", stringvalidator.LengthAtLeast(1)}},
		attributes: []rowAttribute[row]{
			{"id", "Id of the profile, 18 characters.", func(p *row) attr.Value { return types.StringValue(p.ID) }},
			{"name", "Name of the profile.", func(p *row) attr.Value { return types.StringValue(p.Name) }},
			{"description", "Description.", func(p *row) attr.Value { return optionalText(p.Description) }},
			{"user_license_id", "Id of the user licence that users with this profile take a seat of.", func(p *row) attr.Value { return optionalText(p.UserLicenseID) }},
			{"user_license", "Name of that user licence, such as `Salesforce Integration`.", func(p *row) attr.Value { return optionalText(p.UserLicense.Name) }},
			{"user_type", "Kind of users that have this profile, such as `Standard`.", func(p *row) attr.Value { return optionalText(p.UserType) }},
			{"api_enabled", "Whether the profile lets its users use the API.", func(p *row) attr.Value { return types.BoolValue(p.APIEnabled) }},
			{"api_user_only", "Whether the profile lets its users use nothing but the API.", func(p *row) attr.Value { return types.BoolValue(p.APIUserOnly) }},
		},
		rows: func(ctx context.Context, c *connection, _, _ string) ([]row, error) {
			return c.client.Profiles.List(ctx)
		},
	}
}
