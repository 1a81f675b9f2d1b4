package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// importID is what the user gave to import: the import id, or the id attribute of a resource identity.
func importID(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) string {
	if req.ID != "" || req.Identity == nil {
		return req.ID
	}
	var id types.String
	diags.Append(req.Identity.GetAttribute(ctx, path.Root("id"), &id)...)
	return id.ValueString()
}

// setImported starts the state of an imported record with its id; Terraform reads the rest.
func setImported(ctx context.Context, resp *resource.ImportStateResponse, id string) {
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), sfclient.ID18(id))...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), sfclient.ID18(id))...)
	}
}

// importForms are the ways to name a record for its import: its id, which starts with a prefix, or another.
type importForms struct{ noun, prefix, other string }

// importRecord imports a record by its id, or by what find knows it as. What has the shape of an id is taken for one.
func importRecord(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, forms importForms, find func(name string) (id string, err error)) {
	given := importID(ctx, req, &resp.Diagnostics)
	id := given
	if !idShape.MatchString(given) || !strings.HasPrefix(given, forms.prefix) {
		var err error
		if id, err = find(given); err != nil {
			addImportError(&resp.Diagnostics, forms.noun, given, fmt.Sprintf("%s or the id of a %s (%s...)", forms.other, forms.noun, forms.prefix), err)
			return
		}
	}
	setImported(ctx, resp, id)
}

// importUser imports a user by its id or its username.
func (c *connection) importUser(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importRecord(ctx, req, resp, importForms{"user", "005", "a username"}, func(name string) (string, error) {
		row, err := c.client.Users.Find(ctx, "Username", name)
		return row.ID, err
	})
}

// addImportError reports what can't be imported, with the forms that an import id takes.
func addImportError(diags *diag.Diagnostics, noun, id, forms string, err error) {
	if errors.Is(err, sfclient.ErrNotFound) {
		diags.AddError(fmt.Sprintf("Unable to import %s %q", noun, id), "There is none that the signed-in user can see. The import id is "+forms+".")
		return
	}
	addError(diags, "import", noun, id, err)
}
