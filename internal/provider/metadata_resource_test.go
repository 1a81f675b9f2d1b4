package provider

import (
	"errors"
	"fmt"
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

	// What the org has already is not written again.
	o.ResetRequests()
	failed(t, nil, site.apply(t, having(config, "on_destroy", textValue("keep"))))
	if n := len(o.Requests(sfmock.Match{Contains: "updateMetadata"})); n > 0 {
		t.Errorf("%d updates were sent", n)
	}
	failed(t, nil, site.apply(t, having(config, "on_destroy", textValue("delete"))))

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
			fullName := "Desk_" + strings.ReplaceAll(name, " ", "_")
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
}

// A component with hundreds of entries is imported as a text, which Terraform takes at once.
func TestMetadataImportMany(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	var values strings.Builder
	for i := range mostImportedEntries + 1 {
		fmt.Fprintf(&values, "<customValue><fullName>V%d</fullName><default>false</default><label>V%d</label></customValue>", i, i)
	}
	source := "<GlobalValueSet>" + values.String() + "<masterLabel>Many</masterLabel><sorted>false</sorted></GlobalValueSet>"
	set, config := p.metadata(t, map[string]tftypes.Value{"type": textValue("GlobalValueSet"), "full_name": textValue("Many"), "source": textValue(source)})
	failed(t, nil, set.apply(t, config))
	set.lookAgain(t, config)
	set.state = p.imported(t, metadataType, "GlobalValueSet:Many")
	if text := plain(t, set.state["source"]); !set.state["content"].IsNull() || strings.Count(fmt.Sprint(text), "<customValue>") != mostImportedEntries+1 {
		t.Errorf("the state has the source %.200v", text)
	}
	set.identity, set.private = nil, nil
	failed(t, nil, set.apply(t, config)) // in this type the order means something
	set.lookAgain(t, config)
}

// Types of all kinds come back as they went: in folders, with values that say their type, with lists in lists.
func TestMetadataTypes(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	for _, c := range []struct {
		kind, name string
		content    parts
	}{
		{"CspTrustedSite", "Maps", parts{"endpointUrl": "https://maps.example.com", "isActive": true, "context": "All"}},
		{"Group", "Desk", parts{"name": "Desk", "doesIncludeBosses": true}},
		{"Report", "Sales_Reports/Open_Orders", parts{"name": "Open Orders", "format": "Tabular", "reportType": "Opportunity", "columns": rows{parts{"field": "AMOUNT"}, parts{"field": "STAGE"}}}},
		{"ReportFolder", "Sales_Reports", parts{"name": "Sales Reports", "folderShares": rows{parts{"accessLevel": "View", "sharedTo": "Desk", "sharedToType": "Group"}}}},
		{"CustomMetadata", "Limit__mdt.Daily", parts{"label": "Daily", "values": rows{
			parts{"field": "On__c", "value": true}, parts{"field": "Most__c", "value": 12}, parts{"field": "Text__c", "value": "x"},
		}}},
		{"Role", "Desk", parts{"name": "Desk", "mayForecastManagerShare": false}},
		{"TransactionSecurityPolicy", "Exports", parts{"active": true, "masterLabel": "Exports", "developerName": "Exports", "action": parts{
			"block": true, "endSession": false, "freezeUser": false, "twoFactorAuthentication": false,
			"notifications": rows{parts{"inApp": false, "sendEmail": true, "user": "ada@example.com"}},
		}}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()
			component, config := p.metadata(t, metadataConfig(c.kind, c.name, c.content))
			failed(t, nil, component.apply(t, config))
			component.lookAgain(t, config)
			imported := p.imported(t, metadataType, c.kind+":"+c.name)
			component.state, component.identity, component.private = imported, nil, nil
			failed(t, nil, component.apply(t, config)) // the lists may come in another order
			component.lookAgain(t, config)
			failed(t, nil, component.apply(t, nil))
			if found, there := o.Component(c.kind, c.name); there {
				t.Errorf("the org still has %v", found)
			}
		})
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
				return errors.New("the site is still there")
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
