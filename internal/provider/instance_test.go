package provider

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// instance is a resource that a test plans, applies and reads through the protocol, as Terraform does. It is for tables that
// would take minutes with the CLI.
type instance struct {
	*protocol
	typeName string
	state    map[string]tftypes.Value // nil as long as there is none
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	between  func() // what happens after a plan and before its apply; may be nil
}

func (p *protocol) resource(typeName string) *instance {
	return &instance{protocol: p, typeName: typeName}
}

func (i *instance) kind() tftypes.Object { return i.schemas[i.typeName].ValueType().(tftypes.Object) }

// dynamic is an object of the resource's type; null for nil.
func (i *instance) dynamic(t *testing.T, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	if attributes != nil {
		return value(t, i.kind(), maps.Clone(attributes))
	}
	null, err := tfprotov6.NewDynamicValue(i.kind(), tftypes.NewValue(i.kind(), nil))
	if err != nil {
		t.Fatal(err)
	}
	return &null
}

// proposed is what Terraform takes for the new state before it asks the provider: the configuration, and for computed attributes
// that it leaves out, those within objects too, what they were; nothing of what is write-only.
func (i *instance) proposed(t *testing.T, config map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	if config == nil {
		return nil
	}
	return proposedOver(t, i.schemas[i.typeName].Block.Attributes, config, i.state)
}

func proposedOver(t *testing.T, schema []*tfprotov6.SchemaAttribute, config, prior map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	proposed := maps.Clone(config)
	for _, a := range schema {
		given, written := config[a.Name]
		before := prior[a.Name]
		switch {
		case !written || given.IsNull():
			if a.Computed && prior != nil {
				proposed[a.Name] = before
			}
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle && given.IsKnown() && before.IsKnown() && !before.IsNull():
			inner, outer := map[string]tftypes.Value{}, map[string]tftypes.Value{}
			if err := errors.Join(given.As(&inner), before.As(&outer)); err != nil {
				t.Fatal(err)
			}
			proposed[a.Name] = tftypes.NewValue(given.Type(), proposedOver(t, a.NestedType.Attributes, inner, outer))
		}
		if a.WriteOnly {
			delete(proposed, a.Name)
		}
	}
	return proposed
}

// validate checks a configuration without an org.
func (i *instance) validate(t *testing.T, config map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	t.Helper()
	valid, err := i.server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: i.typeName, Config: i.dynamic(t, config), ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	return valid.Diagnostics
}

// plan validates and plans a configuration; nil plans a destroy.
func (i *instance) plan(t *testing.T, config map[string]tftypes.Value) (*tfprotov6.PlanResourceChangeResponse, []*tfprotov6.Diagnostic) {
	t.Helper()
	if config != nil {
		if diags := i.validate(t, config); hasErrors(diags) {
			return nil, diags
		}
	}
	planned, err := i.server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: i.typeName, PriorState: i.dynamic(t, i.state), ProposedNewState: i.dynamic(t, i.proposed(t, config)), Config: i.dynamic(t, config),
		PriorPrivate: i.private, PriorIdentity: i.identity,
	})
	if err != nil {
		t.Fatal(err)
	}
	return planned, planned.Diagnostics
}

// changes are the attributes that a plan of the configuration would change.
func (i *instance) changes(t *testing.T, config map[string]tftypes.Value) []string {
	t.Helper()
	planned, diags := i.plan(t, config)
	failed(t, nil, diags)
	after := object(t, planned.PlannedState, i.kind())
	var changed []string
	for name, v := range after {
		if !v.Equal(i.state[name]) {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// apply plans and applies a configuration, and keeps the state that comes of it; nil destroys.
func (i *instance) apply(t *testing.T, config map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	t.Helper()
	planned, diags := i.plan(t, config)
	if hasErrors(diags) {
		return diags
	}
	if i.between != nil {
		i.between()
	}
	return append(diags, i.applyPlanned(t, config, planned)...)
}

// applyPlanned applies a plan of a configuration.
func (i *instance) applyPlanned(t *testing.T, config map[string]tftypes.Value, planned *tfprotov6.PlanResourceChangeResponse) []*tfprotov6.Diagnostic {
	t.Helper()
	applied, err := i.server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.typeName, PriorState: i.dynamic(t, i.state), PlannedState: planned.PlannedState, Config: i.dynamic(t, config),
		PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	if err != nil {
		t.Fatal(err)
	}
	i.state, i.private, i.identity = object(t, applied.NewState, i.kind()), applied.Private, applied.NewIdentity
	return applied.Diagnostics
}

// read refreshes the state.
func (i *instance) read(t *testing.T) []*tfprotov6.Diagnostic {
	t.Helper()
	read, err := i.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: i.typeName, CurrentState: i.dynamic(t, i.state), Private: i.private, CurrentIdentity: i.identity})
	if err != nil {
		t.Fatal(err)
	}
	i.state, i.private, i.identity = object(t, read.NewState, i.kind()), read.Private, read.NewIdentity
	return read.Diagnostics
}

func hasErrors(diags []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// refused checks that there is an error, and that the errors say what they should.
func refused(t *testing.T, diags []*tfprotov6.Diagnostic, messages ...string) {
	t.Helper()
	says(t, tfprotov6.DiagnosticSeverityError, diags, messages)
}

// warned checks that there are warnings that say what they should, and no error.
func warned(t *testing.T, diags []*tfprotov6.Diagnostic, messages ...string) {
	t.Helper()
	failed(t, nil, diags)
	says(t, tfprotov6.DiagnosticSeverityWarning, diags, messages)
}

func says(t *testing.T, severity tfprotov6.DiagnosticSeverity, diags []*tfprotov6.Diagnostic, messages []string) {
	t.Helper()
	var said strings.Builder
	for _, d := range diags {
		if d.Severity == severity {
			fmt.Fprintf(&said, "%s\n%s\n", d.Summary, d.Detail)
		}
	}
	if said.Len() == 0 {
		t.Fatalf("there is no %s", severity)
	}
	for _, message := range messages {
		if !strings.Contains(said.String(), message) {
			t.Errorf("%q is not said in:\n%s", message, said.String())
		}
	}
}
