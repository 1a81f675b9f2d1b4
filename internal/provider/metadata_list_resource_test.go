package provider

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestListMetadata(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for _, name := range []string{"billing_API", "Archive"} {
		if err := o.SetComponent("RemoteSiteSetting", name, siteContent()); err != nil {
			t.Fatal(err)
		}
	}
	o.set(t, "Desk")
	o.insert(t, "PermissionSet", map[string]any{"Name": "Books", "Label": "Books", "NamespacePrefix": "ledger"})
	o.Fail(sfmock.Match{Contains: "<type>CustomField</type>"}, 100, sfmock.Fault{Status: 500, Code: "INSUFFICIENT_ACCESS", Message: "insufficient access rights"})
	p := o.speak(t)
	for kind, want := range map[string][]string{
		"RemoteSiteSetting": {"Archive", "billing_API"}, "SecuritySettings": {"Security"}, "CspTrustedSite": nil, "PermissionSet": {"Desk"},
	} {
		results, diags := p.list(t, metadataType, map[string]tftypes.Value{"type": textValue(kind)}, true, 1000)
		failed(t, nil, diags)
		if found := names(results); !slices.Equal(found, want) {
			t.Errorf("of %s, listed are %v", kind, found)
		}
		for _, result := range results {
			if id := result.id(t); id != kind+":"+result.name || !result.resource["id"].Equal(textValue(id)) || result.resource["content"].IsNull() {
				t.Errorf("%s is listed as %v", result.name, result.resource)
			}
		}
	}
	for kind, message := range map[string]string{
		"Settings": "here each has the name of its own", "PermissionSetTabSetting": "is a part of components", "remote site": "must be the name of a type",
		"NovelThing": "not available for this organization", "CustomField": "INSUFFICIENT_ACCESS",
	} {
		_, diags := p.list(t, metadataType, map[string]tftypes.Value{"type": textValue(kind)}, false, 10)
		refused(t, diags, message)
	}
	_, diags := p.list(t, metadataType, map[string]tftypes.Value{}, false, 10)
	refused(t, diags, "type")
}
