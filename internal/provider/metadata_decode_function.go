package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

func newMetadataDecodeFunction() function.Function { return &metadataDecodeFunction{} }

// metadataDecodeFunction is provider::salesforce::metadata_decode.
type metadataDecodeFunction struct{}

// decodedMetadata are the attributes of what it returns.
var decodedMetadata = map[string]attr.Type{"type": types.StringType, "full_name": types.StringType, "content": types.DynamicType}

func (f *metadataDecodeFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "metadata_decode"
}

func (f *metadataDecodeFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The object that a -meta.xml file holds",
		MarkdownDescription: "Reads a metadata component from XML, as in a `-meta.xml` file, into an object with `type` (the root element), `full_name` (null unless the file says it, which few do: the file's own name does) " +
			"and `content`, which suits `salesforce_metadata`. What is a list to the Metadata API is a list here, also with a single entry; booleans and numbers have their types. " +
			"An element that the file lacks is not in the object: ask with `try(...)`.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "xml", MarkdownDescription: "XML of the component, such as `file(\"Billing_API.remoteSite-meta.xml\")`.",
		}},
		Return: function.ObjectReturn{AttributeTypes: decodedMetadata},
	}
}

func (f *metadataDecodeFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	typeName, content, err := sfmetadata.ParseXML(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, "The XML can't be read: "+err.Error()+".")
		return
	}
	name := types.StringNull()
	if named, is := content["fullName"].(sfmetadata.Scalar); is && named.Text != "" {
		name = types.StringValue(named.Text)
	}
	delete(content, "fullName")
	decoded, diags := types.ObjectValue(decodedMetadata, map[string]attr.Value{
		"type": types.StringValue(typeName), "full_name": name, "content": types.DynamicValue(metadataValue(ctx, typeName, content)),
	})
	if resp.Error = function.FuncErrorFromDiags(ctx, diags); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, decoded)
	}
}
