package provider

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

func newQueryDataSource() datasource.DataSource { return &queryDataSource{} }

// queryDataSource is the result of any SOQL query: salesforce_query.
type queryDataSource struct{ dataSourceBase }

type queryModel struct {
	Query     types.String  `tfsdk:"query"`
	Tooling   types.Bool    `tfsdk:"tooling"`
	MaxRows   types.Int64   `tfsdk:"max_rows"`
	Rows      types.Dynamic `tfsdk:"rows"`
	TotalSize types.Int64   `tfsdk:"total_size"`
}

func (d *queryDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "salesforce_query"
}

func (d *queryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The rows of any SOQL query, read to the last one.\n\n" +
			"Terraform keeps them in its state. With six fields a row, 2,000 rows take 1 second of processor time in each plan and 1.8 MB of state, 10,000 rows 5 seconds and 9 MB. Ask for no more than the configuration uses.\n\n" +
			"-> The provider's user needs access to the objects and fields that the query names. Objects that it can't see don't exist to the query; rows that it can't see are missing without a word.",
		Attributes: map[string]schema.Attribute{
			"query": schema.StringAttribute{
				MarkdownDescription: "One SELECT statement, without a semicolon. Write `\\'` for an apostrophe within a text.",
				Required:            true,
				Validators:          []validator.String{isStatement{}},
			},
			"tooling": schema.BoolAttribute{
				MarkdownDescription: "Whether to ask the Tooling API, which has other objects. Defaults to `false`.",
				Optional:            true,
			},
			"max_rows": maxRowsAttribute(" Rows of sub-queries count."),
			"rows": schema.DynamicAttribute{
				MarkdownDescription: "The rows, in Salesforce's order, each an object with the names of the query's fields. " +
					"Booleans, numbers and texts are such values; times are texts as Salesforce writes them; what is empty is null. " +
					"A parent is an object, null if there is none, and a sub-query a list. An aggregate has its alias for a name, otherwise `expr0` and so on. " +
					"Rows may differ in type, so this is a tuple: `[for row in data.salesforce_query.this.rows : row.Name]`.",
				Computed: true,
			},
			"total_size": schema.Int64Attribute{
				MarkdownDescription: "How many rows there are, without those of sub-queries. It is the answer to `SELECT COUNT()`, which has no rows.",
				Computed:            true,
			},
		},
	}
}

func (d *queryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m queryModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &m)...); resp.Diagnostics.HasError() {
		return
	}
	result, err := d.client.QueryAny(ctx, m.Tooling.ValueBool(), maxRows(m.MaxRows), m.Query.ValueString())
	if err != nil {
		addQueryError(&resp.Diagnostics, err)
		return
	}
	m.Rows, m.TotalSize = types.DynamicValue(dynamicOf(ctx, result.Records)), types.Int64Value(int64(result.TotalSize))
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// addQueryError reports what failed: on the statement, if it is to blame.
func addQueryError(diags *diag.Diagnostics, err error) {
	const summary = "Unable to run the query"
	if tooMany, ok := errors.AsType[*sfclient.TooManyRowsError](err); ok {
		addTooManyRows(diags, tooMany, "narrow the query with WHERE or LIMIT")
		return
	}
	if refused, ok := errors.AsType[*sfclient.Error](err); ok && (refused.Status == http.StatusBadRequest || refused.Status == http.StatusRequestURITooLong) {
		diags.AddAttributeError(path.Root("query"), summary, explain(err))
		return
	}
	diags.AddError(summary, explain(err))
}

// isStatement refuses what can't be one SOQL query.
type isStatement struct{}

// Description implements validator.String.
func (isStatement) Description(context.Context) string { return "one SOQL query" }

// MarkdownDescription implements validator.String.
func (v isStatement) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (isStatement) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isSet(req.ConfigValue) {
		return
	}
	if err := sfclient.CheckStatement(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a SOQL query", upperFirst(err.Error())+".")
	}
}
