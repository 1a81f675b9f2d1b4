package provider

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// create makes the group. What is muted is written first, so that the group never grants it.
func (r *permissionSetGroupResource) create(ctx context.Context, plan *permissionSetGroupModel, diags *diag.Diagnostics) error {
	muted, _ := mutedIn(ctx, plan.Muted, diags)
	name := plan.Name.ValueString()
	component := sfclient.NewComponent(name)
	plan.write(component)
	var muting []string
	if !muted.empty() {
		created, err := r.mute(ctx, name, plan.Label.ValueString(), muted)
		if err != nil {
			return err
		}
		muting = []string{created}
	}
	component.SetTexts(muting, mutingElement)
	err := sfclient.CreateMetadata(ctx, r.client, permissionSetGroupKind, name, *component, func(found sfclient.Component) bool {
		return plan.agrees(&found, muting)
	})
	if err != nil && !isUncertain(err) && muting != nil {
		err = errors.Join(err, r.client.DeleteMetadata(ctx, mutingSetKind, muting[0]))
	}
	return err
}

// mute makes a muting permission set that no group has yet, and returns its name.
func (r *permissionSetGroupResource) mute(ctx context.Context, group, label string, muted contents) (name string, err error) {
	if name, err = r.client.FreeMutingName(ctx, group); err != nil {
		return "", err
	}
	component := sfclient.PermissionSetComponent{FullName: name, Label: label}
	writeMuted(&component, muted)
	return name, sfclient.UpsertMetadata(ctx, r.client, mutingSetKind, name, component)
}

// update brings the group to what is planned. Its name comes first; then what is muted additionally or otherwise, so that new members
// never grant it; then the group itself; and last, the muting permission set goes if nothing is muted any more. A failure in between
// shows in the next plan, and the next apply does the rest.
func (r *permissionSetGroupResource) update(ctx context.Context, plan, prior *permissionSetGroupModel, diags *diag.Diagnostics) error {
	row, err := r.find(ctx, prior)
	if err != nil {
		return err
	}
	name := plan.Name.ValueString()
	if row.FullName() != name {
		if err := r.client.PermissionSetGroups.Update(ctx, row.ID, sfclient.Values{"DeveloperName": name}); err != nil {
			return err
		}
	}
	component, err := r.component(ctx, name)
	if err != nil {
		return err
	}
	wanted, _ := mutedIn(ctx, plan.Muted, diags)
	before, _ := mutedIn(ctx, prior.Muted, diags)
	muting := component.Texts(mutingElement)
	unmuted := false
	switch {
	case wanted.same(before):
	case len(muting) == 0:
		created, err := r.mute(ctx, name, plan.Label.ValueString(), wanted)
		if err != nil {
			return err
		}
		muting = []string{created}
	default:
		if unmuted, err = r.muteOtherwise(ctx, muting[0], wanted); err != nil {
			return err
		}
	}
	if !plan.sameHead(prior) || !slices.Equal(component.Texts(mutingElement), muting) {
		plan.write(&component)
		component.SetTexts(muting, mutingElement)
		if err := sfclient.UpdateMetadata(ctx, r.client, permissionSetGroupKind, name, component); err != nil {
			return err
		}
	}
	if unmuted {
		return r.client.Unmute(ctx, row.ID)
	}
	return nil
}

// muteOtherwise writes what is muted into the muting permission set that a group has. It writes nothing and tells that the set is of no
// use any more when that is nothing: neither by the schema nor by what the schema does not model.
func (r *permissionSetGroupResource) muteOtherwise(ctx context.Context, name string, muted contents) (unused bool, err error) {
	component, err := r.mutingSet(ctx, name)
	if err != nil {
		return false, err
	}
	writeMuted(&component, muted)
	if muted.empty() && len(component.Others) == 0 {
		return true, nil
	}
	return false, sfclient.UpdateMetadata(ctx, r.client, mutingSetKind, name, component)
}

// refresh reads the group as Salesforce has it. What means the same as before is left as it is written.
func (r *permissionSetGroupResource) refresh(ctx context.Context, m *permissionSetGroupModel, diags *diag.Diagnostics) error {
	row, err := r.find(ctx, m)
	if err != nil {
		return err
	}
	component, err := r.component(ctx, row.FullName())
	if err != nil {
		return err
	}
	var muting sfclient.PermissionSetComponent
	if names := component.Texts(mutingElement); len(names) > 0 { // Salesforce takes no second one
		if muting, err = r.mutingSet(ctx, names[0]); err != nil {
			return err
		}
	}
	m.read(&row, &component)
	m.readMuted(ctx, &muting, diags)
	if m.Status.ValueString() == sfclient.GroupFailed {
		addNotUpdated(diags, row.FullName(), &sfclient.GroupStatusError{Name: row.FullName(), Status: sfclient.GroupFailed})
	}
	return nil
}

// component reads the metadata of a group that is known to be there.
func (r *permissionSetGroupResource) component(ctx context.Context, name string) (sfclient.Component, error) {
	return presentComponent[sfclient.Component](ctx, r.client, permissionSetGroupKind, name)
}

// mutingSet reads the muting permission set that a group names.
func (r *permissionSetGroupResource) mutingSet(ctx context.Context, name string) (sfclient.PermissionSetComponent, error) {
	return presentComponent[sfclient.PermissionSetComponent](ctx, r.client, mutingSetKind, name)
}
