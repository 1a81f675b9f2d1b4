package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// component reads the data source of a component.
func (p *protocol) component(t *testing.T, kind, name string) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	t.Helper()
	of := p.all.DataSourceSchemas[metadataType].ValueType()
	read, err := p.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: metadataType, Config: value(t, of, map[string]tftypes.Value{"type": textValue(kind), "full_name": textValue(name)}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(read.Diagnostics) {
		return nil, read.Diagnostics
	}
	return object(t, read.State, of), read.Diagnostics
}

func TestMetadataDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	if err := o.SetComponent("RemoteSiteSetting", "Billing_API", parts{"url": "https://example.com", "isActive": "true", "disableProtocolSecurity": "false"}); err != nil {
		t.Fatal(err)
	}
	site, diags := p.component(t, "RemoteSiteSetting", "Billing_API")
	failed(t, nil, diags)
	want := parts{"url": "https://example.com", "isActive": true, "disableProtocolSecurity": false}
	if got := plain(t, site["content"]); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the content is %v", got)
	}
	if text := plain(t, site["xml"]).(string); !strings.Contains(text, "<RemoteSiteSetting xmlns=") || !strings.Contains(text, "    <isActive>true</isActive>\n    <url>") {
		t.Errorf("the XML is %s", text)
	}
	_, diags = p.component(t, "RemoteSiteSetting", "Nothing")
	refused(t, diags, "Unknown RemoteSiteSetting", `This org has no RemoteSiteSetting "Nothing"`)
	_, diags = p.component(t, "Settings", "Security")
	refused(t, diags, "Settings are many types")
}
