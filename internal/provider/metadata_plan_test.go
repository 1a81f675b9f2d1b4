package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// Trouble is found while planning, on the attribute and with its path, and nothing is written.
func TestMetadataPlanErrors(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	if err := o.SetComponent("RemoteSiteSetting", "Taken", parts{"url": "https://example.com", "isActive": "true", "disableProtocolSecurity": "false"}); err != nil {
		t.Fatal(err)
	}
	o.ResetRequests()
	site := func(content any) map[string]tftypes.Value {
		return metadataConfig("RemoteSiteSetting", "Billing_API", content)
	}
	text := func(kind, source string) map[string]tftypes.Value {
		return map[string]tftypes.Value{"type": textValue(kind), "full_name": textValue("Billing_API"), "source": textValue(source)}
	}
	for name, c := range map[string]struct {
		config map[string]tftypes.Value
		says   []string
	}{
		"nothing":           {having(site(siteContent()), "content", notYet), nil},
		"no content":        {map[string]tftypes.Value{"type": textValue("RemoteSiteSetting"), "full_name": textValue("X")}, []string{"Content is missing"}},
		"both":              {having(site(siteContent()), "source", textValue("{}")), []string{"Content is written twice"}},
		"no object":         {site("x"), []string{"content: It is no object"}},
		"a path":            {metadataConfig("Profile", "Admin", parts{"loginIpRanges": rows{parts{"startAddress": rows{"x"}, "endAddress": notYet}}}), []string{"content.loginIpRanges[0].startAddress: startAddress of ProfileLoginIpRange is no list"}},
		"no list":           {metadataConfig("PermissionSet", "Desk", parts{"label": notYet, "userPermissions": parts{"name": "ApiEnabled", "enabled": true}}), []string{"content.userPermissions: userPermissions of PermissionSet is a list"}},
		"no value":          {metadataConfig("PermissionSet", "Desk", parts{"label": "Desk", "tabSettings": rows{parts{"tab": "x", "visibility": "Visibel"}}}), []string{`content.tabSettings[0].visibility: "Visibel" is none of the values`, `Did you mean "Visible"?`}},
		"incomplete":        {site(parts{"url": "https://example.com", "isActive": true}), []string{"content.disableProtocolSecurity: RemoteSiteSetting requires disableProtocolSecurity"}},
		"taken":             {metadataConfig("RemoteSiteSetting", "Taken", siteContent()), []string{"RemoteSiteSetting is there already", "terraform import salesforce_metadata.<name> RemoteSiteSetting:Taken"}},
		"an injected name":  {site(parts{"a><b": "x"}), []string{`"a><b" can't be the name of an element`}},
		"a null entry":      {metadataConfig("PermissionSetGroup", "Desk", parts{"permissionSets": rows{nil}}), []string{"content.permissionSets[0]: An entry of a list can't be null"}},
		"another name":      {site(parts{"fullName": "Other"}), []string{`The content is named "Other" and full_name is "Billing_API"`}},
		"another type":      {text("RemoteSiteSetting", "<Profile/>"), []string{"Source can't be read", "root element is <Profile> where <RemoteSiteSetting> is expected"}},
		"broken XML":        {text("RemoteSiteSetting", "<RemoteSiteSetting><url>"), []string{"Source can't be read", "unexpected EOF"}},
		"broken JSON":       {text("RemoteSiteSetting", `{"url": }`), []string{"Source can't be read", "Invalid character"}},
		"wrong in a source": {text("RemoteSiteSetting", `{"isActive": "perhaps"}`), []string{`source.isActive: "perhaps" is neither true nor false`}},
		"settings":          {metadataConfig("Settings", "Security", parts{}), []string{"SecuritySettings, with the full name Security"}},
		"a part":            {metadataConfig("PermissionSetTabSetting", "X", parts{}), []string{"PermissionSetTabSetting is a part of components"}},
		"a settings' name":  {metadataConfig("SecuritySettings", "Session", parts{}), []string{`its full name is "Security"`}},
		"deleted settings":  {having(metadataConfig("SecuritySettings", "Security", parts{}), "on_destroy", textValue("delete")), []string{"Settings can't be deleted"}},
		"a restored site":   {having(site(siteContent()), "on_destroy", textValue("restore")), []string{"Component can't be restored"}},
		"no such type":      {metadataConfig("NovelThing", "X", parts{"a": "b"}), []string{"not available for this organization"}},
		"not deployable":    {having(metadataConfig("Workflow", "Account", parts{}), "check_only", tftypes.NewValue(tftypes.Bool, true)), []string{"Type can't be checked by a deployment"}},
		"a secret":          {having(site(siteContent()), secretAttribute, dynamicValue(parts{"url": rows{"x"}})), []string{"sensitive_content_wo.url: url of RemoteSiteSetting is no list"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			component, config := p.metadata(t, c.config)
			_, diags := component.plan(t, config)
			if c.says == nil {
				failed(t, nil, diags)
				return
			}
			refused(t, diags, c.says...)
		})
	}
	t.Cleanup(func() {
		if written := o.Requests(sfmock.Match{Contains: "createMetadata"}); len(written) > 0 {
			t.Errorf("%d components were created", len(written))
		}
	})
}

// What the schema doesn't know may be known to Salesforce.
func TestMetadataWarnings(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	content := siteContent()
	content["urll"] = "x"
	site, config := p.metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", content))
	warned(t, site.validate(t, config), "content.urll: RemoteSiteSetting has no such element", `Did you mean "url"?`)
	site, config = p.metadata(t, metadataConfig("RemoteSiteSettings", "Billing_API", content))
	warned(t, site.validate(t, config), "has no type RemoteSiteSettings", `Did you mean "RemoteSiteSetting"?`)
}

func TestMetadataVersion(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	token, err := o.Token(o.AdministratorUsername())
	if err != nil {
		t.Fatal(err)
	}
	p := o.speakBy(t, map[string]tftypes.Value{"instance_url": textValue(o.url), "access_token": textValue(token), "api_version": textValue("66.0")})
	security, config := p.metadata(t, metadataConfig("SecuritySettings", "Security", parts{"enableGraphQLApiForGuestUsers": true}))
	_, diags := security.plan(t, config)
	refused(t, diags, "content.enableGraphQLApiForGuestUsers: enableGraphQLApiForGuestUsers exists from API version 68.0 on; the provider speaks 66.0")
	config = having(metadataConfig("SecuritySettings", "Security", parts{}), secretAttribute, dynamicValue(parts{"enableGraphQLApiForGuestUsers": true}))
	_, diags = security.plan(t, having(config, "check_only", tftypes.NewValue(tftypes.Bool, false)))
	refused(t, diags, "sensitive_content_wo.enableGraphQLApiForGuestUsers: ")
}

// Salesforce has a say while planning, and keeps nothing of it.
func TestMetadataCheckOnly(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	content := parts{"label": "Desk", "userPermissions": rows{parts{"name": "NoSuchPermission", "enabled": true}}}
	config := having(metadataConfig("PermissionSet", "Desk", content), "check_only", tftypes.NewValue(tftypes.Bool, true))
	set, config := p.metadata(t, config)
	_, diags := set.plan(t, config)
	refused(t, diags, `Unable to check PermissionSet "Desk"`, "Unknown user permission: NoSuchPermission")
	config = having(config, "content", dynamicValue(parts{"label": "Desk"}))
	_, diags = set.plan(t, config)
	failed(t, nil, diags)
	if found, there := o.Component("PermissionSet", "Desk"); there {
		t.Errorf("the plan made %v", found)
	}
	failed(t, nil, set.apply(t, config))
	deployments := len(o.Requests(sfmock.Match{Method: http.MethodPost, Path: "/metadata/deployRequest"}))
	set.lookAgain(t, config)
	if more := len(o.Requests(sfmock.Match{Method: http.MethodPost, Path: "/metadata/deployRequest"})); more != deployments {
		t.Error("a plan without a change asks for a check")
	}
}

// What is known only after an apply defers the checks of its own path.
func TestMetadataUnknown(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	content := siteContent()
	content["url"] = notYet
	site, config := p.metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", content))
	_, diags := site.plan(t, config)
	failed(t, nil, diags)
	content["isActive"] = "perhaps"
	_, diags = site.plan(t, having(config, "content", dynamicValue(content)))
	refused(t, diags, "content.isActive")
	failed(t, nil, site.apply(t, having(config, "content", dynamicValue(siteContent()))))
	planned, diags := site.plan(t, config)
	failed(t, nil, diags)
	if after := object(t, planned.PlannedState, site.kind())["content"]; after.IsFullyKnown() {
		t.Errorf("the plan knows %v", after)
	}
}

// A tainted component is planned anew while it is there still.
func TestMetadataReplaced(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	site, config := p.metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	failed(t, nil, site.apply(t, config))
	failed(t, nil, site.read(t))
	site.state, site.identity, site.private = nil, nil, nil
	_, diags := site.plan(t, config)
	failed(t, nil, diags)
	content := siteContent()
	delete(content, "isActive") // which nothing is carried over to
	_, diags = site.plan(t, having(config, "content", dynamicValue(content)))
	refused(t, diags, "RemoteSiteSetting requires isActive")
}

// What is about to be created can be referred to by others of the same plan.
func TestMetadataIsAnnounced(t *testing.T) {
	t.Parallel()
	p := newOrg(t).speak(t)
	set := p.resource("salesforce_permission_set")
	access := tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"Account.Ledger__c": textValue("read")})
	config := map[string]tftypes.Value{"name": textValue("Desk"), "label": textValue("Desk"), "field_permissions": access}
	_, diags := set.plan(t, config)
	refused(t, diags, "Account.Ledger__c")
	code, metadata := p.metadata(t, metadataConfig("CustomField", "Account.Ledger__c", parts{"label": "Ledger", "type": "Text", "length": 20}))
	_, diags = code.plan(t, metadata)
	failed(t, nil, diags)
	_, diags = set.plan(t, config)
	failed(t, nil, diags)
}
