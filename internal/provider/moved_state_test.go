package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const archivedAddress = "registry.terraform.io/hashicorp/salesforce"

// moving is a state that some resource left, and the configuration that goes on with it under another.
type moving struct {
	from, to string
	state    map[string]any
	config   map[string]any
}

// archivedStates are as hashicorp/salesforce 0.1.0 wrote them. Source: its schemas, which are of version 0.
func archivedStates(t *testing.T, o *testOrg) []moving {
	t.Helper()
	standard, licence := o.profile(t, "Standard User"), o.id(t, "UserLicense", "Name", "Salesforce")
	roleID := o.insert(t, "UserRole", role("Sellers"))
	seller := person("seller@example.com", standard)
	seller["UserRoleId"], seller["CommunityNickname"] = roleID, "seller"
	sync := person(integrationName, o.profile(t, apiOnlyProfiles[0]))
	profileID := o.insert(t, "Profile", map[string]any{"Name": "Billing", "Description": "Bills", "UserLicenseId": licence, "PermissionsViewSetup": true})
	user := func(id string, of map[string]any) map[string]any {
		return map[string]any{
			"id": id, "username": of["Username"], "email": of["Email"], "alias": of["Alias"], "last_name": of["LastName"], "profile_id": of["ProfileId"], "user_role_id": of["UserRoleId"],
			"email_encoding_key": "UTF-8", "language_locale_key": "en_US", "locale_sid_key": "en_US", "time_zone_sid_key": "GMT", "reset_password": false,
		}
	}
	written := func(state map[string]any) map[string]any {
		config := map[string]any{}
		for name, value := range state {
			if name != "id" && name != "reset_password" && value != nil {
				config[name] = value
			}
		}
		return config
	}
	ofSeller, ofSync := user(o.insert(t, "User", seller), seller), user(o.integration(t), sync)
	ofRole := map[string]any{"id": roleID, "name": "Sellers", "developer_name": "Sellers", "parent_role_id": nil}
	return []moving{
		{"salesforce_user", "salesforce_user", ofSeller, written(ofSeller)},
		{"salesforce_user", "salesforce_integration_user", ofSync, map[string]any{"username": integrationName, "email": integrationName, "last_name": "Person"}},
		{"salesforce_user_role", "salesforce_user_role", ofRole, written(ofRole)},
		{
			"salesforce_profile", "salesforce_profile",
			map[string]any{"id": profileID, "name": "Billing", "description": "Bills", "user_license_id": licence, "permissions": map[string]bool{"ViewSetup": true}},
			map[string]any{"name": "Billing", "description": "Bills", "user_license": "Salesforce", "user_permissions": []string{"ViewSetup"}},
		},
	}
}

// integration puts an integration's user into the org, with the licence that those have.
func (o *testOrg) integration(t *testing.T) (id string) {
	t.Helper()
	id = o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	o.insert(t, "PermissionSetLicenseAssign", map[string]any{"AssigneeId": id, "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)})
	return id
}

// What hashicorp/salesforce left is taken over, by a moved block and by terraform state replace-provider, and plans no change.
func TestArchivedStates(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	for _, m := range archivedStates(t, o) {
		for _, address := range []string{archivedAddress, "registry.opentofu.org/example/salesforce"} {
			p.resource(m.to).takes(t, m, address)
		}
		if m.from == m.to {
			i := p.resource(m.to)
			answer, err := p.server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: m.to, Version: 0, RawState: rawState(t, m.state)})
			failed(t, err, answer.Diagnostics)
			i.state = object(t, answer.UpgradedState, i.kind())
			i.continues(t, m.config)
		}
	}
}

// A user becomes an integration's and the other way round, and keeps what only Terraform knows of it.
func TestUserMovesBetweenItsTypes(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	profile := o.profile(t, apiOnlyProfiles[0])
	id := o.integration(t)
	p := o.speak(t)
	config := map[string]any{"username": integrationName, "email": integrationName, "last_name": "Person", "release_username": true}
	asUser := map[string]any{"profile_id": profile}
	maps.Copy(asUser, config)
	state := map[string]any{"id": id, "release_username": true}
	p.resource("salesforce_integration_user").takes(t, moving{"salesforce_user", "salesforce_integration_user", state, config}, address)
	p.resource("salesforce_user").takes(t, moving{"salesforce_integration_user", "salesforce_user", state, asUser}, address)
}

// A person does not become an integration by a moved block.
func TestPersonIsNoIntegration(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	id := o.insert(t, "User", person("person@example.com", o.profile(t, "Standard User")))
	i := o.speak(t).resource("salesforce_integration_user")
	failed(t, nil, i.move(t, moving{from: "salesforce_user", state: map[string]any{"id": id}}, address))
	failed(t, nil, i.read(t))
	_, diags := i.plan(t, tfValues(t, i, map[string]any{"username": "person@example.com", "email": "person@example.com", "last_name": "Person", "profile": "Standard User"}))
	refused(t, diags, "Standard User")
}

func TestRefusedMoves(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	for name, c := range map[string]struct {
		m       moving
		address string
		message string
	}{
		"another type":     {moving{"salesforce_profile", "salesforce_user", map[string]any{"id": "00eHs0000000001IAA"}, nil}, archivedAddress, "salesforce_profile"},
		"another provider": {moving{"salesforce_user", "salesforce_user", map[string]any{"id": "005Hs0000000001IAA"}, nil}, "registry.terraform.io/example/ldap", "example/ldap"},
		"no id":            {moving{"salesforce_user", "salesforce_user", map[string]any{"id": ""}, nil}, archivedAddress, "terraform state rm"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, p.resource(c.m.to).move(t, c.m, c.address), c.message)
		})
	}
}

// takes moves a state of another resource here, and checks that it plans no change.
func (i *instance) takes(t *testing.T, m moving, address string) {
	t.Helper()
	failed(t, nil, i.move(t, m, address))
	i.continues(t, m.config)
}

// move takes over a state of another resource, as a moved block does.
func (i *instance) move(t *testing.T, m moving, address string) []*tfprotov6.Diagnostic {
	t.Helper()
	answer, err := i.server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: address, SourceTypeName: m.from, SourceState: rawState(t, m.state), TargetTypeName: i.typeName,
	})
	if err != nil {
		t.Fatal(err)
	}
	if !hasErrors(answer.Diagnostics) {
		i.state, i.identity = object(t, answer.TargetState, i.kind()), answer.TargetIdentity
	}
	return answer.Diagnostics
}

// continues reads the state and checks that a configuration changes nothing.
func (i *instance) continues(t *testing.T, config map[string]any) {
	t.Helper()
	failed(t, nil, i.read(t))
	if changed := i.changedPaths(t, tfValues(t, i, config)); changed != nil {
		t.Errorf("%s: the plan changes %q", i.typeName, changed)
	}
}

func rawState(t *testing.T, state map[string]any) *tfprotov6.RawState {
	t.Helper()
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.RawState{JSON: text}
}

// tfValues is a configuration from plain values.
func tfValues(t *testing.T, i *instance, plain map[string]any) map[string]tftypes.Value {
	t.Helper()
	values := map[string]tftypes.Value{}
	for name, value := range plain {
		values[name] = tfValue(t, i.kind().AttributeTypes[name], value)
	}
	return values
}

// The same with Terraform itself: the state names another provider, and is taken over by either way, under the name that each of them asks for.
func TestAccArchivedStates(t *testing.T) {
	t.Parallel()
	for name, command := range map[string][]string{"moved": nil, "replaced": {"state", "replace-provider", "-auto-approve", "hashicorp/salesforce", "terraform-salesforce/salesforce"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			c := o.cli(t, archivedAddress) // Terraform wants that provider, too, but asks it for its schema only
			var config strings.Builder
			var resources []map[string]any
			for _, m := range archivedStates(t, o) {
				if m.from != m.to && command != nil { // a user who becomes an integration's is moved, which comes afterwards
					continue
				}
				resources = append(resources, map[string]any{
					"mode": "managed", "type": m.from, "name": "old_" + m.to, "provider": fmt.Sprintf("provider[%q]", archivedAddress),
					"instances": []any{map[string]any{"schema_version": 0, "attributes": m.state, "sensitive_attributes": []any{}}},
				})
				label := "old_" + m.to
				if command == nil {
					label = "new"
					fmt.Fprintf(&config, "moved {\n  from = %s.old_%s\n  to = %s.new\n}\n", m.from, m.to, m.to)
				}
				fmt.Fprintf(&config, "resource %q %q {\n", m.to, label)
				for attribute, value := range m.config {
					text, err := json.Marshal(value)
					if err != nil {
						t.Fatal(err)
					}
					fmt.Fprintf(&config, "  %s = %s\n", attribute, text)
				}
				config.WriteString("}\n")
			}
			state, err := json.Marshal(map[string]any{"version": 4, "terraform_version": "1.5.7", "serial": 1, "lineage": "0d9a3b5c-7a1e-4a53-a7a8-7e0f0d9a3b5c", "outputs": map[string]any{}, "resources": resources})
			if err != nil {
				t.Fatal(err)
			}
			c.write(t, "terraform.tfstate", string(state))
			c.write(t, "main.tf", config.String())
			if command != nil {
				c.run(t, command...)
			}
			if said := c.run(t, "apply", "-auto-approve"); !strings.Contains(said, "0 added, 0 changed, 0 destroyed") {
				t.Error(said)
			}
			c.unchanged(t)
			if left := c.read(t, "terraform.tfstate"); strings.Contains(left, "hashicorp") {
				t.Error(left)
			}
		})
	}
}
