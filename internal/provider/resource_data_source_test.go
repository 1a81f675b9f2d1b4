package provider

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// mirrored is something in the org that a resource could manage, and how a data source may name it.
type mirrored struct {
	id, name  string
	key       string
	otherwise string // the name in another case
	misspelt  string
	absent    string // an id that nothing has
	// tells are values that the data source must tell.
	tells map[string]tftypes.Value
}

// mirroredThings puts something of each kind into the org.
func (o *testOrg) mirroredThings(t *testing.T) map[string]mirrored {
	t.Helper()
	o.withAppNeighbours(t)
	app := o.speak(t).resource(appType)
	failed(t, nil, app.apply(t, appConfig(t, app, smallApp(map[string]any{runAsKey: integrationName}))))
	appName := textIn(t, app.state, "name")

	o.set(t, "Member")
	group := o.speak(t).resource("salesforce_permission_set_group")
	failed(t, nil, group.apply(t, map[string]tftypes.Value{
		"name": tfText("Order_Desk"), "label": tfText("Order Desk"), "permission_sets": tfNames("Member"),
		"muted": o.nested(t, "salesforce_permission_set_group", "muted", config{"user_permissions": tfNames("ApiEnabled")}),
	}))
	o.setCustomPermission(t, "Correct_Invoices", map[string]any{"label": "Correct Invoices", requiredElement: oneRow("customPermission", "Bypass_Validation", "dependency", "true")})
	parent := o.insert(t, "UserRole", role("Operations"))
	child := role("Sales")
	child["ParentRoleId"] = parent
	return map[string]mirrored{
		"salesforce_external_client_app": {
			id: textIn(t, app.state, "id"), name: appName, key: "name", otherwise: "bILLING_sYNC", misspelt: "Billing_Sink", absent: "0xI000000000001AAA",
			tells: map[string]tftypes.Value{"consumer_key": app.state["consumer_key"]},
		},
		"salesforce_connected_app": {
			id: o.id(t, "ConnectedApplication", "Name", exportApp), name: exportApp, key: "name", otherwise: "nightly_export", misspelt: "Nightly_Exprt", absent: "0H4000000000001AAA",
		},
		"salesforce_permission_set_group": {
			id: textIn(t, group.state, "id"), name: "Order_Desk", key: "name", otherwise: "order_desk", misspelt: "Order_Dsk", absent: "0PG000000000001AAA",
			tells: map[string]tftypes.Value{"permission_sets": tfNames("Member"), "muted": group.state["muted"], "status": tfText("Updated"), "namespace_prefix": tftypes.NewValue(tftypes.String, nil)},
		},
		"salesforce_custom_permission": {
			id: o.id(t, customPermissionKind, "DeveloperName", "Correct_Invoices"), name: "Correct_Invoices", key: "name", otherwise: "correct_invoices", misspelt: "Corect_Invoices", absent: "0CP000000000001AAA",
			tells: map[string]tftypes.Value{"required_permissions": tfNames("Bypass_Validation"), "namespace_prefix": tftypes.NewValue(tftypes.String, nil)},
		},
		"salesforce_user_role": {
			id: o.insert(t, "UserRole", child), name: "Sales", key: "developer_name", otherwise: "sales", misspelt: "Salse", absent: "00E000000000001AAA",
			tells: map[string]tftypes.Value{"parent_role_id": tfText(parent)},
		},
	}
}

// A data source that is made of a resource tells what the resource's state would after an import, by id and by name.
func TestResourceDataSources(t *testing.T) {
	t.Parallel()
	for typeName := range newOrg(t).mirroredThings(t) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			thing := o.mirroredThings(t)[typeName]
			o.ResetRequests()
			p := o.speak(t)
			want := p.imported(t, typeName, thing.id)
			delete(want, "timeouts")
			for key, given := range map[string][]string{"id": {thing.id, thing.id[:15]}, thing.key: {thing.name, thing.otherwise}} {
				for _, name := range given {
					got, diags := p.readData(t, typeName, map[string]tftypes.Value{key: tfText(name)})
					failed(t, nil, diags)
					for attribute, value := range merge(want, thing.tells) {
						if attribute != key && !got[attribute].Equal(value) { // the key may stay as it is written
							t.Errorf("by %s %s: %s is %s, not %s", key, name, attribute, got[attribute], value)
						}
					}
				}
			}
			for key, name := range map[string]string{"id": thing.absent, thing.key: thing.misspelt} {
				_, diags := p.readData(t, typeName, map[string]tftypes.Value{key: tfText(name)})
				refused(t, diags, "Unknown", name)
				onAttribute(t, diags, key)
				if key != "id" {
					refused(t, diags, `Did you mean "`+thing.name+`"?`)
				}
			}
			_, diags := p.readData(t, typeName, nil)
			refused(t, diags, "Invalid Attribute Combination")
			_, diags = p.readData(t, typeName, map[string]tftypes.Value{"id": tfText("001000000000001AAA")})
			refused(t, diags, "must be the id of")
		})
	}
}

func merge[V any](all ...map[string]V) map[string]V {
	merged := map[string]V{}
	for _, some := range all {
		maps.Copy(merged, some)
	}
	return merged
}

// What a resource notes about its state while it reads is not noted for what a data source reads: a name that the org has stays taken.
func TestResourceDataSourceTracksNothing(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Desk", "MasterLabel": "Desk"})
	p := o.speak(t)
	_, diags := p.readData(t, "salesforce_permission_set_group", map[string]tftypes.Value{"name": tfText("Desk")})
	failed(t, nil, diags)
	_, diags = p.resource("salesforce_permission_set_group").plan(t, map[string]tftypes.Value{"name": tfText("Desk"), "label": tfText("Desk")})
	refused(t, diags, "name is taken")
}

// The mock org has no groups of packages.
func TestNamespaceIn(t *testing.T) {
	t.Parallel()
	null := tftypes.NewValue(tftypes.String, nil)
	for name, want := range map[string]tftypes.Value{"Desk": null, "Order_Desk": null, "acme__Desk": tfText("acme"), "acme__Order_Desk": tfText("acme")} {
		if got := namespaceIn(tfText(name)); !got.Equal(want) {
			t.Errorf("%s has the namespace %s", name, got)
		}
	}
	if got := namespaceIn(null); !got.IsNull() {
		t.Errorf("no name has the namespace %s", got)
	}
}

// A refusal by Salesforce is passed on, whichever step meets it.
func TestResourceDataSourceRefused(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Desk", "MasterLabel": "Desk"})
	for _, step := range []string{"FROM PermissionSetGroup", "readMetadata"} {
		o.Fail(sfmock.Match{Contains: step}, 1, sfmock.Fault{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Message: "no"})
		_, diags := o.speak(t).readData(t, "salesforce_permission_set_group", map[string]tftypes.Value{"name": tfText("Desk")})
		refused(t, diags, `Unable to read permission set group "Desk"`, "INSUFFICIENT_ACCESS")
	}
}

// Every attribute of such a data source is one of its resource, and the other way round.
func TestResourceDataSourceSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).DataSources(t.Context()) {
		d, ok := constructor().(*resourceDataSource)
		if !ok {
			continue
		}
		var managed resource.SchemaResponse
		d.resource().Schema(t.Context(), resource.SchemaRequest{}, &managed)
		var read datasource.SchemaResponse
		d.Schema(t.Context(), datasource.SchemaRequest{}, &read)
		var lacking []string
		for name, attribute := range managed.Schema.Attributes {
			switch own, there := read.Schema.Attributes[name]; {
			case !there:
				lacking = append(lacking, name)
			case !own.GetType().TerraformType(t.Context()).Equal(attribute.GetType().TerraformType(t.Context())):
				t.Errorf("%s: %s is a %s, not a %s", d.noun, name, own.GetType(), attribute.GetType())
			case !own.IsComputed():
				t.Errorf("%s: %s is not read", d.noun, name)
			}
		}
		if slices.Sort(lacking); !slices.Equal(lacking, []string{"timeouts"}) && lacking != nil {
			t.Errorf("%s lacks %v", d.noun, lacking)
		}
		for name := range read.Schema.Attributes {
			if managed.Schema.Attributes[name] == nil && name != namespaceAttribute {
				t.Errorf("%s: %s is no attribute of the resource", d.noun, name)
			}
		}
	}
}
