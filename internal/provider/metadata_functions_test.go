package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const siteFile = `<?xml version="1.0" encoding="UTF-8"?>
<RemoteSiteSetting xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>Invoices &amp; more</description>
    <disableProtocolSecurity>false</disableProtocolSecurity>
    <isActive>true</isActive>
    <url>https://billing.example.com</url>
</RemoteSiteSetting>
`

func TestMetadataDecode(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	for text, want := range map[string]parts{
		siteFile: {"type": "RemoteSiteSetting", "full_name": nil, "content": parts{"description": "Invoices & more", "disableProtocolSecurity": false, "isActive": true, "url": "https://billing.example.com"}},
		"<PermissionSet><fullName>Desk</fullName><label> Desk </label><userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>": {
			"type": "PermissionSet", "full_name": "Desk", "content": parts{"label": "Desk", "userPermissions": rows{parts{"enabled": true, "name": "ApiEnabled"}}},
		},
		"<ProfileSessionSetting><sessionTimeout>15</sessionTimeout></ProfileSessionSetting>": {"type": "ProfileSessionSetting", "full_name": nil, "content": parts{"sessionTimeout": "15"}},
		"<Group><fullName/><name>Desk</name></Group>":                                        {"type": "Group", "full_name": nil, "content": parts{"name": "Desk"}},
		"<Novel/>": {"type": "Novel", "full_name": nil, "content": parts{}},
	} {
		got, failure := p.call(t, "metadata_decode", textValue(text))
		if failure != "" {
			t.Errorf("%s: %s", text, failure)
		} else if got := plain(t, got); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s becomes %v", text, got)
		}
	}
	for text, want := range map[string]string{"": "0 root elements", "<a": "unexpected EOF", "<!DOCTYPE a><a/>": "document type", strings.Repeat("<a>", 10_000): "100 deep"} {
		if got, failure := p.call(t, "metadata_decode", textValue(text)); !strings.Contains(failure, want) {
			t.Errorf("%.40q becomes %s and says %q", text, got, failure)
		}
	}
}

func TestMetadataEncode(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	content := parts{"url": "https://billing.example.com", "isActive": "TRUE", "disableProtocolSecurity": false, "description": "Invoices & more", "fullName": nil}
	if got, failure := p.call(t, "metadata_encode", textValue("RemoteSiteSetting"), dynamicValue(content)); failure != "" || !got.Equal(textValue(siteFile)) {
		t.Errorf("%s (%s)", got, failure)
	}
	names := tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{textValue("Desk")})
	if got, failure := p.call(t, "metadata_encode", textValue("PermissionSetGroup"), dynamicValue(parts{"permissionSets": names})); failure != "" || !strings.Contains(got.String(), "<permissionSets>Desk</permissionSets>") {
		t.Errorf("%s (%s)", got, failure)
	}
	for _, unknown := range []tftypes.Value{notYet, dynamicValue(parts{"url": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})} {
		if got, failure := p.call(t, "metadata_encode", textValue("RemoteSiteSetting"), unknown); failure != "" || got.IsKnown() {
			t.Errorf("of what is not known yet it makes %s (%s)", got, failure)
		}
	}
	for _, c := range []struct {
		kind    string
		content any
		want    string
	}{
		{"remote site", parts{}, "is no name of a type"},
		{"RemoteSiteSetting", "x", "content: It is no object"},
		{"RemoteSiteSetting", parts{"isActive": "perhaps"}, "content.isActive: \"perhaps\" is neither true nor false"},
		{"PermissionSet", parts{"tabSettings": rows{parts{"visibility": "Visibel"}}}, `Did you mean "Visible"?`},
		{"RemoteSiteSetting", parts{"a b": "x"}, "can't be the name of an element"},
	} {
		if got, failure := p.call(t, "metadata_encode", textValue(c.kind), dynamicValue(c.content)); !strings.Contains(failure, c.want) {
			t.Errorf("%v becomes %s and says %q", c.content, got, failure)
		}
	}
}
