package provider

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	managed "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// resourceDataSource is a data source that tells of a thing what the state of its resource would, as that resource reads it.
type resourceDataSource struct {
	dataSourceBase
	resource    func() resource.Resource
	noun        string // what diagnostics call the thing
	description string
	keys        [2]rowKey // the id, and the attribute that names the thing beside it

	// things returns the thing that a key names, or all among which it is if it is anywhere.
	things func(ctx context.Context, c *connection, key, value string) ([]thing, error)
	// namespaced tells that the namespace with which the name of a thing from a package begins has an attribute of its own.
	namespaced bool
}

const namespaceAttribute = "namespace_prefix"

func (d *resourceDataSource) Metadata(ctx context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	var of resource.MetadataResponse
	d.resource().Metadata(ctx, resource.MetadataRequest{}, &of)
	resp.TypeName = of.TypeName
}

func (d *resourceDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	var of resource.SchemaResponse
	d.resource().Schema(ctx, resource.SchemaRequest{}, &of)
	attributes := readOnly(of.Schema.Attributes)
	delete(attributes, "timeouts") // which are for writes
	if d.namespaced {
		attributes[namespaceAttribute] = schema.StringAttribute{MarkdownDescription: "Namespace of the package that it comes from.", Computed: true}
	}
	for i, k := range d.keys {
		checks := []validator.String{k.shape}
		if i == 0 { // once is enough: each attribute with the rule would report it
			checks = append(checks, stringvalidator.ExactlyOneOf(path.MatchRoot(k.attribute), path.MatchRoot(d.keys[1].attribute)))
		}
		if text, ok := attributes[k.attribute].(schema.StringAttribute); ok {
			text.Optional, text.Validators = true, checks
			attributes[k.attribute] = text
		}
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.description, Attributes: attributes}
}

func (d *resourceDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	key, value := givenKey(ctx, &req.Config, d.keys[:], &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	things, err := d.things(ctx, d.connection, key, value)
	if err != nil {
		addError(&resp.Diagnostics, "read", d.noun, value, err)
		return
	}
	found, names := pickThing(things, key, value)
	var state tftypes.Value
	if found != nil {
		state = d.stateOf(ctx, found, &resp.Diagnostics)
	}
	switch {
	case resp.Diagnostics.HasError():
	case state.IsNull():
		addUnknown(&resp.Diagnostics, key, d.noun, value, names)
	default:
		d.take(ctx, &resp.State, state, &resp.Diagnostics)
	}
}

// stateOf is what the resource's state would be after an import of the thing; null if the thing is gone.
func (d *resourceDataSource) stateOf(ctx context.Context, found *thing, diags *diag.Diagnostics) tftypes.Value {
	r := d.resource()
	if r, ok := r.(resource.ResourceWithConfigure); ok {
		// A plan apart: what is read here is in no state, whatever the resource notes.
		apart := &connection{client: d.client, plan: newPlanned(), lockout: d.lockout}
		r.Configure(ctx, resource.ConfigureRequest{ProviderData: apart}, &resource.ConfigureResponse{})
	}
	var of resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &of)
	state := tfsdk.State{Schema: of.Schema, Raw: d.imported(ctx, of.Schema, found)}
	var identity *tfsdk.ResourceIdentity
	if r, ok := r.(resource.ResourceWithIdentity); ok {
		var of resource.IdentitySchemaResponse
		r.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &of)
		identity = &tfsdk.ResourceIdentity{Schema: of.IdentitySchema, Raw: tftypes.NewValue(of.IdentitySchema.Type().TerraformType(ctx), nil)}
	}
	read := resource.ReadResponse{State: state, Identity: identity}
	r.Read(ctx, resource.ReadRequest{State: state, Identity: identity}, &read)
	if !read.State.Raw.IsNull() { // otherwise the resource warns of what becomes of its state
		diags.Append(read.Diagnostics...)
	}
	return read.State.Raw
}

// imported is the state of a thing of which no more than id and name is known.
func (d *resourceDataSource) imported(ctx context.Context, of managed.Schema, found *thing) tftypes.Value {
	kind, _ := of.Type().TerraformType(ctx).(tftypes.Object)
	values := make(map[string]tftypes.Value, len(kind.AttributeTypes))
	for name, of := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(of, nil)
	}
	values[d.keys[0].attribute] = tftypes.NewValue(tftypes.String, found.id)
	values[d.keys[1].attribute] = tftypes.NewValue(tftypes.String, found.name)
	return tftypes.NewValue(kind, values)
}

// take fills the data source's state from the resource's.
func (d *resourceDataSource) take(ctx context.Context, state *tfsdk.State, from tftypes.Value, diags *diag.Diagnostics) {
	var values map[string]tftypes.Value
	if err := from.As(&values); err != nil {
		diags.AddError("Unable to read "+d.noun, upperFirst(err.Error())+". This is a bug in the provider; please report it.")
		return
	}
	kind, _ := state.Schema.Type().TerraformType(ctx).(tftypes.Object)
	maps.DeleteFunc(values, func(name string, _ tftypes.Value) bool { return kind.AttributeTypes[name] == nil })
	if d.namespaced {
		values[namespaceAttribute] = namespaceIn(values[d.keys[1].attribute])
	}
	state.Raw = tftypes.NewValue(kind, values)
}

// namespaceIn is the namespace in front of a name; null where there is none.
func namespaceIn(name tftypes.Value) tftypes.Value {
	var full string
	if err := name.As(&full); err != nil {
		return tftypes.NewValue(tftypes.String, nil)
	}
	if namespace, _, managed := strings.Cut(full, "__"); managed {
		return tftypes.NewValue(tftypes.String, namespace)
	}
	return tftypes.NewValue(tftypes.String, nil)
}
