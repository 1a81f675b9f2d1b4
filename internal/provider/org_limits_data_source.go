package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

func newOrgLimitsDataSource() datasource.DataSource { return &orgLimitsDataSource{} }

// orgLimitsDataSource is what is left of the org's limits: salesforce_org_limits.
type orgLimitsDataSource struct{ dataSourceBase }

type orgLimitsModel struct {
	Limits map[string]limitModel `tfsdk:"limits"`
}

type limitModel struct {
	Max       types.Int64 `tfsdk:"max"`
	Remaining types.Int64 `tfsdk:"remaining"`
	Used      types.Int64 `tfsdk:"used"`
}

func (d *orgLimitsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "salesforce_org_limits"
}

func (d *orgLimitsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The org's limits and what is left of them, such as the API requests of the last 24 hours, which all integrations share. They are read anew with each plan.\n\n" +
			"-> The provider's user needs View Setup and Configuration.",
		Attributes: map[string]schema.Attribute{
			"limits": schema.MapNestedAttribute{
				MarkdownDescription: "The limits by Salesforce's name, such as `DailyApiRequests`, `DataStorageMB` or `PermissionSets`. Which ones there are depends on the org.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"max":       schema.Int64Attribute{MarkdownDescription: "How much there is in all.", Computed: true},
					"remaining": schema.Int64Attribute{MarkdownDescription: "How much is left. It may lag behind by some minutes.", Computed: true},
					"used":      schema.Int64Attribute{MarkdownDescription: "How much is used: `max` less `remaining`.", Computed: true},
				}},
			},
		},
	}
}

func (d *orgLimitsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	limits, err := d.client.Limits(ctx)
	if err != nil {
		addError(&resp.Diagnostics, "read", "org limits", "", err)
		return
	}
	m := orgLimitsModel{Limits: make(map[string]limitModel, len(limits))}
	for name, l := range limits {
		m.Limits[name] = limitOf(l)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func limitOf(l sfclient.Limit) limitModel {
	m := limitModel{Max: types.Int64PointerValue(l.Max), Remaining: types.Int64PointerValue(l.Remaining)}
	if l.Max != nil && l.Remaining != nil {
		m.Used = types.Int64Value(*l.Max - *l.Remaining)
	}
	return m
}
