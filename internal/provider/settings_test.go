package provider

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// valuesOf are two values that a field can take, as the org holds them.
func (f field) valuesOf(t *testing.T) (one, other string) {
	t.Helper()
	switch {
	case f.kind == flag:
		return "true", "false"
	case f.kind == number && f.limits != nil:
		return strconv.FormatInt(f.limits[0], 10), strconv.FormatInt(f.limits[1], 10)
	case len(f.values) > 1:
		return f.values[0], f.values[1]
	}
	return "https://example.com/one", "https://example.com/other"
}

// tf is a text of an element as a value of Terraform.
func (f field) tf(text string) tftypes.Value {
	switch f.kind {
	case flag:
		return tftypes.NewValue(tftypes.Bool, text == "true")
	case number:
		var n int64
		_, _ = fmt.Sscan(text, &n)
		return tftypes.NewValue(tftypes.Number, n)
	case word:
	}
	return tftypes.NewValue(tftypes.String, text)
}

// set changes settings in the org by hand.
func (r *settingsResource) set(t *testing.T, o *testOrg, values map[string]string) {
	t.Helper()
	inner := map[string]any{}
	for element, text := range values {
		inner[element] = text
		if text == "true" || text == "false" {
			inner[element] = text == "true"
		}
	}
	for _, part := range slices.Backward(r.part) {
		inner = map[string]any{part: inner}
	}
	if err := o.SetComponent(r.kind, strings.TrimSuffix(r.kind, "Settings"), inner); err != nil {
		t.Fatal(err)
	}
}

// held is the text of a setting in the org.
func (r *settingsResource) held(o *testOrg, element string) string {
	component, _ := o.Component(r.kind, strings.TrimSuffix(r.kind, "Settings"))
	for _, part := range r.part {
		component, _ = component[part].(map[string]any)
	}
	if component[element] == nil {
		return ""
	}
	return fmt.Sprint(component[element])
}

// checkSettings manages every setting of a resource that can be managed, and shows of each that it is written, that a change by
// hand shows in a plan, on it alone, and that an apply repairs it. Settings that exclude others stay as the test gives them.
func checkSettings(t *testing.T, constructor func() resource.Resource, excluded map[string]string) {
	t.Helper()
	o := newOrg(t)
	r := constructor().(*settingsResource)
	if excluded != nil {
		r.set(t, o, excluded)
	}
	i := o.speak(t, ssoLogin).resource(r.typeName)
	config := map[string]tftypes.Value{}
	var managed fields
	for _, f := range r.fields {
		if _, out := excluded[f.element]; f.holds == nil && !out {
			one, _ := f.valuesOf(t)
			config[f.name()] = f.tf(one)
			managed = append(managed, f)
		}
	}
	failed(t, nil, i.apply(t, config))
	for _, f := range managed {
		if one, _ := f.valuesOf(t); r.held(o, f.element) != one {
			t.Errorf("%s is %q after the apply, not %q", f.element, r.held(o, f.element), one)
		}
	}
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); changed != nil {
		t.Fatalf("after an apply the plan changes %q", changed)
	}
	for _, f := range managed {
		one, other := f.valuesOf(t)
		r.set(t, o, map[string]string{f.element: other})
		failed(t, nil, i.read(t))
		if changed := i.changes(t, config); !slices.Equal(changed, []string{f.name()}) {
			t.Errorf("a change of %s by hand shows in the plan as one of %q", f.element, changed)
		}
		failed(t, nil, i.apply(t, config))
		if r.held(o, f.element) != one {
			t.Errorf("the apply did not repair %s", f.element)
		}
	}
	// What the configuration leaves out is left alone.
	left := maps.Clone(config)
	gone := managed[0]
	delete(left, gone.name())
	_, other := gone.valuesOf(t)
	r.set(t, o, map[string]string{gone.element: other})
	failed(t, nil, i.read(t))
	if changed := i.changes(t, left); changed != nil {
		t.Errorf("the plan changes %q, which the configuration leaves out", changed)
	}
}
