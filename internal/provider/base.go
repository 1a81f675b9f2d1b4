package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// resourceBase is embedded by every resource and list resource, and takes the connection that Configure made.
type resourceBase struct{ *connection }

// Configure implements resource.ResourceWithConfigure. Before the provider is configured (terraform validate) there is no connection.
func (b *resourceBase) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	b.connection = connected(req.ProviderData, &resp.Diagnostics)
}

// dataSourceBase is resourceBase for data sources.
type dataSourceBase struct{ *connection }

// Configure implements datasource.DataSourceWithConfigure.
func (b *dataSourceBase) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	b.connection = connected(req.ProviderData, &resp.Diagnostics)
}

// ephemeralBase is resourceBase for ephemeral resources.
type ephemeralBase struct{ *connection }

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (b *ephemeralBase) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	b.connection = connected(req.ProviderData, &resp.Diagnostics)
}

// actionBase is resourceBase for actions.
type actionBase struct{ *connection }

// Configure implements action.ActionWithConfigure.
func (b *actionBase) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	b.connection = connected(req.ProviderData, &resp.Diagnostics)
}

func connected(data any, diags *diag.Diagnostics) *connection {
	if data == nil {
		return nil
	}
	shared, ok := data.(*connection)
	if !ok {
		diags.AddError("Unable to use the provider's connection", fmt.Sprintf("The provider handed over a %T. This is a bug in the provider; please report it.", data))
	}
	return shared
}
