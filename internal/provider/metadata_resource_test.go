package provider

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// parts and rows write a content as Terraform's configurations do.
type (
	parts = map[string]any
	rows  = []any
)

func dynamicValue(v any) tftypes.Value {
	switch v := v.(type) {
	case parts:
		kinds, values := map[string]tftypes.Type{}, map[string]tftypes.Value{}
		for name, part := range v {
			values[name] = dynamicValue(part)
			kinds[name] = values[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
	case rows:
		kinds, values := make([]tftypes.Type, len(v)), make([]tftypes.Value, len(v))
		for i, entry := range v {
			values[i] = dynamicValue(entry)
			kinds[i] = values[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, values)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int:
		return tftypes.NewValue(tftypes.Number, v)
	case string:
		return textValue(v)
	case tftypes.Value:
		return v
	}
	return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
}

var notYet = tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)

// plain is a value of Terraform in Go's types.
func plain(t *testing.T, v tftypes.Value) any {
	t.Helper()
	if v.IsNull() {
		return nil
	}
	var err error
	switch {
	case v.Type().Is(tftypes.Object{}):
		var all map[string]tftypes.Value
		err = v.As(&all)
		object := parts{}
		for name, part := range all {
			object[name] = plain(t, part)
		}
		return object
	case v.Type().Is(tftypes.Tuple{}):
		var all []tftypes.Value
		err = v.As(&all)
		entries := rows{}
		for _, entry := range all {
			entries = append(entries, plain(t, entry))
		}
		return entries
	case v.Type().Is(tftypes.Bool):
		var on bool
		err = v.As(&on)
		return on
	case v.Type().Is(tftypes.Number):
		var number big.Float
		err = v.As(&number)
		return number.String()
	}
	var text string
	if err == nil {
		err = v.As(&text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// metadataConfig is a configuration with a content.
func metadataConfig(kind, name string, content any) map[string]tftypes.Value {
	return map[string]tftypes.Value{"type": textValue(kind), "full_name": textValue(name), "content": dynamicValue(content)}
}

// having is a configuration with something else in it.
func having(config map[string]tftypes.Value, attribute string, v tftypes.Value) map[string]tftypes.Value {
	config = maps.Clone(config)
	config[attribute] = v
	return config
}

// metadata is a resource with the defaults that its schema brings along.
func (p *protocol) metadata(t *testing.T, config map[string]tftypes.Value) (*instance, map[string]tftypes.Value) {
	t.Helper()
	if _, given := config["check_only"]; !given {
		config = having(config, "check_only", tftypes.NewValue(tftypes.Bool, false))
	}
	return p.resource(metadataType), config
}

func siteContent() parts {
	return parts{"url": "https://billing.example.com", "isActive": true, "disableProtocolSecurity": false, "description": "Invoices"}
}

// lookAgain refreshes, and checks that the plan is empty then.
func (i *instance) lookAgain(t *testing.T, config map[string]tftypes.Value) {
	t.Helper()
	failed(t, nil, i.read(t))
	if changed := i.changes(t, config); len(changed) > 0 {
		t.Errorf("the next plan changes %v", changed)
	}
}

func TestMetadataLife(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	site, config := o.speak(t).metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	failed(t, nil, site.apply(t, config))
	if got := plain(t, site.state["id"]); got != "RemoteSiteSetting:Billing_API" {
		t.Errorf("the id is %v", got)
	}
	found, _ := o.Component("RemoteSiteSetting", "Billing_API")
	if found["url"] != "https://billing.example.com" || found["isActive"] != "true" || found["description"] != "Invoices" {
		t.Errorf("the org has %v", found)
	}
	site.lookAgain(t, config)

	// What nobody owns stays through a write, what is owned is put back.
	found["isActive"] = "false"
	found["disableProtocolSecurity"] = "true"
	if err := o.SetComponent("RemoteSiteSetting", "Billing_API", found); err != nil {
		t.Fatal(err)
	}
	content := siteContent()
	delete(content, "disableProtocolSecurity")
	config = having(config, "content", dynamicValue(content))
	failed(t, nil, site.read(t))
	if changed := site.changes(t, config); !slices.Equal(changed, []string{"content"}) {
		t.Errorf("the plan changes %v", changed)
	}
	failed(t, nil, site.apply(t, config))
	if found, _ = o.Component("RemoteSiteSetting", "Billing_API"); found["isActive"] != "true" || found["disableProtocolSecurity"] != "true" {
		t.Errorf("the org has %v", found)
	}
	site.lookAgain(t, config)

	failed(t, nil, site.apply(t, nil))
	if found, there := o.Component("RemoteSiteSetting", "Billing_API"); there {
		t.Errorf("the org still has %v", found)
	}
}

// A change by hand shows in the content, at exactly what is written.
func TestMetadataDrift(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	grant := func(name string) parts { return parts{"name": name, "enabled": true} }
	source := func(text string) map[string]tftypes.Value {
		return map[string]tftypes.Value{"type": textValue("PermissionSet"), "full_name": textValue("Desk"), "source": textValue(text)}
	}
	permissions := func(names ...string) rows {
		var all rows
		for _, name := range names {
			all = append(all, parts{"name": name, "enabled": "true"})
		}
		return all
	}
	for name, c := range map[string]struct {
		config    map[string]tftypes.Value
		attribute string
		change    parts
		shows     string // in the state; empty for nothing
	}{
		"order":        {metadataConfig("PermissionSet", "Desk", parts{"label": "Desk", "userPermissions": rows{grant("ViewSetup"), grant("ApiEnabled")}}), "content", parts{"label": "Desk", "userPermissions": permissions("ApiEnabled", "ViewSetup")}, ""},
		"spelling":     {metadataConfig("PermissionSet", "Desk", parts{"label": " Desk ", "hasActivationRequired": "FALSE"}), "content", parts{"label": "Desk"}, ""},
		"what is left": {metadataConfig("PermissionSet", "Desk", parts{"label": "Desk"}), "content", parts{"label": "Desk", "description": "x", "userPermissions": permissions("ApiEnabled")}, ""},
		"a text":       {metadataConfig("PermissionSet", "Desk", parts{"label": "Desk", "description": "Mine"}), "content", parts{"label": "Desk", "description": "Yours"}, "Yours"},
		"one more":     {metadataConfig("PermissionSet", "Desk", parts{"label": "Desk", "userPermissions": rows{grant("ApiEnabled")}}), "content", parts{"label": "Desk", "userPermissions": permissions("ViewSetup", "ApiEnabled")}, "ViewSetup"},
		"XML":          {source("<PermissionSet>\n<label>Desk</label></PermissionSet>"), "source", parts{"label": "Front Desk", "description": "x"}, "<label>Front Desk</label>\n</PermissionSet>"},
		"JSON":         {source(`{"label": "Desk"}`), "source", parts{"label": "Front Desk", "description": "x"}, "{\n  \"label\": \"Front Desk\"\n}\n"},
		"same XML":     {source("<PermissionSet>\n<label> Desk </label></PermissionSet>"), "source", parts{"label": "Desk", "description": "x"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fullName := strings.ReplaceAll(strings.Title(name), " ", "_") //nolint:staticcheck // ASCII
			set, config := p.metadata(t, having(c.config, "full_name", textValue(fullName)))
			failed(t, nil, set.apply(t, config))
			set.lookAgain(t, config)
			before := set.state[c.attribute]
			if err := o.SetComponent("PermissionSet", fullName, c.change); err != nil {
				t.Fatal(err)
			}
			failed(t, nil, set.read(t))
			changed := set.changes(t, config)
			if c.shows == "" {
				if len(changed) > 0 || !set.state[c.attribute].Equal(before) {
					t.Errorf("the plan changes %v, of the state %v", changed, set.state[c.attribute])
				}
				return
			}
			if got := fmt.Sprint(plain(t, set.state[c.attribute])); !strings.Contains(got, c.shows) || !slices.Equal(changed, []string{c.attribute}) {
				t.Errorf("the plan changes %v, the state has %s", changed, got)
			}
			failed(t, nil, set.apply(t, config))
			set.lookAgain(t, config)
		})
	}
}

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
	content["descripton"] = "x"
	site, config := p.metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", content))
	warned(t, site.validate(t, config), "content.descripton: RemoteSiteSetting has no such element", `Did you mean "description"?`)
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
}

// Settings are there in every org: the first apply says what it changes, and destroying leaves or restores.
func TestMetadataSettings(t *testing.T) {
	t.Parallel()
	for _, onDestroy := range []string{"keep", "restore"} {
		t.Run(onDestroy, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			timeout := func() any {
				found, _ := o.Component("SecuritySettings", "Security")
				return found["sessionSettings"].(map[string]any)["sessionTimeout"]
			}
			before, _ := o.Component("SecuritySettings", "Security")
			content := parts{"sessionSettings": parts{"sessionTimeout": "FourHours"}, "networkAccess": parts{"ipRanges": rows{parts{"start": "192.0.2.1", "end": "192.0.2.9"}}}}
			security, config := o.speak(t).metadata(t, metadataConfig("SecuritySettings", "Security", content))
			if onDestroy != "keep" {
				config["on_destroy"] = textValue(onDestroy)
			}
			_, diags := security.plan(t, config)
			warned(t, diags, "The org has other SecuritySettings", `sessionSettings.sessionTimeout: "TwoHours" -> "FourHours"`, "terraform import salesforce_metadata.<name> SecuritySettings:Security")
			failed(t, nil, security.apply(t, config))
			security.lookAgain(t, config)
			after, _ := o.Component("SecuritySettings", "Security")
			if timeout() != "FourHours" || after["enableAdminLoginAsAnyUser"] != before["enableAdminLoginAsAnyUser"] {
				t.Errorf("the org has %v", after)
			}
			config = having(config, "content", dynamicValue(parts{"sessionSettings": parts{"sessionTimeout": "EightHours"}}))
			failed(t, nil, security.apply(t, config))
			security.lookAgain(t, config)
			diags = security.apply(t, nil)
			if onDestroy == "keep" {
				if warned(t, diags, "SecuritySettings stay as they are"); timeout() != "EightHours" {
					t.Errorf("the timeout is %v", timeout())
				}
				return
			}
			failed(t, nil, diags)
			restored, _ := o.Component("SecuritySettings", "Security")
			if ranges := restored["networkAccess"]; timeout() != "TwoHours" || fmt.Sprint(ranges) != fmt.Sprint(before["networkAccess"]) && len(ranges.(map[string]any)) > 0 {
				t.Errorf("the org has %v", restored)
			}
		})
	}
}

// Secrets are written, and stand nowhere.
func TestMetadataSecrets(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	content := parts{"label": "Billing", "endpoint": "https://billing.example.com", "principalType": "NamedUser", "protocol": "Password", "username": "robot"}
	credential, config := p.metadata(t, metadataConfig("NamedCredential", "Billing", content))
	secret := func(text string, version int) {
		config[secretAttribute] = dynamicValue(parts{"password": text})
		config["sensitive_content_wo_version"] = tftypes.NewValue(tftypes.Number, version)
	}
	has := func(want string) {
		t.Helper()
		if found, _ := o.Component("NamedCredential", "Billing"); found["password"] != want || found["username"] != "robot" {
			t.Errorf("the org has %v", found)
		}
	}
	secret("hunter2-first", 1)
	failed(t, nil, credential.apply(t, config))
	has("hunter2-first")
	credential.lookAgain(t, config)
	secret("hunter2-second", 1)
	if changed := credential.changes(t, config); len(changed) > 0 {
		t.Errorf("the plan changes %v", changed)
	}
	secret("hunter2-second", 2)
	failed(t, nil, credential.apply(t, config))
	has("hunter2-second")
	if state := fmt.Sprint(credential.state, string(credential.private)); strings.Contains(state, "hunter2") {
		t.Errorf("the state holds a secret: %s", state)
	}
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

// An import holds the whole component; what a configuration writes of it is no change.
func TestMetadataImport(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	site, config := p.metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	failed(t, nil, site.apply(t, config))
	site.state = p.imported(t, metadataType, "RemoteSiteSetting:Billing_API")
	site.identity, site.private = nil, nil
	content := siteContent()
	if got := plain(t, site.state["content"]); fmt.Sprint(got) != fmt.Sprint(content) {
		t.Errorf("the content is %v", got)
	}
	delete(content, "description")
	if changed := site.changes(t, having(config, "content", dynamicValue(content))); len(changed) > 0 {
		t.Errorf("the plan changes %v", changed)
	}
	var many rows
	for i := range mostImportedEntries + 1 {
		many = append(many, map[string]any{"apexClass": fmt.Sprintf("C%d", i), "enabled": "true"})
	}
	if err := o.SetComponent("MutingPermissionSet", "Many", parts{"label": "Many", "classAccesses": many}); err != nil {
		t.Skip(err)
	}
}

// Writes that fail leave a state with which the next apply goes on.
func TestMetadataFaults(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	site, config := o.speak(t).metadata(t, metadataConfig("RemoteSiteSetting", "Billing_API", siteContent()))
	o.FailComponent("RemoteSiteSetting", "Billing_API", 1, "FIELD_INTEGRITY_EXCEPTION", "The URL is not nice")
	refused(t, site.apply(t, config), `Unable to create RemoteSiteSetting "Billing_API"`, "The URL is not nice (FIELD_INTEGRITY_EXCEPTION)")
	if site.state != nil {
		t.Fatalf("the state is %v", site.state)
	}
	failed(t, nil, site.apply(t, config))
	content := siteContent()
	content["description"] = "Others"
	config = having(config, "content", dynamicValue(content))
	o.FailComponent("RemoteSiteSetting", "Billing_API", 1, "", "")
	refused(t, site.apply(t, config), `Unable to update RemoteSiteSetting "Billing_API"`, "gave no reason")
	if changed := site.changes(t, config); !slices.Equal(changed, []string{"content"}) {
		t.Errorf("the plan changes %v", changed)
	}
	failed(t, nil, site.apply(t, config))
	o.FailComponent("RemoteSiteSetting", "Billing_API", 1, "DEPENDENCY_EXISTS", "It is in use")
	refused(t, site.apply(t, nil), `Unable to delete RemoteSiteSetting "Billing_API"`, "It is in use", "Something else in the org needs it")
	failed(t, nil, site.apply(t, nil))
}

func TestAccMetadata(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	const address = "salesforce_metadata.site"
	config := func(active bool) string {
		return fmt.Sprintf(`
resource "salesforce_metadata" "site" {
  type      = "RemoteSiteSetting"
  full_name = "Billing_API"
  content = {
    url                     = "https://billing.example.com"
    isActive                = %t
    disableProtocolSecurity = "false"
    description             = null
  }
}

resource "salesforce_metadata" "set" {
  type      = "PermissionSet"
  full_name = "Desk"
  content = {
    label             = "Desk"
    objectPermissions = [for o in ["Contact", "Account"] : {
      object = o, allowRead = true, allowCreate = false, allowEdit = false, allowDelete = false, modifyAllRecords = false, viewAllRecords = false
    }]
  }
}
`, active)
	}
	empty := resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	o.test(
		t, func(*terraformState) error {
			if _, there := o.Component("RemoteSiteSetting", "Billing_API"); there {
				return fmt.Errorf("the site is still there")
			}
			return nil
		},
		resource.TestStep{Config: config(true), ConfigPlanChecks: empty, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(address, tfjsonpath.New("content").AtMapKey("isActive"), knownvalue.Bool(true)),
			statecheck.ExpectKnownValue(address, tfjsonpath.New("on_destroy"), knownvalue.StringExact("delete")),
		}},
		resource.TestStep{Config: config(false), ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), changesOnly(address, "content")},
			PostApplyPostRefresh: empty.PostApplyPostRefresh,
		}},
		resource.TestStep{
			PreConfig: func() {
				found, _ := o.Component("RemoteSiteSetting", "Billing_API")
				found["isActive"] = "true"
				if err := o.SetComponent("RemoteSiteSetting", "Billing_API", found); err != nil {
					t.Error(err)
				}
			},
			Config: config(false),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply:             []plancheck.PlanCheck{changesOnly(address, "content")},
				PostApplyPostRefresh: empty.PostApplyPostRefresh,
			},
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "RemoteSiteSetting:Billing_API", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"content"},
		},
	)
}
