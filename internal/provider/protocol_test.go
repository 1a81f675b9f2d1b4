package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// protocol is the provider spoken to as Terraform does, for what the installed Terraform is too old to ask: resource identity
// came with 1.12, list resources and actions with 1.14.
type protocol struct {
	org        *testOrg
	server     tfprotov6.ProviderServer
	all        *tfprotov6.GetProviderSchemaResponse
	schemas    map[string]*tfprotov6.Schema // of resources
	identities map[string]*tfprotov6.ResourceIdentitySchema
}

// speak starts the provider with a ready token of the administrator, and with some checks of the lockout guard switched off.
func (o *testOrg) speak(t *testing.T, disabled ...lockoutCheck) *protocol {
	t.Helper()
	token, err := o.Token(o.AdministratorUsername())
	if err != nil {
		t.Fatal(err)
	}
	return o.speakBy(t, map[string]tftypes.Value{"instance_url": tftypes.NewValue(tftypes.String, o.url), "access_token": tftypes.NewValue(tftypes.String, token)}, disabled...)
}

// everySchema is asked for once: that takes longer than most plans.
var everySchema = sync.OnceValues(func() (*protocol, error) {
	server, err := factories["salesforce"]()
	if err != nil {
		return nil, err
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || hasErrors(schemas.Diagnostics) {
		return nil, fmt.Errorf("schemas: %w %v", err, schemas.Diagnostics)
	}
	identities, err := server.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil || hasErrors(identities.Diagnostics) {
		return nil, fmt.Errorf("identities: %w %v", err, identities.Diagnostics)
	}
	return &protocol{all: schemas, schemas: schemas.ResourceSchemas, identities: identities.IdentitySchemas}, nil
})

// speakBy starts the provider and configures it for the org.
func (o *testOrg) speakBy(t *testing.T, arguments map[string]tftypes.Value, disabled ...lockoutCheck) *protocol {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(&salesforceProvider{version: "test", transport: o.transport})()
	if err != nil {
		t.Fatal(err)
	}
	known, err := everySchema()
	if err != nil {
		t.Fatal(err)
	}
	arguments["lockout_protection"] = lockoutProtection(disabled)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: value(t, known.all.Provider.ValueType(), arguments)})
	failed(t, err, configured.Diagnostics)
	return &protocol{o, server, known.all, known.schemas, known.identities}
}

func lockoutProtection(disabled []lockoutCheck) tftypes.Value {
	set := tftypes.Set{ElementType: tftypes.String}
	names := make([]tftypes.Value, len(disabled))
	for i, check := range disabled {
		names[i] = tftypes.NewValue(tftypes.String, string(check))
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"disabled_checks": set}}, map[string]tftypes.Value{"disabled_checks": tftypes.NewValue(set, names)})
}

// failed ends the test on an error of the protocol or a diagnostic of the provider.
func failed(t *testing.T, err error, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			t.Fatalf("%s: %s", d.Summary, d.Detail)
		}
	}
}

// value is an object of the given type whose other attributes are null.
func value(t *testing.T, of tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	object := of.(tftypes.Object)
	for name, kind := range object.AttributeTypes {
		if _, given := attributes[name]; !given {
			attributes[name] = tftypes.NewValue(kind, nil)
		}
	}
	dynamic, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, attributes))
	if err != nil {
		t.Fatal(err)
	}
	return &dynamic
}

// imported is the state of a resource that is imported by an id and read.
func (p *protocol) imported(t *testing.T, typeName, id string) map[string]tftypes.Value {
	t.Helper()
	imported, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
	failed(t, err, imported.Diagnostics)
	first := imported.ImportedResources[0]
	read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: first.State, CurrentIdentity: first.Identity})
	failed(t, err, read.Diagnostics)
	return object(t, read.NewState, p.schemas[typeName].ValueType())
}

// importByIdentity imports a resource by its identity and reads it, as an import block with identity does.
func (p *protocol) importByIdentity(t *testing.T, typeName, id string) map[string]tftypes.Value {
	t.Helper()
	identity := p.identities[typeName].ValueType()
	imported, err := p.server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: typeName,
		Identity: &tfprotov6.ResourceIdentityData{IdentityData: value(t, identity, identityOf(typeName, id))},
	})
	failed(t, err, imported.Diagnostics)
	first := imported.ImportedResources[0]
	read, err := p.server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: first.State, CurrentIdentity: first.Identity})
	failed(t, err, read.Diagnostics)
	if got := object(t, read.NewIdentity.IdentityData, identity); !maps.EqualFunc(got, identityOf(typeName, id), tftypes.Value.Equal) {
		t.Errorf("the identity is %s after reading, not %s", got, id)
	}
	return object(t, read.NewState, p.schemas[typeName].ValueType())
}

// identityOf is the identity of a thing: the id of a record, the two halves of a component's.
func identityOf(typeName, id string) map[string]tftypes.Value {
	if typeName != metadataType {
		return map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, id)}
	}
	kind, name, _ := strings.Cut(id, ":")
	return map[string]tftypes.Value{"type": tftypes.NewValue(tftypes.String, kind), "full_name": tftypes.NewValue(tftypes.String, name)}
}

func object(t *testing.T, dynamic *tfprotov6.DynamicValue, of tftypes.Type) map[string]tftypes.Value {
	t.Helper()
	v, err := dynamic.Unmarshal(of)
	if err != nil {
		t.Fatal(err)
	}
	if v.IsNull() {
		return nil
	}
	attributes := map[string]tftypes.Value{}
	if err := v.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes
}

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	user := o.insert(t, "User", person(integrationName, o.profile(t, apiOnlyProfiles[0])))
	set := o.set(t, "Billing")
	org := o.Records("Organization")[0]["Id"].(string)
	o.setPolicy(t, "ProfileSessionSetting", "Standard", sessionBase())
	o.setPolicy(t, "ProfilePasswordPolicy", "Standard", passwordBase())
	o.handMade(t, "Invoices")
	things := map[string]struct{ id, attribute, want string }{
		"salesforce_user":             {user, "username", integrationName},
		"salesforce_integration_user": {user, "profile", apiOnlyProfiles[0]},
		"salesforce_profile":          {o.profile(t, apiOnlyProfiles[0]), "full_name", apiOnlyProfiles[0]},
		"salesforce_user_role":        {o.insert(t, "UserRole", role("Sales")), "name", "Sales"},
		"salesforce_permission_set":   {set, "name", "Billing"},
		"salesforce_session_settings": {org, "session_timeout", "TwoHours"}, "salesforce_password_policies": {org, "complexity", "AlphaNumeric"},
		"salesforce_single_sign_on_settings": {org, "on_destroy", "keep"}, "salesforce_oauth_settings": {org, "on_destroy", "keep"},
		"salesforce_my_domain_settings": {org, "edge_routing_method", "global"}, "salesforce_trusted_ip_ranges": {org, "on_destroy", "keep"},
		"salesforce_profile_session_setting": {o.profile(t, "Standard User"), "profile", "Standard User"},
		"salesforce_profile_password_policy": {o.profile(t, "Standard User"), "profile", "Standard User"},
		"salesforce_external_client_app":     {o.id(t, appKind, "DeveloperName", "Invoices"), "name", "Invoices"},
		"salesforce_metadata":                {"SecuritySettings:Security", "on_destroy", "keep"},
		"salesforce_connected_app":           {o.id(t, "ConnectedApplication", "Name", "Nightly_Export"), "name", "Nightly_Export"},
		"salesforce_custom_permission":       {o.id(t, customPermissionKind, "DeveloperName", "Bypass_Validation"), "name", "Bypass_Validation"},
		"salesforce_permission_set_group": {
			o.insert(t, "PermissionSetGroup", map[string]any{"DeveloperName": "Desk", "MasterLabel": "Desk"}), "name", "Desk",
		},
		"salesforce_permission_set_assignment": {
			o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": set}), "username", integrationName,
		},
		"salesforce_permission_set_license_assignment": {o.insert(t, "PermissionSetLicenseAssign", map[string]any{
			"AssigneeId": user, "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense),
		}), "username", integrationName},
	}
	p := o.speak(t)
	for _, typeName := range slices.Sorted(maps.Keys(p.schemas)) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			thing, known := things[typeName]
			if !known {
				t.Fatal("no case imports this resource by identity")
			}
			state := p.importByIdentity(t, typeName, thing.id)
			if got := state[thing.attribute]; !got.Equal(tftypes.NewValue(tftypes.String, thing.want)) {
				t.Errorf("%s is %s, not %s", thing.attribute, got, thing.want)
			}
		})
	}
}

// What is gone is taken out of the state, with a warning and with its identity still given, as Terraform before 1.12 demands.
func TestReadGone(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	prefixes := map[string]string{
		"salesforce_user": "005", "salesforce_integration_user": "005", "salesforce_user_role": "00E", "salesforce_profile": "00e", "salesforce_permission_set": "0PS", "salesforce_connected_app": "0H4",
		"salesforce_permission_set_group": "0PG", "salesforce_permission_set_assignment": "0Pa", "salesforce_permission_set_license_assignment": "2LA",
		"salesforce_session_settings": "00D", "salesforce_password_policies": "00D", "salesforce_single_sign_on_settings": "00D", "salesforce_oauth_settings": "00D",
		"salesforce_my_domain_settings": "00D", "salesforce_trusted_ip_ranges": "00D", "salesforce_profile_session_setting": "00e", "salesforce_profile_password_policy": "00e",
		"salesforce_external_client_app": "0xI", "salesforce_custom_permission": "0CP",
	}
	for _, typeName := range slices.Sorted(maps.Keys(p.schemas)) {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			if prefixes[typeName] == "" && typeName != metadataType {
				t.Fatal("no id of this resource is known")
			}
			attributes := map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, sfclient.ID18(prefixes[typeName]+"Hs0999999999"))}
			if typeName == metadataType {
				attributes = identityOf(typeName, "RemoteSiteSetting:Gone")
			}
			state := value(t, p.schemas[typeName].ValueType(), attributes)
			read, err := p.server.ReadResource(context.WithoutCancel(t.Context()), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: state})
			failed(t, err, read.Diagnostics)
			if attributes := object(t, read.NewState, p.schemas[typeName].ValueType()); attributes != nil {
				t.Errorf("the state still holds %v", attributes)
			}
			if len(read.Diagnostics) != 1 || read.NewIdentity == nil {
				t.Errorf("%d warnings and identity %v", len(read.Diagnostics), read.NewIdentity)
			}
		})
	}
}

// A plan of what does not exist yet asks nothing twice: the facts of an org are asked once a process.
func TestPlanAsksFactsOnce(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	o.ResetRequests()
	schema := p.schemas["salesforce_integration_user"].ValueType()
	for range 3 {
		proposed := map[string]tftypes.Value{
			"username": tftypes.NewValue(tftypes.String, integrationName), "last_name": tftypes.NewValue(tftypes.String, "Sync"),
			"email": tftypes.NewValue(tftypes.String, "integrations@example.com"),
		}
		config := value(t, schema, maps.Clone(proposed))
		for _, computed := range []string{"id", "alias", "profile", "permission_sets", "permission_set_licenses", "first_name"} {
			proposed[computed] = tftypes.NewValue(schema.(tftypes.Object).AttributeTypes[computed], tftypes.UnknownValue)
		}
		proposed["is_active"] = tftypes.NewValue(tftypes.Bool, true)
		null, err := tfprotov6.NewDynamicValue(schema, tftypes.NewValue(schema, nil))
		if err != nil {
			t.Fatal(err)
		}
		planned, err := p.server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: "salesforce_integration_user", Config: config, ProposedNewState: value(t, schema, proposed), PriorState: &null,
		})
		failed(t, err, planned.Diagnostics)
	}
	for _, fact := range []string{"FROM Organization", "FROM Profile", "FROM UserLicense", "FROM PermissionSetLicense"} {
		if n := len(o.Requests(sfmock.Match{Contains: fact})); n != 1 {
			t.Errorf("%s was asked %d times", fact, n)
		}
	}
}
