package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func newCIDRRangeFunction() function.Function { return &cidrRangeFunction{} }

// cidrRangeFunction is provider::salesforce::cidr_range.
type cidrRangeFunction struct{}

func (f *cidrRangeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "cidr_range"
}

func (f *cidrRangeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The first and the last address of a CIDR block",
		MarkdownDescription: "Turns a CIDR block, of IPv4 or IPv6, into the addresses `start` and `end`, which is how Salesforce's pages and its API write ranges of IP addresses. " +
			"This provider's own resources take CIDR blocks as they are.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "cidr", MarkdownDescription: "CIDR block, such as `192.0.2.0/24`. A single address and `first-last` are taken, too, as in the provider's resources.",
		}},
		Return: function.ObjectReturn{AttributeTypes: map[string]attr.Type{"start": types.StringType, "end": types.StringType}},
	}
}

func (f *cidrRangeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var cidr string
	if resp.Error = req.Arguments.Get(ctx, &cidr); resp.Error != nil {
		return
	}
	r, err := parseAddressRange(cidr)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, upperFirst(err.Error())+".")
		return
	}
	resp.Error = resp.Result.Set(ctx, struct {
		Start string `tfsdk:"start"`
		End   string `tfsdk:"end"`
	}{r.first.String(), r.last.String()})
}
