package provider

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// newMetadataListResource lists components of one type: salesforce_metadata.
func newMetadataListResource() list.ListResource {
	return &listResource{
		managed: newMetadataResource, noun: "metadata",
		description: "Lists the components of one metadata type. Those that came with packages are left out. What lies in folders (reports, dashboards, documents, e-mail templates) the Metadata API lists by folder only, so that it is not found.\n\n" +
			"-> The provider's user needs Modify Metadata Through Metadata API Functions, and what Setup asks of somebody who looks at such components.",
		filters: map[string]listschema.Attribute{
			"type": listschema.StringAttribute{
				MarkdownDescription: "Type of the components: `RemoteSiteSetting`, `CustomPermission`, `SecuritySettings`.",
				Required:            true, Validators: []validator.String{isMetadataType()},
			},
		},
		find: func(ctx context.Context, c *connection, config attributes) ([]listedThing, error) {
			return c.componentsOf(ctx, textOf(config["type"]))
		},
		identify: func(ctx context.Context, identity *tfsdk.ResourceIdentity, thing listedThing) diag.Diagnostics {
			return setMetadataIdentity(ctx, identity, metadataWithID(thing.id))
		},
	}
}

// componentsOf are the components of a type that belong to no package.
func (c *connection) componentsOf(ctx context.Context, kind string) ([]listedThing, error) {
	var refusal diag.Diagnostics
	if checkMetadataType(kind, &refusal); refusal.HasError() {
		return nil, errors.New(refusal.Errors()[0].Detail())
	}
	if sfmetadata.IsSettings(kind) {
		name := sfmetadata.SettingsName(kind)
		return []listedThing{{kind + ":" + name, name}}, nil
	}
	listing, err := c.client.ListMetadata(ctx, kind)
	var things []listedThing
	for _, component := range listing {
		if component.Namespace == "" {
			things = append(things, listedThing{kind + ":" + component.FullName, component.FullName})
		}
	}
	return things, err
}

// metadataWithID is the model of a component of which only the id is known: RemoteSiteSetting:Billing_API.
func metadataWithID(id string) *metadataModel {
	kind, name, _ := strings.Cut(id, ":")
	return &metadataModel{Type: types.StringValue(kind), FullName: types.StringValue(name)}
}
