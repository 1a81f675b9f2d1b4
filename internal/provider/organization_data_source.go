package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// newOrganizationDataSource is the org itself: salesforce_organization.
func newOrganizationDataSource() datasource.DataSource {
	type row = sfclient.Organization
	return &rowDataSource[row]{
		name: "salesforce_organization", noun: "organization",
		description: "The org that the provider is signed in to. It tells a sandbox from production and gives defaults for new users.\n\n" +
			"-> Any user with API access may read it.",
		attributes: []rowAttribute[row]{
			{"id", "Id of the org, 18 characters.", func(o *row) attr.Value { return types.StringValue(o.ID) }},
			{"name", "Name of the company.", func(o *row) attr.Value { return types.StringValue(o.Name) }},
			{"organization_type", "Edition, such as `Enterprise Edition`.", func(o *row) attr.Value { return types.StringValue(o.OrganizationType) }},
			{"instance_name", "Salesforce's instance on which the org lives, such as `USA794`.", func(o *row) attr.Value { return optionalText(o.InstanceName) }},
			{"is_sandbox", "Whether the org is a sandbox.", func(o *row) attr.Value { return types.BoolValue(o.IsSandbox) }},
			{"namespace_prefix", "Namespace of the package that is developed in the org.", func(o *row) attr.Value { return optionalText(o.NamespacePrefix) }},
			{"time_zone_sid_key", "Time zone, such as `Europe/London`.", func(o *row) attr.Value { return optionalText(o.TimeZoneSidKey) }},
			{"default_locale_sid_key", "Locale of new users, such as `en_GB`.", func(o *row) attr.Value { return optionalText(o.DefaultLocale) }},
			{"language_locale_key", "Language, such as `en_US`.", func(o *row) attr.Value { return optionalText(o.LanguageLocaleKey) }},
			{"trial_expiration_date", "When a trial org ends, as an RFC 3339 time; null for other orgs.", func(o *row) attr.Value { return trialEnd(o) }},
		},
		rows: func(ctx context.Context, c *connection, _, _ string) ([]row, error) {
			org, err := c.client.Organization(ctx)
			return []row{org}, err
		},
	}
}

func trialEnd(o *sfclient.Organization) types.String {
	at, err := sfclient.ParseTime(o.TrialExpiration)
	if err != nil {
		return optionalText(o.TrialExpiration)
	}
	return types.StringValue(at.UTC().Format(time.RFC3339))
}
