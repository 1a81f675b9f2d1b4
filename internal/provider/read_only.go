package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	managed "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// readOnly are a resource's attributes as a data source has them: of the same types, and all of them read.
func readOnly(attributes map[string]managed.Attribute) map[string]schema.Attribute {
	read := make(map[string]schema.Attribute, len(attributes))
	for name, attribute := range attributes {
		text := firstSentence(attribute.GetMarkdownDescription())
		switch a := attribute.(type) {
		case managed.StringAttribute:
			read[name] = schema.StringAttribute{MarkdownDescription: text, Computed: true, Sensitive: a.Sensitive}
		case managed.BoolAttribute:
			read[name] = schema.BoolAttribute{MarkdownDescription: text, Computed: true}
		case managed.Int64Attribute:
			read[name] = schema.Int64Attribute{MarkdownDescription: text, Computed: true}
		case managed.SetAttribute:
			read[name] = schema.SetAttribute{MarkdownDescription: text, Computed: true, CustomType: a.CustomType, ElementType: a.ElementType}
		case managed.MapAttribute:
			read[name] = schema.MapAttribute{MarkdownDescription: text, Computed: true, CustomType: a.CustomType, ElementType: a.ElementType}
		case managed.SingleNestedAttribute:
			read[name] = schema.SingleNestedAttribute{MarkdownDescription: text, Computed: true, Attributes: readOnly(a.Attributes)}
		}
	}
	return read
}

// firstSentence says what an attribute is; the others are about writing it.
func firstSentence(description string) string {
	what, _, _ := strings.Cut(description, ". ")
	return strings.TrimSuffix(what, ".") + "."
}
