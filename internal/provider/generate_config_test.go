package provider

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Whatever the org has can be listed; what Terraform writes down of it as configuration is valid and plans no change.
func TestGeneratedConfigPlansEmpty(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	p := o.speak(t)
	for _, typeName := range slices.Sorted(maps.Keys(p.schemas)) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			results, diags := p.list(t, typeName, map[string]tftypes.Value{}, true, 1000)
			failed(t, nil, diags)
			if len(results) == 0 {
				t.Fatal("the org has none")
			}
			for _, result := range results {
				i := p.resource(typeName)
				i.state = result.resource
				if changed := i.changedPaths(t, i.generated(t)); changed != nil {
					t.Errorf("the generated configuration of %s changes %q", result.name, changed)
				}
			}
		})
	}
}

// generated is the configuration that Terraform generates from the state.
func (i *instance) generated(t *testing.T) map[string]tftypes.Value {
	t.Helper()
	answer, err := i.server.GenerateResourceConfig(t.Context(), &tfprotov6.GenerateResourceConfigRequest{TypeName: i.typeName, State: i.dynamic(t, i.state)})
	if err != nil {
		t.Fatal(err)
	}
	failed(t, nil, answer.Diagnostics)
	return object(t, answer.Config, i.kind())
}
