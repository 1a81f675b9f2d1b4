package provider

import (
	"context"
	"encoding/json"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// numberPrecision is how many bits Terraform keeps of a number.
const numberPrecision = 512

// dynamicOf is decoded JSON, whose numbers are json.Numbers, as Terraform's jsondecode has it.
func dynamicOf(ctx context.Context, value any) attr.Value {
	switch v := value.(type) {
	case bool:
		return types.BoolValue(v)
	case string:
		return types.StringValue(v)
	case json.Number:
		number, _, err := big.ParseFloat(v.String(), 10, numberPrecision, big.ToNearestEven)
		if err != nil {
			return types.StringValue(v.String())
		}
		return types.NumberValue(number)
	case map[string]any:
		kinds, values := make(map[string]attr.Type, len(v)), make(map[string]attr.Value, len(v))
		for name, inner := range v {
			values[name] = dynamicOf(ctx, inner)
			kinds[name] = values[name].Type(ctx)
		}
		return types.ObjectValueMust(kinds, values)
	case []any:
		kinds, values := make([]attr.Type, len(v)), make([]attr.Value, len(v))
		for i, inner := range v {
			values[i] = dynamicOf(ctx, inner)
			kinds[i] = values[i].Type(ctx)
		}
		return types.TupleValueMust(kinds, values)
	}
	return types.DynamicNull()
}
