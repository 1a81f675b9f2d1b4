package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// sameness is why two different texts can be one value to Salesforce.
type sameness struct {
	name string
	same func(a, b string) bool
}

var (
	// folded is for what Salesforce compares ignoring case and stores in lower case: usernames, e-mail addresses.
	folded = sameness{"text that Salesforce compares ignoring case", strings.EqualFold}
	// recordID is for ids, which users write with 15 or 18 characters and Salesforce returns with 18.
	recordID = sameness{"record id", func(a, b string) bool { return sfclient.ID18(a) == sfclient.ID18(b) }}
)

// textType is a string type with a notion of sameness, so that Salesforce's normalising never shows as a difference.
type textType struct {
	basetypes.StringType
	sameness *sameness
}

var (
	foldedType   = textType{sameness: &folded}
	recordIDType = textType{sameness: &recordID}
)

// String implements attr.Type.
func (t textType) String() string { return t.sameness.name }

// Equal implements attr.Type.
func (t textType) Equal(other attr.Type) bool {
	o, ok := other.(textType)
	return ok && o.sameness == t.sameness
}

// ValueType implements attr.Type.
func (t textType) ValueType(context.Context) attr.Value { return text{sameness: t.sameness} }

// ValueFromString implements basetypes.StringTypable.
func (t textType) ValueFromString(_ context.Context, v basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return text{StringValue: v, sameness: t.sameness}, nil
}

// ValueFromTerraform implements attr.Type.
func (t textType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	v, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := v.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("%T where a string is expected", v)
	}
	return text{StringValue: s, sameness: t.sameness}, nil
}

// text is a value of textType.
type text struct {
	basetypes.StringValue
	sameness *sameness
}

// Type implements attr.Value.
func (v text) Type(context.Context) attr.Type { return textType{sameness: v.sameness} }

// Equal implements attr.Value.
func (v text) Equal(other attr.Value) bool {
	o, ok := other.(text)
	return ok && v.StringValue.Equal(o.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (v text) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(text)
	return ok && v.sameness != nil && v.sameness.same(v.ValueString(), o.ValueString()), nil
}

func foldedText(s string) text { return text{basetypes.NewStringValue(s), &folded} }

// idOrNull is the state of an optional reference: Salesforce's null is an empty id in the client, and "" where the configuration says so.
func idOrNull(id string, prior text) text {
	switch {
	case id != "":
		return text{basetypes.NewStringValue(id), &recordID}
	case isSet(prior) && prior.ValueString() == "":
		return prior
	}
	return text{basetypes.NewStringNull(), &recordID}
}
