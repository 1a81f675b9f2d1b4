package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

func newID18Function() function.Function { return &id18Function{} }

// id18Function is provider::salesforce::id18.
type id18Function struct{}

func (f *id18Function) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "id18"
}

func (f *id18Function) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The 18-character form of a record id",
		MarkdownDescription: "Turns a record id of 15 characters, as Salesforce's pages and reports show it, into the 18 characters that its API uses. " +
			"The three more make the id safe to compare where case is ignored. An id of 18 characters comes back as it is.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "id", MarkdownDescription: "Record id of 15 or 18 characters.",
		}},
		Return: function.StringReturn{},
	}
}

func (f *id18Function) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var id string
	if resp.Error = req.Arguments.Get(ctx, &id); resp.Error != nil {
		return
	}
	if !sfclient.IsID(id) {
		resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("%q is no record id: that has 15 letters and digits, or 18 of which the last three follow from the others.", id))
		return
	}
	resp.Error = resp.Result.Set(ctx, sfclient.ID18(id))
}
