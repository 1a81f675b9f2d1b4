package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

func newMetadataDataSource() datasource.DataSource { return &metadataDataSource{} }

// metadataDataSource is a component of any type: salesforce_metadata.
type metadataDataSource struct{ dataSourceBase }

type metadataDataModel struct {
	Type     types.String  `tfsdk:"type"`
	FullName types.String  `tfsdk:"full_name"`
	Content  types.Dynamic `tfsdk:"content"`
	XML      types.String  `tfsdk:"xml"`
}

func (d *metadataDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = metadataType
}

func (d *metadataDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A component of any metadata type, as the Metadata API reads it.\n\n" +
			"-> The provider's user needs Modify Metadata Through Metadata API Functions, for reading too.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the component, as the root element of its file names it: `RemoteSiteSetting`, `SecuritySettings`.",
				Required:            true, Validators: []validator.String{isMetadataType()},
			},
			"full_name": schema.StringAttribute{
				MarkdownDescription: "Full name of the component: `Billing_API`, `Account.BillingCode__c`, `Security` for `SecuritySettings`.",
				Required:            true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"content": schema.DynamicAttribute{
				MarkdownDescription: "The component as an object of its elements, by Salesforce's names. What the Metadata API calls a list is one, also with a single entry. What the org has nothing of is not in it: ask with `try(...)`.",
				Computed:            true,
			},
			"xml": schema.StringAttribute{
				MarkdownDescription: "The component as XML, as in a `-meta.xml` file.", Computed: true,
			},
		},
	}
}

func (d *metadataDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	diags := &resp.Diagnostics
	var m metadataDataModel
	if diags.Append(req.Config.Get(ctx, &m)...); diags.HasError() {
		return
	}
	if checkMetadataType(m.Type.ValueString(), diags); diags.HasError() {
		return
	}
	component := metadataModel{Type: m.Type, FullName: m.FullName}
	org, err := d.component(ctx, &component)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		diags.AddAttributeError(path.Root("full_name"), "Unknown "+component.kind(),
			fmt.Sprintf("This org has no %s %q that the signed-in user can see. sf org list metadata -m %s lists them.", component.kind(), component.name(), component.kind()))
		return
	case err != nil:
		addError(diags, "read", component.kind(), component.name(), err)
		return
	}
	delete(org, "fullName")
	m.Content = types.DynamicValue(metadataValue(ctx, component.kind(), org))
	m.XML = types.StringValue(sfmetadata.XML(component.kind(), org))
	diags.Append(resp.State.Set(ctx, &m)...)
}
