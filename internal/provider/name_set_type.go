package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// nameSetType is a set of strings that may be large. The framework's own compares each element with each other, several times a
// plan: a thousand names take it seconds.
type nameSetType struct{ basetypes.SetType }

var setOfNames = nameSetType{basetypes.SetType{ElemType: types.StringType}}

// String implements attr.Type.
func (nameSetType) String() string { return "set of names" }

// Equal implements attr.Type.
func (nameSetType) Equal(other attr.Type) bool {
	_, ok := other.(nameSetType)
	return ok
}

// ValueType implements attr.Type.
func (nameSetType) ValueType(context.Context) attr.Value { return nameSet{} }

// Validate stands in for the framework's search for duplicates, which Terraform never sends.
func (nameSetType) Validate(context.Context, tftypes.Value, path.Path) diag.Diagnostics { return nil }

// ValueFromSet implements basetypes.SetTypable.
func (nameSetType) ValueFromSet(_ context.Context, v basetypes.SetValue) (basetypes.SetValuable, diag.Diagnostics) {
	return nameSet{v}, nil
}

// ValueFromTerraform implements attr.Type.
func (t nameSetType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	v, err := t.SetType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	set, ok := v.(basetypes.SetValue)
	if !ok {
		return nil, fmt.Errorf("%T where a set is expected", v)
	}
	return nameSet{set}, nil
}

// nameSet is a value of nameSetType.
type nameSet struct{ basetypes.SetValue }

func nameSetOf(names []string) nameSet {
	elements := make([]attr.Value, len(names))
	for i, name := range names {
		elements[i] = types.StringValue(name)
	}
	return nameSet{types.SetValueMust(types.StringType, elements)}
}

// Type implements attr.Value.
func (nameSet) Type(context.Context) attr.Type { return setOfNames }

// Equal implements attr.Value, in time proportional to the size.
func (v nameSet) Equal(other attr.Value) bool {
	o, ok := other.(nameSet)
	if !ok || v.IsNull() != o.IsNull() || v.IsUnknown() != o.IsUnknown() {
		return false
	}
	ours, theirs := v.Elements(), o.Elements()
	held := make(map[attr.Value]bool, len(ours))
	for _, name := range ours {
		held[name] = true
	}
	for _, name := range theirs {
		if !held[name] {
			return false
		}
	}
	return len(ours) == len(theirs)
}

// SetSemanticEquals implements basetypes.SetValuableWithSemanticEquals: between equal sets the framework does not look at elements.
func (v nameSet) SetSemanticEquals(_ context.Context, other basetypes.SetValuable) (bool, diag.Diagnostics) {
	return v.Equal(other), nil
}
