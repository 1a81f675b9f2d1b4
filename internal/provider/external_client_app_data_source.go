package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
)

// newExternalClientAppDataSource is an external client app with its OAuth settings and policies: salesforce_external_client_app.
func newExternalClientAppDataSource() datasource.DataSource {
	return &resourceDataSource{
		resource: newExternalClientAppResource, noun: appNoun,
		description: "An external client app (ECA), by `id` or `name`: one that is managed elsewhere or comes from a package, with its OAuth settings and policies. The consumer secret is not among them.\n\n" +
			"-> The provider's user needs *View all External Client Apps, view their settings, and edit their policies* (`ExternalClientAppAdmin`), Modify Metadata Through Metadata API Functions, and View Setup and Configuration.",
		keys:   [2]rowKey{{"id", isID("0xI", appKind)}, {"name", stringvalidator.LengthAtLeast(1)}},
		things: componentsOf(appKind),
	}
}
