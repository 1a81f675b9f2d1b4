package provider

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// field is an attribute that stands for one element of a metadata component. One that the configuration writes is enforced; one
// that it leaves out is read back and left alone.
type field struct {
	element   string
	kind      fieldKind
	text      string
	attribute string             // where the element's name makes none that reads well
	values    []string           // of a word or a number; nil for any
	checks    []validator.String // of a word, besides its length
	limits    *[2]int64          // of a number, both included
	since     int                // first API version with the element; 0 if all supported ones have it
	holds     attr.Value         // what Salesforce keeps it at, whatever is written
}

// fieldKind is how an element's text shows in Terraform.
type fieldKind int

const (
	flag fieldKind = iota
	word
	number
)

var (
	acronymEnd = regexp.MustCompile(`([A-Z])([A-Z][a-z])`)
	wordStart  = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

// name is the name of the attribute: the element's in snake case.
func (f field) name() string {
	if f.attribute != "" {
		return f.attribute
	}
	known, _ := snakeCases.Load(f.element)
	if name, is := known.(string); is {
		return name
	}
	name := strings.ToLower(wordStart.ReplaceAllString(acronymEnd.ReplaceAllString(f.element, "${1}_${2}"), "${1}_${2}"))
	snakeCases.Store(f.element, name)
	return name
}

// snakeCases are the names found so far: hundreds of fields are asked for theirs again and again.
var snakeCases sync.Map

func (f field) schema() schema.Attribute {
	text := f.text
	if f.since > 0 {
		text += fmt.Sprintf(" Needs API version %d.0.", f.since)
	}
	switch f.kind {
	case flag:
		return schema.BoolAttribute{
			MarkdownDescription: text, Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		}
	case number:
		var checks []validator.Int64
		if f.limits != nil {
			checks = append(checks, int64validator.Between(f.limits[0], f.limits[1]))
		}
		if f.values != nil {
			text += f.choice()
			checks = append(checks, int64validator.OneOf(f.numbers()...))
		}
		return schema.Int64Attribute{
			MarkdownDescription: text, Optional: true, Computed: true, PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()}, Validators: checks,
		}
	case word:
	}
	checks := append([]validator.String{plainText{4000}}, f.checks...)
	if f.values != nil {
		text += f.choice()
		checks = []validator.String{stringvalidator.OneOf(f.values...)}
	}
	return schema.StringAttribute{
		MarkdownDescription: text, Optional: true, Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}, Validators: checks,
	}
}

// choice says in a description what the values are.
func (f field) choice() string { return " One of `" + strings.Join(f.values, "`, `") + "`." }

// numbers are the values of a number.
func (f field) numbers() []int64 {
	numbers := make([]int64, len(f.values))
	for i, text := range f.values {
		numbers[i], _ = strconv.ParseInt(text, 10, 64) // the tables hold numbers
	}
	return numbers
}

// read is the value of the element below a path. What the org does not have is null.
func (f field) read(component *sfclient.Component, part []string, prior attr.Value) attr.Value {
	text := component.Text(append(part, f.element)...)
	switch f.kind {
	case flag:
		if text == "" {
			return types.BoolNull()
		}
		return types.BoolValue(text == "true")
	case number:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return types.Int64Null()
		}
		return types.Int64Value(n)
	case word:
	}
	before, _ := prior.(types.String)
	return textOrNull(text, before)
}

// write puts a known value into the element below a path.
func (f field) write(component *sfclient.Component, part []string, value attr.Value) {
	component.Set(textOf(value), append(part, f.element)...)
}

// textOf is a value as an element holds it.
func textOf(value attr.Value) string {
	switch v := value.(type) {
	case types.Bool:
		return strconv.FormatBool(v.ValueBool())
	case types.Int64:
		return strconv.FormatInt(v.ValueInt64(), 10)
	case interface{ ValueString() string }: // a text, of whatever type
		return v.ValueString()
	}
	return ""
}

// same tells whether two values mean the same to Salesforce, which has no empty text.
func same(a, b attr.Value) bool {
	return a.Equal(b) || !a.IsUnknown() && !b.IsUnknown() && textOf(a) == "" && textOf(b) == ""
}

// fields are the attributes of a component, or of a part of it.
type fields []field

func (all fields) schema(into map[string]schema.Attribute) {
	for _, f := range all {
		into[f.name()] = f.schema()
	}
}

// attributes are the values of an object by the name of the attribute.
type attributes map[string]attr.Value

// getter is a plan, a state or a configuration.
type getter interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// attributesOf are the values in a plan, a state or a configuration; nil where it is null.
func attributesOf(ctx context.Context, from getter, diags *diag.Diagnostics) attributes {
	var whole types.Object
	diags.Append(from.Get(ctx, &whole)...)
	return whole.Attributes()
}

// setAttributes writes the values of a whole object.
func setAttributes(ctx context.Context, into interface {
	Set(ctx context.Context, value any) diag.Diagnostics
}, values attributes,
) diag.Diagnostics {
	kinds := make(map[string]attr.Type, len(values))
	for name, value := range values {
		kinds[name] = value.Type(ctx)
	}
	whole, diags := types.ObjectValue(kinds, values)
	if !diags.HasError() {
		diags.Append(into.Set(ctx, whole)...)
	}
	return diags
}

// setWrittenAttributes sets the state after a create or update, as setWritten does.
func setWrittenAttributes(ctx context.Context, state *tfsdk.State, values attributes) diag.Diagnostics {
	return setAttributes(ctx, writtenState{state}, values)
}

type writtenState struct{ state *tfsdk.State }

// Set writes a whole state.
func (w writtenState) Set(ctx context.Context, value any) diag.Diagnostics {
	return setWritten(ctx, w.state, value)
}

// read takes the values of all fields out of a component into values.
func (all fields) read(component *sfclient.Component, part []string, values attributes) {
	for _, f := range all {
		values[f.name()] = f.read(component, part, values[f.name()])
	}
}

// written are the fields that a configuration gives a value.
func (all fields) written(config attributes) fields {
	var some fields
	for _, f := range all {
		if !config[f.name()].IsNull() {
			some = append(some, f)
		}
	}
	return some
}

// differing are the fields whose known values differ.
func (all fields) differing(a, b attributes) fields {
	var some fields
	for _, f := range all {
		if value := a[f.name()]; !value.IsUnknown() && !same(value, b[f.name()]) {
			some = append(some, f)
		}
	}
	return some
}

// checkWritten reports fields that this API version lacks, and those that Salesforce does not let go of their value.
func (all fields) checkWritten(version int, config attributes, diags *diag.Diagnostics) {
	for _, f := range all.written(config) {
		value := config[f.name()]
		switch {
		case f.since > version:
			f.addTooNew(diags, path.Root(f.name()), version)
		case f.holds != nil && isSet(value) && !value.Equal(f.holds):
			diags.AddAttributeError(path.Root(f.name()), "Setting can't be changed",
				fmt.Sprintf("Salesforce keeps %s at %s whatever is written. Write %s, or remove the attribute.", f.element, textOf(f.holds), textOf(f.holds)))
		}
	}
}

func (f field) addTooNew(diags *diag.Diagnostics, at path.Path, version int) {
	diags.AddAttributeError(at, "Setting is newer than the API version",
		fmt.Sprintf("%s exists from API version %d.0 on; the provider speaks %d.0. Remove the attribute, or the provider's api_version.", f.element, f.since, version))
}
