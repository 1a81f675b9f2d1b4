package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

func newMetadataEncodeFunction() function.Function { return &metadataEncodeFunction{} }

// metadataEncodeFunction is provider::salesforce::metadata_encode.
type metadataEncodeFunction struct{}

func (f *metadataEncodeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "metadata_encode"
}

func (f *metadataEncodeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The XML of a -meta.xml file",
		MarkdownDescription: "Writes a metadata component as XML, as in a `-meta.xml` file: elements in the order of Salesforce's own files, lists in the order in which they are given. " +
			"A null is left out. Lists, values and single elements are checked against API version 68.0; an element that it does not know is written as it is.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "type", MarkdownDescription: "Type of the component: `RemoteSiteSetting`, `PermissionSet`."},
			function.DynamicParameter{Name: "content", MarkdownDescription: "The component as an object of its elements, as `content` of `salesforce_metadata` has it."},
		},
		Return: function.StringReturn{},
	}
}

func (f *metadataEncodeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var typeName string
	var value types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &typeName, &value); resp.Error != nil {
		return
	}
	if !metadataTypeShape.MatchString(typeName) {
		resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("%q is no name of a type of the Metadata API, such as RemoteSiteSetting.", typeName))
		return
	}
	content, problems := contentOf(ctx, value)
	problems = append(problems, sfmetadata.Check(typeName, content)...)
	for _, p := range problems {
		if !p.Minor {
			resp.Error = function.NewArgumentFuncError(1, describeProblem("content", p))
			return
		}
	}
	encoded := types.StringUnknown()
	if content != nil && sfmetadata.IsWhollyKnown(content) {
		encoded = types.StringValue(sfmetadata.XML(typeName, content))
	}
	resp.Error = resp.Result.Set(ctx, encoded)
}
