package provider

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// tfValue is a value of Terraform from plain ones: text, booleans, numbers, lists of texts, and maps for maps and objects.
func tfValue(t *testing.T, kind tftypes.Type, plain any) tftypes.Value {
	t.Helper()
	if plain == nil {
		return tftypes.NewValue(kind, nil)
	}
	switch k := kind.(type) {
	case tftypes.Object:
		given, inner := plain.(map[string]any), map[string]tftypes.Value{}
		for name, of := range k.AttributeTypes {
			inner[name] = tfValue(t, of, given[name])
		}
		for name := range given {
			if _, known := k.AttributeTypes[name]; !known {
				t.Fatalf("there is no attribute %s", name)
			}
		}
		return tftypes.NewValue(kind, inner)
	case tftypes.Map:
		inner := map[string]tftypes.Value{}
		for key, text := range plain.(map[string]any) {
			inner[key] = tfValue(t, k.ElementType, text)
		}
		return tftypes.NewValue(kind, inner)
	case tftypes.Set:
		var inner []tftypes.Value
		for _, text := range plain.([]string) {
			inner = append(inner, tfValue(t, k.ElementType, text))
		}
		return tftypes.NewValue(kind, inner)
	}
	return tftypes.NewValue(kind, plain)
}

// appConfig is a configuration of an external client app from plain values by key: "oauth.scopes".
func appConfig(t *testing.T, i *instance, flat map[string]any) map[string]tftypes.Value {
	t.Helper()
	whole := map[string]any{}
	for key, value := range flat {
		into := whole
		parent, name := cutLast(key)
		for _, object := range appObjects {
			if parent == object.key || parentOf(parent) == object.key {
				_, step := cutLast(object.key)
				if into[step] == nil {
					into[step] = map[string]any{}
				}
				into = into[step].(map[string]any)
			}
		}
		into[name] = value
	}
	attributes := map[string]tftypes.Value{}
	for name, kind := range i.kind().AttributeTypes {
		if value, given := whole[name]; given {
			attributes[name] = tfValue(t, kind, value)
		}
	}
	return attributes
}

// leaves are the values of an object by key, those within objects too; sets and maps are leaves.
func leaves(t *testing.T, values map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	found := map[string]tftypes.Value{}
	for name, value := range values {
		if _, isObject := value.Type().(tftypes.Object); !isObject || !value.IsKnown() || value.IsNull() {
			found[name] = value
			continue
		}
		inner := map[string]tftypes.Value{}
		if err := value.As(&inner); err != nil {
			t.Fatal(err)
		}
		for key, leaf := range leaves(t, inner) {
			found[name+"."+key] = leaf
		}
	}
	return found
}

// changedLeaves are the keys of the values that a plan of the configuration would change.
func (i *instance) changedLeaves(t *testing.T, config map[string]tftypes.Value) []string {
	t.Helper()
	planned, diags := i.plan(t, config)
	failed(t, nil, diags)
	before, after := leaves(t, i.state), leaves(t, object(t, planned.PlannedState, i.kind()))
	var changed []string
	for key, value := range after {
		if was, there := before[key]; !there || !value.Equal(was) {
			changed = append(changed, key)
		}
	}
	slices.Sort(changed)
	return changed
}

// Every element of the five types is an attribute or has a reason not to be one.
func TestAppFieldsAreTheSchemas(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	for _, part := range appParts {
		known, ok := sfschema.LookupType(part.kind)
		if !ok {
			t.Fatalf("there is no type %s", part.kind)
		}
		seen := map[string]bool{"fullName": true}
		for element, reason := range part.without {
			if _, there := known.Field(element); !there || reason == "" {
				t.Errorf("%s: %s is left out, for %q", part.kind, element, reason)
			}
			seen[element] = true
		}
		for _, f := range part.fields {
			if keys[f.key()] {
				t.Errorf("%s stands there twice", f.key())
			}
			keys[f.key()] = true
			described(t, f.key(), f.text)
			of := known
			if f.inside != "" {
				outer, _ := known.Field(f.inside)
				of, _ = sfschema.LookupType(outer.Type)
				seen[f.inside] = true
			}
			e, there := of.Field(f.element)
			if !there || seen[f.element] {
				t.Errorf("%s stands for %s.%s, which is left out, stands there twice or is not there", f.key(), of.Name, f.element)
			}
			seen[f.element] = true
			checkAppField(t, f, e)
		}
		for _, e := range known.Fields {
			if !seen[e.Name] {
				t.Errorf("no attribute stands for %s.%s", part.kind, e.Name)
			}
		}
	}
}

func checkAppField(t *testing.T, f appField, e sfschema.Field) {
	t.Helper()
	if f.since != e.Since {
		t.Errorf("%s exists since API version %d", f.key(), e.Since)
	}
	if f.form != nil {
		return
	}
	values, isEnum := sfschema.Enum(e.Type)
	numeric := e.Type == "int" || e.Type == "double"
	if (e.Type == "boolean") != (f.kind == flag) || numeric != (f.kind == number) || e.List {
		t.Errorf("%s is of type %s", f.key(), e.Type)
	}
	for _, value := range f.values {
		if isEnum && !slices.Contains(values, value) {
			t.Errorf("%s takes %q, not %q", f.key(), values, value)
		}
	}
	// The states of apps that came with a package are Salesforce's to give.
	if isEnum && len(f.values) != len(values) && f.element != "distributionState" {
		t.Errorf("%s takes %q", f.key(), values)
	}
}
