package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// rowDataSource is a data source that is one row of an object: a table of its attributes, and where to look for the row.
type rowDataSource[R any] struct {
	dataSourceBase
	name, noun  string // the type, such as salesforce_user, and what diagnostics call it
	description string
	keys        []rowKey // attributes that can name the row, of which one must; none for an object of one row
	attributes  []rowAttribute[R]

	// rows returns the row that a key names, or all among which it is if it is anywhere. Where there is none it may return rows
	// that could have been meant.
	rows func(ctx context.Context, c *connection, key, value string) ([]R, error)
}

// rowKey is an attribute that names a row.
type rowKey struct {
	attribute string
	shape     validator.String
}

// rowAttribute is an attribute and its value in a row. The type of the value is that of the attribute.
type rowAttribute[R any] struct {
	name, description string
	value             func(*R) attr.Value
}

func (d *rowDataSource[R]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.name
}

func (d *rowDataSource[R]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, a := range d.attributes {
		switch a.value(new(R)).(type) {
		case types.Bool:
			attributes[a.name] = schema.BoolAttribute{MarkdownDescription: a.description, Computed: true}
		case types.Int64:
			attributes[a.name] = schema.Int64Attribute{MarkdownDescription: a.description, Computed: true}
		case types.Set:
			attributes[a.name] = schema.SetAttribute{MarkdownDescription: a.description, Computed: true, ElementType: types.StringType}
		default:
			attributes[a.name] = d.text(a)
		}
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.description, Attributes: attributes}
}

// text is an attribute that is a text, and may name the row.
func (d *rowDataSource[R]) text(a rowAttribute[R]) schema.StringAttribute {
	s := schema.StringAttribute{MarkdownDescription: a.description, Computed: true}
	var all []path.Expression
	for _, k := range d.keys {
		if all = append(all, path.MatchRoot(k.attribute)); k.attribute == a.name {
			s.Optional, s.Validators = true, []validator.String{k.shape}
		}
	}
	if s.Optional && a.name == d.keys[0].attribute { // once is enough: each attribute with the rule would report it
		s.Validators = append(s.Validators, stringvalidator.ExactlyOneOf(all...))
	}
	return s
}

func (d *rowDataSource[R]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	row := d.find(ctx, &req.Config, resp)
	if row == nil {
		return
	}
	for _, a := range d.attributes {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(a.name), a.value(row))...)
	}
}

// find returns the row that the configuration names; nil after an error.
func (d *rowDataSource[R]) find(ctx context.Context, config *tfsdk.Config, resp *datasource.ReadResponse) *R {
	key, value := givenKey(ctx, config, d.keys, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return nil
	}
	rows, err := d.rows(ctx, d.connection, key, value)
	if err != nil {
		addError(&resp.Diagnostics, "read", d.noun, value, err)
		return nil
	}
	row, near := d.pick(rows, key, value)
	if row == nil {
		addUnknown(&resp.Diagnostics, key, d.noun, value, near)
	}
	return row
}

// givenKey is the attribute by which the configuration names the row, and its value; empty for an object of one row.
func givenKey(ctx context.Context, config *tfsdk.Config, keys []rowKey, diags *diag.Diagnostics) (key, value string) {
	for _, k := range keys {
		var v types.String
		diags.Append(config.GetAttribute(ctx, path.Root(k.attribute), &v)...)
		if isSet(v) {
			key, value = k.attribute, v.ValueString()
		}
	}
	return key, value
}

// addUnknown says that there is nothing that has the value under the key, and which of the names that there are was probably meant.
func addUnknown(diags *diag.Diagnostics, key, noun, value string, names []string) {
	diags.AddAttributeError(path.Root(key), "Unknown "+noun,
		unknownName(noun, value, names)+" If it is there, the signed-in user can't see it: the page of this data source lists the permissions that takes.")
}

// pick returns the row that has the value under the key, or nil and the names that the rows have there.
func (d *rowDataSource[R]) pick(rows []R, key, value string) (row *R, names []string) {
	if key == "" && len(rows) > 0 {
		return &rows[0], nil
	}
	for _, a := range d.attributes {
		if a.name != key {
			continue
		}
		for i := range rows {
			name, _ := a.value(&rows[i]).(types.String)
			switch {
			case key == "id" && recordID.same(name.ValueString(), value), key != "id" && folded.same(name.ValueString(), value):
				return &rows[i], nil
			case key != "id":
				names = append(names, name.ValueString())
			}
		}
	}
	return nil, names
}

// optionalText is a column that may be empty.
func optionalText(text string) types.String { return textOrNull(text, types.StringNull()) }
