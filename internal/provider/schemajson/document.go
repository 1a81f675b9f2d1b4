package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// formatVersion is the version of the JSON format, as Terraform 1.x writes it.
const formatVersion = "1.0"

type document struct {
	FormatVersion string                    `json:"format_version"`
	Providers     map[string]providerSchema `json:"provider_schemas"`
}

type providerSchema struct {
	Provider           schema                    `json:"provider"`
	Resources          map[string]schema         `json:"resource_schemas,omitempty"`
	DataSources        map[string]schema         `json:"data_source_schemas,omitempty"`
	EphemeralResources map[string]schema         `json:"ephemeral_resource_schemas,omitempty"`
	ListResources      map[string]schema         `json:"list_resource_schemas,omitempty"`
	Actions            map[string]actionSchema   `json:"action_schemas,omitempty"`
	Functions          map[string]function       `json:"functions,omitempty"`
	Identities         map[string]identitySchema `json:"resource_identity_schemas,omitempty"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type actionSchema struct {
	Block block `json:"block"`
}

type block struct {
	Attributes      map[string]attribute   `json:"attributes,omitempty"`
	BlockTypes      map[string]nestedBlock `json:"block_types,omitempty"`
	Description     string                 `json:"description,omitempty"`
	DescriptionKind string                 `json:"description_kind,omitempty"`
	Deprecated      bool                   `json:"deprecated,omitempty"`
}

type nestedBlock struct {
	NestingMode string `json:"nesting_mode"`
	Block       block  `json:"block"`
	MinItems    int64  `json:"min_items,omitempty"`
	MaxItems    int64  `json:"max_items,omitempty"`
}

type attribute struct {
	Type            tftypes.Type `json:"type,omitempty"`
	NestedType      *nestedType  `json:"nested_type,omitempty"`
	Description     string       `json:"description,omitempty"`
	DescriptionKind string       `json:"description_kind,omitempty"`
	Deprecated      bool         `json:"deprecated,omitempty"`
	Required        bool         `json:"required,omitempty"`
	Optional        bool         `json:"optional,omitempty"`
	Computed        bool         `json:"computed,omitempty"`
	Sensitive       bool         `json:"sensitive,omitempty"`
	WriteOnly       bool         `json:"write_only,omitempty"`
}

type nestedType struct {
	Attributes  map[string]attribute `json:"attributes,omitempty"`
	NestingMode string               `json:"nesting_mode"`
}

type function struct {
	Description        string       `json:"description,omitempty"`
	Summary            string       `json:"summary,omitempty"`
	DeprecationMessage string       `json:"deprecation_message,omitempty"`
	ReturnType         tftypes.Type `json:"return_type"`
	Parameters         []parameter  `json:"parameters,omitempty"`
	VariadicParameter  *parameter   `json:"variadic_parameter,omitempty"`
}

type parameter struct {
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	IsNullable  bool         `json:"is_nullable,omitempty"`
	Type        tftypes.Type `json:"type"`
}

type identitySchema struct {
	Version    int64                        `json:"version"`
	Attributes map[string]identityAttribute `json:"attributes,omitempty"`
}

type identityAttribute struct {
	Type              tftypes.Type `json:"type"`
	Description       string       `json:"description,omitempty"`
	RequiredForImport bool         `json:"required_for_import,omitempty"`
	OptionalForImport bool         `json:"optional_for_import,omitempty"`
}

// callsText says in Markdown what a type asks of Salesforce; "" for nothing to say.
type callsText func(kind, typeName string) string

func newDocument(in *tfprotov6.GetProviderSchemaResponse, identities map[string]*tfprotov6.ResourceIdentitySchema, calls callsText) *document {
	return &document{
		FormatVersion: formatVersion,
		Providers: map[string]providerSchema{providerName: {
			Provider:           newSchema(in.Provider),
			Resources:          mapNamed(in.ResourceSchemas, calls.schemas("resource")),
			DataSources:        mapNamed(in.DataSourceSchemas, calls.schemas("data-source")),
			EphemeralResources: mapNamed(in.EphemeralResourceSchemas, calls.schemas("ephemeral")),
			ListResources:      mapNamed(in.ListResourceSchemas, calls.schemas("list-resource")),
			Actions:            mapNamed(in.ActionSchemas, calls.action),
			Functions:          mapValues(in.Functions, newFunction),
			Identities:         mapValues(identities, newIdentitySchema),
		}},
	}
}

func newSchema(in *tfprotov6.Schema) schema {
	return schema{Version: in.Version, Block: newBlock(in.Block)}
}

// schemas makes schemas whose descriptions end with the calls.
func (calls callsText) schemas(kind string) func(typeName string, in *tfprotov6.Schema) schema {
	return func(typeName string, in *tfprotov6.Schema) schema {
		out := newSchema(in)
		if text := calls(kind, typeName); text != "" {
			out.Block.Description += "\n\n" + text
		}
		return out
	}
}

func (calls callsText) action(typeName string, in *tfprotov6.ActionSchema) actionSchema {
	return actionSchema{Block: calls.schemas("action")(typeName, in.Schema).Block}
}

func newBlock(in *tfprotov6.SchemaBlock) block {
	nested := make(map[string]nestedBlock, len(in.BlockTypes))
	for _, b := range in.BlockTypes {
		nested[b.TypeName] = nestedBlock{
			NestingMode: strings.ToLower(b.Nesting.String()),
			Block:       newBlock(b.Block),
			MinItems:    b.MinItems,
			MaxItems:    b.MaxItems,
		}
	}
	return block{
		Attributes:      newAttributes(in.Attributes),
		BlockTypes:      nested,
		Description:     in.Description,
		DescriptionKind: strings.ToLower(in.DescriptionKind.String()),
		Deprecated:      in.Deprecated,
	}
}

func newAttributes(in []*tfprotov6.SchemaAttribute) map[string]attribute {
	out := make(map[string]attribute, len(in))
	for _, a := range in {
		out[a.Name] = attribute{
			Type:            a.Type,
			NestedType:      newNestedType(a.NestedType),
			Description:     a.Description,
			DescriptionKind: strings.ToLower(a.DescriptionKind.String()),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
	}
	return out
}

func newNestedType(in *tfprotov6.SchemaObject) *nestedType {
	if in == nil {
		return nil
	}
	return &nestedType{
		Attributes:  newAttributes(in.Attributes),
		NestingMode: strings.ToLower(in.Nesting.String()),
	}
}

func newFunction(in *tfprotov6.Function) function {
	out := function{
		Description:        in.Description,
		Summary:            in.Summary,
		DeprecationMessage: in.DeprecationMessage,
		ReturnType:         in.Return.Type,
	}
	for _, p := range in.Parameters {
		out.Parameters = append(out.Parameters, newParameter(p))
	}
	if in.VariadicParameter != nil {
		out.VariadicParameter = new(newParameter(in.VariadicParameter))
	}
	return out
}

func newParameter(in *tfprotov6.FunctionParameter) parameter {
	return parameter{Name: in.Name, Description: in.Description, IsNullable: in.AllowNullValue, Type: in.Type}
}

func newIdentitySchema(in *tfprotov6.ResourceIdentitySchema) identitySchema {
	out := identitySchema{Version: in.Version, Attributes: make(map[string]identityAttribute, len(in.IdentityAttributes))}
	for _, a := range in.IdentityAttributes {
		out.Attributes[a.Name] = identityAttribute{
			Type:              a.Type,
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return out
}

func mapValues[V, W any](in map[string]V, convert func(V) W) map[string]W {
	return mapNamed(in, func(_ string, v V) W { return convert(v) })
}

func mapNamed[V, W any](in map[string]V, convert func(name string, v V) W) map[string]W {
	out := make(map[string]W, len(in))
	for name, v := range in {
		out[name] = convert(name, v)
	}
	return out
}
