package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// metadataOf is a value of any type as a tree of metadata; problems are what has no place in one. A null is as good as left out.
func metadataOf(ctx context.Context, v attr.Value) (node sfmetadata.Node, problems []sfmetadata.Problem) {
	r := &valueReader{}
	return r.node(ctx, "", v), r.problems
}

// contentOf is a value that has to be an object of elements; nil for an unknown one.
func contentOf(ctx context.Context, v attr.Value) (content sfmetadata.Object, problems []sfmetadata.Problem) {
	node, problems := metadataOf(ctx, v)
	switch n := node.(type) {
	case sfmetadata.Object:
		return n, problems
	case sfmetadata.Unknown:
		return nil, nil
	}
	return nil, append(problems, sfmetadata.Problem{Text: "It is no object: write the elements of the component as { name = value ... }."})
}

type valueReader struct{ problems []sfmetadata.Problem }

func (r *valueReader) node(ctx context.Context, at string, v attr.Value) sfmetadata.Node {
	if dynamic, is := v.(types.Dynamic); is {
		if v = dynamic.UnderlyingValue(); dynamic.IsUnknown() {
			return sfmetadata.Unknown{}
		}
	}
	switch {
	case v == nil || v.IsNull():
		return nil
	case v.IsUnknown():
		return sfmetadata.Unknown{}
	}
	switch v := v.(type) {
	case types.String:
		return sfmetadata.Scalar{Text: v.ValueString()}
	case types.Bool:
		return sfmetadata.Scalar{Text: strconv.FormatBool(v.ValueBool()), Kind: sfmetadata.Flag}
	case types.Number:
		return sfmetadata.Scalar{Text: sfmetadata.Numeral(v.ValueBigFloat()), Kind: sfmetadata.Number}
	case types.Object:
		return r.object(ctx, at, v.Attributes())
	case types.Map:
		return r.object(ctx, at, v.Elements())
	case types.Tuple:
		return r.list(ctx, at, v.Elements())
	case types.List:
		return r.list(ctx, at, v.Elements())
	case types.Set:
		return r.list(ctx, at, v.Elements())
	}
	r.problems = append(r.problems, sfmetadata.Problem{Path: at, Text: fmt.Sprintf("A value of type %s has no place in metadata.", v.Type(ctx))})
	return nil
}

func (r *valueReader) object(ctx context.Context, at string, parts map[string]attr.Value) sfmetadata.Node {
	all := make(sfmetadata.Object, len(parts))
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		where := sfmetadata.Join(at, name)
		if !sfmetadata.IsName(name) {
			r.problems = append(r.problems, sfmetadata.Problem{Path: where, Text: fmt.Sprintf("%q can't be the name of an element.", name)})
			continue
		}
		if node := r.node(ctx, where, parts[name]); node != nil {
			all[name] = node
		}
	}
	return all
}

func (r *valueReader) list(ctx context.Context, at string, entries []attr.Value) sfmetadata.Node {
	list := make(sfmetadata.List, 0, len(entries))
	for i, entry := range entries {
		where := fmt.Sprintf("%s[%d]", at, i)
		node := r.node(ctx, where, entry)
		if node == nil {
			r.problems = append(r.problems, sfmetadata.Problem{Path: where, Text: "An entry of a list can't be null."})
			continue
		}
		list = append(list, node)
	}
	return list
}

// metadataValue is a tree as an object, tuples and values of Terraform, switches and numbers as such.
func metadataValue(ctx context.Context, typeName string, node sfmetadata.Node) attr.Value {
	switch n := node.(type) {
	case sfmetadata.Object:
		t, _ := sfschema.LookupType(typeName)
		kinds, values := make(map[string]attr.Type, len(n)), make(map[string]attr.Value, len(n))
		for name, part := range n {
			field, _ := t.Field(name)
			values[name] = metadataValue(ctx, field.Type, part)
			kinds[name] = values[name].Type(ctx)
		}
		return types.ObjectValueMust(kinds, values)
	case sfmetadata.List:
		kinds, values := make([]attr.Type, len(n)), make([]attr.Value, len(n))
		for i, entry := range n {
			values[i] = metadataValue(ctx, typeName, entry)
			kinds[i] = values[i].Type(ctx)
		}
		return types.TupleValueMust(kinds, values)
	case sfmetadata.Scalar:
		return scalarValue(n)
	}
	return types.DynamicNull()
}

func scalarValue(s sfmetadata.Scalar) attr.Value {
	switch s.Kind {
	case sfmetadata.Flag:
		if on, err := strconv.ParseBool(strings.ToLower(s.Text)); err == nil {
			return types.BoolValue(on)
		}
	case sfmetadata.Number:
		if number, ok := sfmetadata.ParseNumber(s.Text); ok {
			return types.NumberValue(number)
		}
	case sfmetadata.Word:
	}
	return types.StringValue(s.Text)
}
