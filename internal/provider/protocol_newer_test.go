package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// listedResult is one result of a list resource.
type listedResult struct {
	name     string
	identity map[string]tftypes.Value
	resource map[string]tftypes.Value // nil unless it was asked for
}

// id is the import id of what is listed.
func (r listedResult) id(t *testing.T) string {
	t.Helper()
	if kind, isMetadata := r.identity["type"]; isMetadata {
		return as[string](t, kind) + ":" + as[string](t, r.identity["full_name"])
	}
	return as[string](t, r.identity["id"])
}

// list asks a list resource for at most so many results, whole or not, as terraform query does.
func (p *protocol) list(t *testing.T, typeName string, config map[string]tftypes.Value, whole bool, limit int64) ([]listedResult, []*tfprotov6.Diagnostic) {
	t.Helper()
	dynamic := value(t, p.all.ListResourceSchemas[typeName].ValueType(), config)
	server := p.server.(tfprotov6.ListResourceServer)
	valid, err := server.ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: dynamic})
	if err != nil || hasErrors(valid.Diagnostics) {
		return nil, valid.Diagnostics
	}
	stream, err := server.ListResource(t.Context(), &tfprotov6.ListResourceRequest{TypeName: typeName, Config: dynamic, IncludeResource: whole, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	var results []listedResult
	var diags []*tfprotov6.Diagnostic
	for result := range stream.Results {
		if diags = append(diags, result.Diagnostics...); hasErrors(result.Diagnostics) {
			continue
		}
		one := listedResult{name: result.DisplayName, identity: object(t, result.Identity.IdentityData, p.identities[typeName].ValueType())}
		if whole {
			one.resource = object(t, result.Resource, p.schemas[typeName].ValueType())
		}
		results = append(results, one)
	}
	return results, diags
}

// wholeList is a configuration of a list resource that leaves out nothing that can be left out.
func wholeList(typeName string) map[string]tftypes.Value {
	if typeName == metadataType {
		return map[string]tftypes.Value{"type": textValue("PermissionSet")}
	}
	return map[string]tftypes.Value{}
}

// names are the display names of results.
func names(results []listedResult) []string {
	var all []string
	for _, result := range results {
		all = append(all, result.name)
	}
	return all
}

// planAction validates and plans an action.
func (p *protocol) planAction(t *testing.T, typeName string, config map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	t.Helper()
	dynamic := value(t, p.all.ActionSchemas[typeName].Schema.ValueType(), config)
	server := p.server.(tfprotov6.ActionServer)
	valid, err := server.ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: dynamic})
	if err != nil {
		t.Fatal(err)
	}
	if hasErrors(valid.Diagnostics) {
		return valid.Diagnostics
	}
	planned, err := server.PlanAction(t.Context(), &tfprotov6.PlanActionRequest{ActionType: typeName, Config: dynamic})
	if err != nil {
		t.Fatal(err)
	}
	return append(valid.Diagnostics, planned.Diagnostics...)
}

// invoke invokes an action without planning it, and returns what it said on the way.
func (p *protocol) invoke(t *testing.T, typeName string, config map[string]tftypes.Value) (progress []string, diags []*tfprotov6.Diagnostic) {
	t.Helper()
	dynamic := value(t, p.all.ActionSchemas[typeName].Schema.ValueType(), config)
	stream, err := p.server.(tfprotov6.ActionServer).InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: dynamic})
	if err != nil {
		t.Fatal(err)
	}
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			diags = append(diags, e.Diagnostics...)
		}
	}
	return progress, diags
}

// call calls a function; failure is what it says when it can't answer.
func (p *protocol) call(t *testing.T, name string, arguments ...tftypes.Value) (result tftypes.Value, failure string) {
	t.Helper()
	definition := p.all.Functions[name]
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for i, argument := range arguments {
		dynamic, err := tfprotov6.NewDynamicValue(definition.Parameters[i].Type, argument)
		if err != nil {
			t.Fatal(err)
		}
		request.Arguments = append(request.Arguments, &dynamic)
	}
	answer, err := p.server.CallFunction(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Error != nil {
		return tftypes.Value{}, answer.Error.Text
	}
	result, err = answer.Result.Unmarshal(definition.Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	return result, ""
}
