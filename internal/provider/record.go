package provider

import (
	"cmp"
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// recordModel is the state of a resource that manages one record.
type recordModel interface {
	recordID() types.String
	recordName() string // for people, "" as long as only the id is known
}

// namedRecord is the part of a model that tells which record it is.
type namedRecord struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

func (m *namedRecord) recordID() types.String { return m.ID }
func (m *namedRecord) recordName() string     { return m.Name.ValueString() }

// readRecord brings the state of a record up to date, and takes what is gone out of it, with its identity still given, as Terraform
// before 1.12 demands.
func (c *connection) readRecord(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse, noun string, state recordModel, refresh func() error) {
	d := &resp.Diagnostics
	if d.Append(req.State.Get(ctx, state)...); d.HasError() {
		return
	}
	d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state.recordID())...)
	name := cmp.Or(state.recordName(), state.recordID().ValueString())
	switch err := refresh(); {
	case errors.Is(err, sfclient.ErrNotFound):
		addGoneWarning(d, noun, name)
		resp.State.RemoveResource(ctx)
	case err != nil:
		addError(d, "read", noun, name, err)
	default:
		c.plan.tracks(state.recordID().ValueString())
		d.Append(resp.State.Set(ctx, state)...)
		d.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), state.recordID())...)
	}
}

// findRecord looks a record up by its id, so that it is found under whatever name, or by its name as long as the id is not known.
func findRecord[T any](ctx context.Context, table *sfclient.Table[T], nameColumn string, m recordModel) (T, error) {
	if id := m.recordID(); isSet(id) {
		return table.Get(ctx, id.ValueString())
	}
	return table.Find(ctx, nameColumn, m.recordName())
}

// keepRecord sets state and identity after a create or update. What could not be read back is null until the next refresh.
func keepRecord(ctx context.Context, state *tfsdk.State, identity *tfsdk.ResourceIdentity, model recordModel, diags *diag.Diagnostics) {
	diags.Append(setWritten(ctx, state, model)...)
	diags.Append(identity.SetAttribute(ctx, path.Root("id"), model.recordID())...)
}

// createdID is the id that a record was found to have after it was created. Without one there is no identity: Terraform marks the
// resource as tainted, and the next apply replaces it.
func createdID(id string, err error, noun, name string, diags *diag.Diagnostics) types.String {
	if err != nil {
		addError(diags, "read back the id of", noun, name, err)
		return types.StringNull()
	}
	return types.StringValue(id)
}
