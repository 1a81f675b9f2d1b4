package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// readData validates a data source's configuration and reads it through the protocol, as Terraform does.
func (p *protocol) readData(t *testing.T, typeName string, config map[string]tftypes.Value) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	t.Helper()
	kind := p.all.DataSourceSchemas[typeName].ValueType()
	all := map[string]tftypes.Value{}
	maps.Copy(all, config)
	given := value(t, kind, all)
	valid, err := p.server.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: given})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(valid.Diagnostics) {
		return nil, valid.Diagnostics
	}
	defer p.org.asksOnly(t, "data-source/"+typeName)
	read, err := p.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: given})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(read.Diagnostics) {
		return nil, read.Diagnostics
	}
	return object(t, read.State, kind), read.Diagnostics
}

// onAttribute checks that each error is on the attribute.
func onAttribute(t *testing.T, diags []*tfprotov6.Diagnostic, attribute string) {
	t.Helper()
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError && !d.Attribute.Equal(tftypes.NewAttributePath().WithAttributeName(attribute)) {
			t.Errorf("%q is on %s, not on %s", d.Summary, d.Attribute, attribute)
		}
	}
}
