package provider

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// repeated is a set of names: an element that is there once for each.
type repeated struct {
	noun      string
	known     []string                 // the names that there are; nil for any
	canonical func(name string) string // how Salesforce may show a name; nil for as it is
	cleared   bool                     // an empty element takes all away, and no element leaves what is there
}

func (r repeated) schema(text string) schema.Attribute {
	check := setvalidator.ValueStringsAre(plainText{4000}, stringvalidator.LengthAtLeast(1))
	if r.known != nil {
		text += " Any of `" + strings.Join(r.known, "`, `") + "`."
		check = knownWords{r.noun, r.known}
	}
	return schema.SetAttribute{
		MarkdownDescription: text, CustomType: setOfNames, ElementType: types.StringType, Optional: true, Computed: true, Validators: []validator.Set{check},
	}
}

func (repeated) none() attr.Value { return nameSet{types.SetNull(types.StringType)} }

func (repeated) read(component *sfclient.Component, at []string, _ attr.Value) attr.Value {
	names := slices.Compact(slices.Sorted(slices.Values(component.Texts(at...))))
	return nameSetOf(slices.DeleteFunc(names, func(name string) bool { return name == "" }))
}

func (r repeated) write(component *sfclient.Component, at []string, value attr.Value) {
	names := namesIn(value)
	if r.cleared && len(names) == 0 {
		names = []string{""}
	}
	component.SetTexts(names, at...)
}

func (r repeated) same(a, b attr.Value) bool {
	if a.IsUnknown() || b.IsUnknown() {
		return a.Equal(b)
	}
	return slices.Equal(r.canon(a), r.canon(b))
}

func (r repeated) canon(value attr.Value) []string {
	names := namesIn(value)
	for i, name := range names {
		if r.canonical != nil {
			names[i] = r.canonical(name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
