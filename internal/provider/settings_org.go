package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// onDestroyKeep and onDestroyRestore say what becomes of settings that are no longer managed.
const (
	onDestroyKeep    = "keep"
	onDestroyRestore = "restore"
)

func onDestroyAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "What destroying does: `keep` (the default) leaves everything as it is, `restore` puts back what was there before Terraform first changed it.",
		Optional:            true, Computed: true, Default: stringdefault.StaticString(onDestroyKeep),
		Validators: []validator.String{stringvalidator.OneOf(onDestroyKeep, onDestroyRestore)},
	}
}

// beforeKey is the private state that holds what settings were before Terraform changed them.
const beforeKey = "before"

// values are texts by element.
type values map[string]string

func (v values) json() []byte {
	text, _ := json.Marshal(v) // a map of texts can always be written
	return text
}

func beforeFrom(text []byte) values {
	v := values{}
	_ = json.Unmarshal(text, &v) // absent after an import: nothing was changed yet
	return maps.Clone(v)
}

// anotherOrgs tells, with a warning, whether the settings in a state belong to another org than the one that the provider signs in
// to.
func (c *connection) anotherOrgs(ctx context.Context, noun, orgID string, diags *diag.Diagnostics) bool {
	org, err := c.client.Organization(ctx)
	if err != nil {
		addError(diags, "read", "the organization", "", err)
		return false
	}
	if sfclient.ID18(orgID) == org.ID {
		return false
	}
	diags.AddWarning(upperFirst(noun)+" are another org's",
		fmt.Sprintf("The state holds those of the org %s, but the provider signs in to %s (%s); a refreshed sandbox is another org, too. They are taken out of the state.", orgID, org.ID, org.Name))
	return true
}

// importSettings takes the id of the org, so that settings are not imported from another one by mistake.
func (c *connection) importSettings(ctx context.Context, typeName, noun string, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := importID(ctx, req, &resp.Diagnostics)
	org, err := c.client.Organization(ctx)
	switch {
	case err != nil:
		addError(&resp.Diagnostics, "read", "the organization", "", err)
	case sfclient.ID18(id) != org.ID:
		resp.Diagnostics.AddError(fmt.Sprintf("Unable to import %s %q", noun, id),
			fmt.Sprintf("The import id is the id of the org, and the provider signs in to %s (%s):\n  %s", org.ID, org.Name, importCommand(typeName, org.ID)))
	default:
		setImported(ctx, resp, id)
	}
}

// warnOfFirstApply lists what an org that Terraform did not manage so far has otherwise.
func (c *connection) warnOfFirstApply(ctx context.Context, typeName, noun string, changes []string, diags *diag.Diagnostics) {
	if changes == nil {
		return
	}
	command := ""
	if org, err := c.client.Organization(ctx); err == nil {
		command = "\n\nTo see this as a change of what is there, import it first:\n  " + importCommand(typeName, org.ID)
	}
	diags.AddWarning("The org has other "+noun, "Creating this resource changes the org:\n"+listed(changes)+command)
}

// addKeptWarning says that destroying changed nothing in the org.
func addKeptWarning(diags *diag.Diagnostics, noun string) {
	diags.AddWarning(upperFirst(noun)+" stay as they are", "An org always has them. They are out of Terraform's state, and keep the values that they have now.")
}
