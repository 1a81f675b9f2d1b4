package provider

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// readData reads a data source through the protocol, as Terraform does.
func (p *protocol) readData(t *testing.T, typeName string, arguments config) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	t.Helper()
	schemas, err := p.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	failed(t, err, schemas.Diagnostics)
	kind := schemas.DataSourceSchemas[typeName].ValueType()
	given := value(t, kind, arguments)
	valid, err := p.server.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: given})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(valid.Diagnostics) {
		return nil, valid.Diagnostics
	}
	read, err := p.server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: given})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(read.Diagnostics) {
		return nil, read.Diagnostics
	}
	return object(t, read.State, kind), read.Diagnostics
}

const mfaType = "salesforce_mfa_readiness"

// many fills an org with people of three kinds of logins each.
func (o *testOrg) many(t *testing.T, n int) {
	t.Helper()
	o.seats(t, "Salesforce", -1)
	profile := o.profile(t, "Standard User")
	for i := range n {
		user := o.insert(t, "User", person(fmt.Sprintf("person%05d@example.com", i), profile))
		for _, columns := range []map[string]any{
			{"LoginType": "SAML Sfdc Initiated SSO", "AuthMethodReference": []string{"mfa", "pwd"}[i%2]},
			{"LoginType": "Remote Access 2.0", "LoginSubType": "OauthHybridRefreshToken", "Application": "Salesforce for iOS"},
		} {
			columns["UserId"], columns["LoginTime"], columns["Status"] = user, time.Now().Add(-time.Hour), "Success"
			o.insert(t, "LoginHistory", columns)
		}
	}
}

func TestMFAReadinessOfManyUsers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.many(t, 10_000)
	p := o.speak(t)
	o.ResetRequests()
	start := time.Now()
	state, diags := p.readData(t, mfaType, config{})
	failed(t, nil, diags)
	t.Log(time.Since(start), len(o.Requests(sfmock.Match{})), state["counts"])
}
