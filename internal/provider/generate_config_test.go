package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What Terraform writes down as configuration of whatever an org has is valid and plans no change.
func TestGeneratedConfigPlansEmpty(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]*testOrg{"fresh": newOrg(t), "whole": wholeOrg(t)} {
		t.Run(name, func(t *testing.T) { t.Parallel(); generatedPlansEmpty(t, o.speak(t)) })
	}
}

func generatedPlansEmpty(t *testing.T, p *protocol) {
	t.Helper()
	for _, typeName := range slices.Sorted(maps.Keys(p.all.ListResourceSchemas)) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			results, diags := p.list(t, typeName, wholeList(typeName), true, 1000)
			failed(t, nil, diags)
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

// The same with Terraform itself: the whole org is imported by the configuration that Terraform writes, which then plans empty.
func TestAccGenerateConfig(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	c := o.cli(t)
	p := o.speak(t)
	var imports strings.Builder
	total := 0
	for _, typeName := range slices.Sorted(maps.Keys(p.all.ListResourceSchemas)) {
		results, diags := p.list(t, typeName, wholeList(typeName), false, 1000)
		failed(t, nil, diags)
		total += len(results)
		for n, result := range results {
			fmt.Fprintf(&imports, "import {\n  to = %s.all_%d\n  id = %q\n}\n", typeName, n, result.id(t))
		}
	}
	imports.WriteString("import {\n  to = salesforce_metadata.security\n  id = \"SecuritySettings:Security\"\n}\n")
	total++
	c.write(t, "imports.tf", imports.String())
	if said := c.run(t, "plan", "-generate-config-out=generated.tf", "-out=import.tfplan"); !strings.Contains(said, fmt.Sprintf("%d to import, 0 to add, 0 to change, 0 to destroy", total)) {
		t.Fatal(said)
	}
	c.run(t, "apply", "import.tfplan")
	c.unchanged(t)
}

// So does metadata of whatever type.
func TestGeneratedMetadataPlansEmpty(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	if err := o.SetComponent("RemoteSiteSetting", "Billing_API", map[string]any{"url": "https://billing.example.com", "isActive": true, "disableProtocolSecurity": false}); err != nil {
		t.Fatal(err)
	}
	o.set(t, "Billing")
	p := o.speak(t)
	for _, id := range []string{"RemoteSiteSetting:Billing_API", "PermissionSet:Billing", "SecuritySettings:Security"} {
		i := p.resource(metadataType)
		i.state = p.imported(t, metadataType, id)
		if changed := i.changedPaths(t, i.generated(t)); changed != nil {
			t.Errorf("the generated configuration of %s changes %q", id, changed)
		}
	}
}
