package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// creationCheckTime is how long a plan waits for the deployment that tells whether the org lets connected apps be created.
const creationCheckTime = 5 * time.Minute

// checkCreation reports a new app whose name is taken, or that this org does not let anybody create.
func (r *connectedAppResource) checkCreation(ctx context.Context, config attributes, diags *diag.Diagnostics) {
	name := textOf(config["name"])
	ctx, cancel := context.WithTimeout(ctx, creationCheckTime)
	defer cancel()
	probe := name
	switch taken, err := r.listed(ctx, "", name); {
	case err == nil && r.plan.tracked(sfclient.ID18(taken.ID)):
		probe += "_2" // it is about to be replaced: its own name would only tell that it can be changed
	case err == nil:
		addAppNameTaken(diags, name)
		return
	case !errors.Is(err, sfclient.ErrNotFound):
		addError(diags, "check the name of", "connected app", name, err)
		return
	}
	err := r.tryCreation(ctx, probe, textOf(config["contact_email"]))
	if refused, ok := errors.AsType[*sfclient.DeployError](err); ok && len(refused.Failures) > 0 {
		diags.AddAttributeError(path.Root("name"), "Connected app can't be created",
			fmt.Sprintf("Salesforce says: %s\n\nSince Spring '26 Salesforce lets no org create connected apps, in Setup or by any API, unless its Support allows it. Nothing was changed.\n\n"+
				"An external client app does the same. This is what the configuration would be:\n\n%s\nTo manage a connected app that is there already, import it under its own name:\n  %s", refused.Failures[0].Problem, externalClientApp(config), importCommand("salesforce_connected_app", "<api name>")))
	} else if err != nil {
		addError(diags, "find out whether the org lets anybody create", "connected app", name, err)
	}
}

// tryCreation has a deployment checked that creates an app of that name, and not made: no setting tells whether the org lets
// connected apps be created.
func (r *connectedAppResource) tryCreation(ctx context.Context, name, contactEmail string) error {
	app := sfclient.NewComponent(name)
	app.Set(cmp.Or(contactEmail, "nobody@example.com"), "contactEmail")
	app.Set(name, "label")
	return r.client.Deploy(ctx, "check the creation of "+name, []sfclient.DeployItem{{Type: connectedAppKind, FullName: name, Component: app}}, sfclient.DeployOptions{CheckOnly: true})
}

func addAppNameTaken(diags *diag.Diagnostics, name string) {
	diags.AddAttributeError(path.Root("name"), "Connected app is there already",
		fmt.Sprintf("The org has a connected app %q, and Salesforce lets nobody create one anew.\n\nTo manage that one, import it:\n  %s", name, importCommand("salesforce_connected_app", name)))
}

// addUnknownID reports an app that was created and whose id could not be read. Terraform marks it as tainted.
func addUnknownID(diags *diag.Diagnostics, name string, err error) {
	diags.AddError(fmt.Sprintf("Unable to read back the id of connected app %q", name),
		explain(err)+"\n\nThe app itself is there. Terraform holds it for tainted and would replace it; keep it by:\n  terraform untaint salesforce_connected_app.<name>")
}
