package provider

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// appObject is an attribute that holds others.
type appObject struct {
	key, text string
	required  bool
}

var appObjects = []appObject{
	{"oauth", "How the app signs in.", true},
	{"oauth.client_credentials", "The client credentials flow: the app signs in as one user, with its consumer key and secret. Written, the flow is on, in the app and in its policies.", false},
	{"oauth.jwt_bearer", "The JWT bearer flow: the app signs in as any user whom the policies admit, with assertions that it signs.", false},
	{"policies", "What this org allows of the app.", false},
}

// parentOf is the object around an attribute; "" for one of the resource itself.
func parentOf(key string) string {
	parent, _ := cutLast(key)
	return parent
}

func cutLast(key string) (parent, name string) {
	dot := strings.LastIndexByte(key, '.')
	if dot < 0 {
		return "", key
	}
	return key[:dot], key[dot+1:]
}

// pathOf is where an attribute stands in the configuration.
func pathOf(key string) path.Path {
	steps := strings.Split(key, ".")
	at := path.Root(steps[0])
	for _, step := range steps[1:] {
		at = at.AtName(step)
	}
	return at
}

// appAttributes are the attributes of an object.
func appAttributes(object string) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for f := range allAppFields() {
		if f.object == object {
			all[f.name()] = f.schema()
		}
	}
	for _, o := range appObjects {
		if parent, name := cutLast(o.key); parent == object {
			all[name] = schema.SingleNestedAttribute{MarkdownDescription: o.text, Required: o.required, Optional: !o.required, Computed: !o.required, Attributes: appAttributes(o.key)}
		}
	}
	return all
}

func (f appField) schema() schema.Attribute {
	plain := f.field.schema()
	if f.form != nil {
		plain = f.form.schema(f.text)
	}
	switch a := plain.(type) {
	case schema.StringAttribute:
		a.Required, a.Optional, a.Computed = f.required, !f.required && !f.readOnly, !f.required
		a.PlanModifiers = nil
		if f.readOnly {
			a.Validators = nil
		}
		return a
	case schema.SetAttribute:
		a.Required, a.Optional, a.Computed = f.required, !f.required, !f.required
		return a
	}
	return plain
}

// none is the null of the field's type.
func (f appField) none() attr.Value {
	if f.form != nil {
		return f.form.none()
	}
	return map[fieldKind]attr.Value{flag: types.BoolNull(), word: types.StringNull(), number: types.Int64Null()}[f.kind]
}

// unknown is a value of the same type that only the apply will know.
func unknown(ctx context.Context, like attr.Value) attr.Value {
	of := like.Type(ctx)
	value, err := of.ValueFromTerraform(ctx, tftypes.NewValue(of.TerraformType(ctx), tftypes.UnknownValue))
	if err != nil {
		return like // no type refuses an unknown value of its own
	}
	return value
}

// same tells whether two values mean the same to Salesforce.
func (f appField) same(a, b attr.Value) bool {
	switch {
	case f.form != nil:
		return f.form.same(a, b)
	case f.folded && isSet(a) && isSet(b):
		return strings.EqualFold(textOf(a), textOf(b))
	}
	return same(a, b)
}

func (f appField) at() []string {
	if f.inside != "" {
		return []string{f.inside, f.element}
	}
	return []string{f.element}
}

// read is the value that a component holds, null for no component. What means the same as prior stays as it is written there.
func (f appField) read(component *sfclient.Component, prior attr.Value) attr.Value {
	if component == nil {
		return f.none()
	}
	var value attr.Value
	if f.form != nil {
		value = f.form.read(component, f.at(), prior)
	} else {
		at := f.at()
		value = f.field.read(component, at[:len(at)-1], prior)
	}
	if prior != nil && isSet(prior) && f.same(prior, value) {
		return prior
	}
	return value
}

func (f appField) write(component *sfclient.Component, value attr.Value) {
	if f.form != nil {
		f.form.write(component, f.at(), value)
		return
	}
	component.Set(textOf(value), f.at()...)
}

// flatApp are all attributes by key, those within objects too: "oauth.scopes". An object that is not known stands there itself.
func flatApp(ctx context.Context, values attributes) attributes {
	flat := attributes{}
	for f := range allAppFields() {
		flat[f.key()] = within(ctx, values, f)
	}
	for _, o := range appObjects {
		if held := find(values, o.key); held != nil && held.IsUnknown() {
			flat[o.key] = held
		}
	}
	for name, value := range values {
		if !slices.ContainsFunc(appObjects, func(o appObject) bool { return o.key == name }) {
			flat[name] = value
		}
	}
	return flat
}

// within is the value of a field; without the object around it, it is as null or unknown as that.
func within(ctx context.Context, values attributes, f appField) attr.Value {
	if value := find(values, f.key()); value != nil {
		return value
	}
	for object := f.object; object != ""; object = parentOf(object) {
		if around := find(values, object); around != nil && around.IsUnknown() {
			return unknown(ctx, f.none())
		}
	}
	return f.none()
}

// find is the value at a key; nil if an object on the way is null or unknown.
func find(values attributes, key string) attr.Value {
	steps := strings.Split(key, ".")
	for _, step := range steps[:len(steps)-1] {
		object, _ := values[step].(types.Object)
		values = object.Attributes()
	}
	return values[steps[len(steps)-1]]
}

// nestedApp is what flatApp was made of. An object without a value in it is null.
func nestedApp(ctx context.Context, flat attributes) attributes {
	values := attributes{}
	for key, value := range flat {
		if !strings.Contains(key, ".") {
			values[key] = value
		}
	}
	for _, o := range appObjects {
		if parentOf(o.key) == "" {
			values[o.key] = o.value(ctx, flat)
		}
	}
	return values
}

func (o appObject) value(ctx context.Context, flat attributes) attr.Value {
	held := attributes{}
	for f := range allAppFields() {
		if f.object == o.key {
			held[f.name()] = flat[f.key()]
		}
	}
	for _, inner := range appObjects {
		if parent, name := cutLast(inner.key); parent == o.key {
			held[name] = inner.value(ctx, flat)
		}
	}
	kinds := make(map[string]attr.Type, len(held))
	for name, value := range held {
		kinds[name] = value.Type(ctx)
	}
	nothing := !slices.ContainsFunc(slices.Collect(maps.Values(held)), func(v attr.Value) bool { return !v.IsNull() })
	switch {
	case flat[o.key] != nil:
		return types.ObjectUnknown(kinds)
	case nothing:
		return types.ObjectNull(kinds)
	}
	return types.ObjectValueMust(kinds, held)
}
