package provider

import (
	"encoding/json"
	"math/big"
	"testing"

	hclang "github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// parseResource reads the one resource of a configuration, as Terraform does. What the configuration leaves out is left out.
func parseResource(t *testing.T, schemas map[string]*tfprotov6.Schema, text string) (typeName, name string, config map[string]tftypes.Value) {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), "main.tf", hclang.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	blocks := file.Body.(*hclsyntax.Body).Blocks
	if len(blocks) != 1 || blocks[0].Type != "resource" || len(blocks[0].Body.Blocks) > 0 {
		t.Fatalf("the configuration is more than one plain resource:\n%s", text)
	}
	typeName, name = blocks[0].Labels[0], blocks[0].Labels[1]
	return typeName, name, constantsOf(t, schemas[typeName], blocks[0].Body)
}

// constantsOf are the attributes of a block of constants.
func constantsOf(t *testing.T, schema *tfprotov6.Schema, body *hclsyntax.Body) map[string]tftypes.Value {
	t.Helper()
	config := map[string]tftypes.Value{}
	for _, attribute := range body.Attributes {
		value, diags := attribute.Expr.Value(nil)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, a := range schema.Block.Attributes {
			if a.Name == attribute.Name {
				config[a.Name] = converted(t, value, a)
			}
		}
		if _, known := config[attribute.Name]; !known {
			t.Fatalf("there is no attribute %s", attribute.Name)
		}
	}
	return config
}

// converted is a value in the type of an attribute.
func converted(t *testing.T, value cty.Value, a *tfprotov6.SchemaAttribute) tftypes.Value {
	t.Helper()
	wanted := ctyType(t, a)
	value, err := convert.Convert(value, wanted)
	if err != nil {
		t.Fatalf("%s: %v", a.Name, err)
	}
	packed, err := msgpack.Marshal(value, wanted.WithoutOptionalAttributesDeep())
	if err != nil {
		t.Fatal(err)
	}
	v, err := (&tfprotov6.DynamicValue{MsgPack: packed}).Unmarshal(a.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ctyType is the type of an attribute to Terraform: in a nested object every attribute can be left out.
func ctyType(t *testing.T, a *tfprotov6.SchemaAttribute) cty.Type {
	t.Helper()
	if a.NestedType == nil {
		text, err := json.Marshal(a.Type)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := ctyjson.UnmarshalType(text)
		if err != nil {
			t.Fatal(err)
		}
		return kind
	}
	kinds := map[string]cty.Type{}
	var optional []string
	for _, nested := range a.NestedType.Attributes {
		kinds[nested.Name] = ctyType(t, nested)
		optional = append(optional, nested.Name)
	}
	whole := cty.ObjectWithOptionalAttrs(kinds, optional)
	switch a.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeList:
		return cty.List(whole)
	case tfprotov6.SchemaObjectNestingModeSet:
		return cty.Set(whole)
	case tfprotov6.SchemaObjectNestingModeMap:
		return cty.Map(whole)
	default:
		return whole
	}
}

// jsonObject is an object as a plan in JSON has it: what is unknown is left out.
func jsonObject(attributes map[string]tftypes.Value) any {
	if attributes == nil {
		return nil
	}
	values := make(map[string]any, len(attributes))
	for name, v := range attributes {
		if v.IsKnown() {
			values[name] = jsonValue(v)
		}
	}
	return values
}

func jsonValue(v tftypes.Value) any {
	if v.IsNull() || !v.IsKnown() {
		return nil
	}
	switch {
	case v.Type().Is(tftypes.String):
		return taken[string](v)
	case v.Type().Is(tftypes.Bool):
		return taken[bool](v)
	case v.Type().Is(tftypes.Number):
		number := taken[big.Float](v)
		return json.Number(number.Text('f', -1))
	case v.Type().Is(tftypes.Object{}), v.Type().Is(tftypes.Map{}):
		return jsonObject(taken[map[string]tftypes.Value](v))
	}
	elements := []any{}
	for _, element := range taken[[]tftypes.Value](v) {
		elements = append(elements, jsonValue(element))
	}
	return elements
}

func taken[T any](v tftypes.Value) T {
	var into T
	if err := v.As(&into); err != nil {
		panic(err)
	}
	return into
}

// unknowns are the attributes that are known only after the apply.
func unknowns(attributes map[string]tftypes.Value) map[string]any {
	unknown := map[string]any{}
	for name, v := range attributes {
		if !v.IsKnown() {
			unknown[name] = true
		}
	}
	return unknown
}

func sameObject(a, b map[string]tftypes.Value) bool {
	for name, v := range a {
		if !v.Equal(b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}
