package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
)

// newConnectedAppDataSource is a connected app with its policies: salesforce_connected_app.
func newConnectedAppDataSource() datasource.DataSource {
	return &resourceDataSource{
		resource: newConnectedAppResource, noun: "connected app",
		description: "A connected app, by `id` or `name`: one that is managed elsewhere or comes from a package, with its policies. The consumer secret is in no API.\n\n" +
			"-> The provider's user needs Manage Connected Apps, Customize Application, View Setup and Configuration, and Modify Metadata Through Metadata API Functions.",
		keys:   [2]rowKey{{"id", isID("0H4", "ConnectedApplication")}, {"name", stringvalidator.LengthAtLeast(1)}},
		things: componentsOf(connectedAppKind),
	}
}
