package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// isSet tells whether a value is known and not null.
func isSet(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// textOrNull is the state of an optional text that Salesforce stores as null when it is empty: what prior says is kept when it
// means the same.
func textOrNull(text string, prior types.String) types.String {
	if text == "" {
		if isSet(prior) && prior.ValueString() == "" {
			return prior
		}
		return types.StringNull()
	}
	return types.StringValue(text)
}

// orNull is a text as it is written to a column: Salesforce has no empty text.
func orNull(value string) any {
	if value == "" {
		return nil
	}
	return value
}

// stringsOf returns a set's known elements; nil for a null or unknown set.
func stringsOf(ctx context.Context, set types.Set, diags *diag.Diagnostics) []string {
	if !isSet(set) {
		return nil
	}
	var elements []types.String
	diags.Append(set.ElementsAs(ctx, &elements, false)...)
	known := make([]string, 0, len(elements))
	for _, e := range elements {
		if isSet(e) {
			known = append(known, e.ValueString())
		}
	}
	return known
}

// setOf makes a set of strings.
func setOf(ctx context.Context, elements []string, diags *diag.Diagnostics) types.Set {
	if elements == nil {
		elements = []string{}
	}
	set, more := types.SetValueFrom(ctx, types.StringType, elements)
	diags.Append(more...)
	return set
}

// setWritten sets the state after a create or update. What could not be read back is null until the next refresh: Terraform
// takes no unknown value in a state.
func setWritten(ctx context.Context, state *tfsdk.State, model any) diag.Diagnostics {
	diags := state.Set(ctx, model)
	known, err := tftypes.Transform(state.Raw, func(_ *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		return tftypes.NewValue(v.Type(), nil), nil
	})
	if err != nil {
		diags.AddError("Unable to keep the state", upperFirst(err.Error())+". This is a bug in the provider; please report it.")
		return diags
	}
	state.Raw = known
	return diags
}
