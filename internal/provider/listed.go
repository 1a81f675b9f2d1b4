package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// listedColumn is an attribute of each object that a data source lists, and the column that it shows. A column that the org does not
// have, or that the signed-in user may not see, is null.
type listedColumn struct {
	attribute, column, text string
	isFlag                  bool
	isTime                  bool
}

type listedColumns []listedColumn

func (all listedColumns) schema() schema.NestedAttributeObject {
	attributes := make(map[string]schema.Attribute, len(all))
	for _, c := range all {
		if c.isFlag {
			attributes[c.attribute] = schema.BoolAttribute{MarkdownDescription: c.text, Computed: true}
		} else {
			attributes[c.attribute] = schema.StringAttribute{MarkdownDescription: c.text, Computed: true}
		}
	}
	return schema.NestedAttributeObject{Attributes: attributes}
}

func (all listedColumns) types() map[string]attr.Type {
	kinds := make(map[string]attr.Type, len(all))
	for _, c := range all {
		if kinds[c.attribute] = types.StringType; c.isFlag {
			kinds[c.attribute] = types.BoolType
		}
	}
	return kinds
}

// visible are the columns that the signed-in user can ask for.
func (all listedColumns) visible(ctx context.Context, client *sfclient.Client, object string) ([]string, error) {
	description, err := client.Describe(ctx, object)
	var names []string
	for _, c := range all {
		if _, exists := description.Fields[c.column]; exists {
			names = append(names, c.column)
		}
	}
	return names, err
}

// object is a row as the data source lists it.
func (all listedColumns) object(kinds map[string]attr.Type, row any) types.Object {
	held, _ := row.(map[string]any)
	values := make(map[string]attr.Value, len(all))
	for _, c := range all {
		values[c.attribute] = c.value(held[c.column])
	}
	return types.ObjectValueMust(kinds, values)
}

func (c listedColumn) value(held any) attr.Value {
	if c.isFlag {
		on, known := held.(bool)
		if !known {
			return types.BoolNull()
		}
		return types.BoolValue(on)
	}
	text, _ := held.(string)
	if at, err := sfclient.ParseTime(text); c.isTime && err == nil {
		text = at.UTC().Format(time.RFC3339)
	}
	return optionalText(text)
}
