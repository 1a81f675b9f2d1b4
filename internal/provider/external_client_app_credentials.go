package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// credentialsGate is what has to be open before Salesforce tells or changes consumer secrets through its API. Which code it
// refuses with is not known, so every refusal gets this explanation.
const credentialsGate = "Two gates guard the secrets of external client apps:\n" +
	"  - the setting \"Allow access to External Client App consumer secrets via REST API\" in Setup > External Client Apps > Settings; as code:\n" +
	"      resource \"salesforce_metadata\" \"external_client_apps\" {\n" +
	"        type      = \"ExternalClientAppSettings\"\n" +
	"        full_name = \"ExternalClientApp\"\n" +
	"        content   = { enableClientSecretInRestApiAccess = true }\n" +
	"      }\n" +
	"  - the permissions \"Create, edit, and delete External Client Apps\" (ExternalClientAppDeveloper) and \"View Client Secret\" (ViewClientSecret) of the user that the provider signs in as.\n" +
	"Packaged apps keep their secrets whatever these say."

// appWithCredentials is a consumer of an external client app, and what is in its staged slot.
type appWithCredentials struct {
	app      appListing
	consumer sfclient.Consumer
	staged   *sfclient.StagedCredentials // nil for none
}

func (a *appWithCredentials) ref() sfclient.ConsumerRef {
	return sfclient.ConsumerRef{AppID: a.app.id, ConsumerID: a.consumer.ID}
}

// nameOrID is the attribute that says which app is meant, and its value.
func nameOrID(config attributes) (path.Path, types.String) {
	for _, name := range []string{"app_id", "name"} {
		if value, ok := config[name].(types.String); ok && !value.IsNull() {
			return path.Root(name), value
		}
	}
	return path.Root("name"), types.StringNull()
}

// credentialsOf finds the app and the consumer that a configuration means.
func (c *connection) credentialsOf(ctx context.Context, config attributes, diags *diag.Diagnostics) *appWithCredentials {
	at, wanted := nameOrID(config)
	app, err := c.appWithUsage(ctx, wanted.ValueString())
	switch {
	case errors.Is(err, sfclient.ErrNotFound) && c.plan.has(appKind, wanted.ValueString()):
		diags.AddAttributeError(at, "External client app does not exist yet",
			"This plan creates it, and its credentials exist only afterwards. Give its id, which Terraform waits for:\n  app_id = "+appType+".<name>.id")
	case errors.Is(err, sfclient.ErrNotFound):
		diags.AddAttributeError(at, "Unknown external client app", unknownName(appNoun, wanted.ValueString(), c.appNames(ctx)))
	case err != nil:
		addError(diags, "find", appNoun, wanted.ValueString(), err)
	}
	if diags.HasError() {
		return nil
	}
	consumers, err := c.client.Consumers(ctx, app.id)
	if err != nil {
		addGateError(diags, "read the consumers of", app.name, err)
		return nil
	}
	consumer, ok := theConsumer(consumers, app.name, textOf(config["consumer_id"]), diags)
	if !ok {
		return nil
	}
	return &appWithCredentials{app: app, consumer: consumer}
}

// appWithUsage finds an external client app where Connect REST lists them. An app that nobody has used may be missing there, so
// the Metadata API's listing has the last word.
func (c *connection) appWithUsage(ctx context.Context, idOrName string) (appListing, error) {
	used, usageErr := c.client.UsedApps(ctx)
	for _, app := range used {
		if sfclient.ID18(app.ID) == sfclient.ID18(idOrName) || strings.EqualFold(app.Name, idOrName) {
			return appListing{sfclient.ID18(app.ID), app.Name}, nil
		}
	}
	app, err := c.findApp(ctx, idOrName)
	if err != nil && usageErr != nil {
		return app, usageErr
	}
	return app, err
}

// appNames are the names of the org's external client apps, for suggestions.
func (c *connection) appNames(ctx context.Context) (names []string) {
	apps, err := c.appListings(ctx)
	if err != nil {
		return nil
	}
	for _, app := range apps {
		names = append(names, app.name)
	}
	return names
}

// theConsumer is the consumer with an id, or the only one.
func theConsumer(consumers []sfclient.Consumer, app, id string, diags *diag.Diagnostics) (sfclient.Consumer, bool) {
	var known []string
	for _, consumer := range consumers {
		if id != "" && sfclient.ID18(consumer.ID) == sfclient.ID18(id) || id == "" && len(consumers) == 1 {
			return consumer, true
		}
		known = append(known, fmt.Sprintf("%s (%s)", consumer.ID, consumer.Name))
	}
	at, list := path.Root("consumer_id"), strings.Join(known, ", ")
	switch {
	case len(consumers) == 0:
		diags.AddError("External client app has no consumer", app+" has no OAuth settings, so nobody can sign in through it and it has no credentials.")
	case id != "":
		diags.AddAttributeError(at, "Unknown consumer", fmt.Sprintf("%s has no consumer %s. Its consumers are %s.", app, id, list))
	default:
		diags.AddAttributeError(at, "External client app has several consumers", fmt.Sprintf("Say in consumer_id which one of %s is meant: %s.", app, list))
	}
	return sfclient.Consumer{}, false
}

// addGateError reports a failure at the credentials of an app. Whatever Salesforce refuses there, the gates are the likeliest reason.
func addGateError(diags *diag.Diagnostics, verb, app string, err error) {
	refused, ok := errors.AsType[*sfclient.Error](err)
	if !ok || refused.Status < http.StatusBadRequest || refused.Status >= http.StatusInternalServerError || errors.Is(err, sfclient.ErrSession) || errors.Is(err, sfclient.ErrLimit) {
		addError(diags, verb, appNoun, app, err)
		return
	}
	diags.AddError(fmt.Sprintf("Unable to %s %s %q", verb, appNoun, app), explain(err)+"\n\n"+credentialsGate)
}

// credentialsSince refuses what the API version lacks.
func (c *connection) credentialsSince(version int, what string, diags *diag.Diagnostics) bool {
	if c.client.Release() >= version {
		return true
	}
	diags.AddError("API version is too old", fmt.Sprintf("%s from API version %d.0 on; the provider speaks %s. Remove the provider's api_version, or raise it.", what, version, c.client.APIVersion()))
	return false
}
