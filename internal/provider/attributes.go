package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

// idAttribute is the record id that Salesforce gives.
func idAttribute(noun string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Id of the " + noun + ", 18 characters.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// idIdentity is the identity of everything that is a record: its id.
func idIdentity(noun string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{Description: "Id of the " + noun + ", 18 characters.", RequiredForImport: true},
	}}
}

// leftOut says on the page of a record what an attribute that is left out means.
const leftOut = "What you write is enforced. An optional attribute that is left out is read back and not enforced, unless it has a default.\n\n"
