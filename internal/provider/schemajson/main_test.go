package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// cannedServer is a provider that only answers the two questions schemajson asks.
type cannedServer struct {
	tfprotov6.ProviderServer

	schemas    tfprotov6.GetProviderSchemaResponse
	identities tfprotov6.GetResourceIdentitySchemasResponse
	err        error
}

func (s *cannedServer) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &s.schemas, s.err
}

func (s *cannedServer) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &s.identities, s.err
}

func TestWrite(t *testing.T) {
	t.Parallel()

	want, err := os.ReadFile("testdata/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := write(t.Context(), &got, everyKind(), tellCalls); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("schema (-want +got):\n%s", diff)
	}
}

func TestWriteFailsWhenTheProviderDoes(t *testing.T) {
	t.Parallel()

	refusal := []*tfprotov6.Diagnostic{
		{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "a warning is no failure"},
		{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Duplicate resource", Detail: "salesforce_user"},
	}
	for name, tc := range map[string]struct {
		server *cannedServer
		want   string
	}{
		"call":       {&cannedServer{err: errors.New("connection lost")}, "provider schema: connection lost"},
		"schema":     {&cannedServer{schemas: tfprotov6.GetProviderSchemaResponse{Diagnostics: refusal}}, "provider schema: Duplicate resource: salesforce_user"},
		"identities": {&cannedServer{identities: tfprotov6.GetResourceIdentitySchemasResponse{Diagnostics: refusal}}, "resource identity schemas: Duplicate resource: salesforce_user"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			var out strings.Builder
			err := write(t.Context(), &out, tc.server, tellCalls)
			if err == nil || err.Error() != tc.want {
				t.Errorf("error %v, want %q", err, tc.want)
			}
			if out.Len() != 0 {
				t.Errorf("a failure printed %q", out.String())
			}
		})
	}
}

func tellCalls(kind, typeName string) string {
	if typeName == "salesforce_org" {
		return ""
	}
	return "API calls of " + kind + " " + typeName + "."
}

// everyKind has one of everything that a schema can hold.
func everyKind() *cannedServer {
	text := func(name string) *tfprotov6.SchemaAttribute {
		return &tfprotov6.SchemaAttribute{
			Name: name, Type: tftypes.String, Optional: true,
			Description: "The `" + name + "`.", DescriptionKind: tfprotov6.StringKindMarkdown,
		}
	}
	schemaOf := func(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
		return &tfprotov6.Schema{Version: 1, Block: &tfprotov6.SchemaBlock{Attributes: attributes}}
	}
	user := schemaOf(
		&tfprotov6.SchemaAttribute{Name: "id", Type: tftypes.String, Computed: true},
		&tfprotov6.SchemaAttribute{Name: "password", Type: tftypes.String, Required: true, Sensitive: true, WriteOnly: true, Deprecated: true},
		&tfprotov6.SchemaAttribute{Name: "tags", Type: tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.Number}}, Optional: true},
		&tfprotov6.SchemaAttribute{Name: "permissions", Required: true, NestedType: &tfprotov6.SchemaObject{
			Nesting: tfprotov6.SchemaObjectNestingModeSet, Attributes: []*tfprotov6.SchemaAttribute{text("object")},
		}},
	)
	user.Block.Description = "A user."
	user.Block.BlockTypes = []*tfprotov6.SchemaNestedBlock{{
		TypeName: "timeouts", Nesting: tfprotov6.SchemaNestedBlockNestingModeSingle, Block: schemaOf(text("create")).Block, MaxItems: 1,
	}}
	return &cannedServer{
		schemas: tfprotov6.GetProviderSchemaResponse{
			Provider:                 schemaOf(text("instance_url")),
			ResourceSchemas:          map[string]*tfprotov6.Schema{"salesforce_user": user},
			DataSourceSchemas:        map[string]*tfprotov6.Schema{"salesforce_org": schemaOf(text("id"))},
			EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"salesforce_access_token": schemaOf(text("token"))},
			ListResourceSchemas:      map[string]*tfprotov6.Schema{"salesforce_user": schemaOf(text("where"))},
			ActionSchemas:            map[string]*tfprotov6.ActionSchema{"salesforce_freeze": {Schema: schemaOf(text("user"))}},
			Functions: map[string]*tfprotov6.Function{"id18": {
				Summary: "Long form", Description: "The long form of an ID.", DeprecationMessage: "Gone soon.",
				Return:            &tfprotov6.FunctionReturn{Type: tftypes.String},
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "id", Description: "An ID.", Type: tftypes.String, AllowNullValue: true}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "more", Type: tftypes.String},
			}},
		},
		identities: tfprotov6.GetResourceIdentitySchemasResponse{
			IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{"salesforce_user": {
				IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
					{Name: "id", Type: tftypes.String, Description: "The ID.", RequiredForImport: true},
					{Name: "org", Type: tftypes.String, OptionalForImport: true},
				},
			}},
		},
	}
}
