package provider

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// innerXML is a component as it stands in a call, without the element around it.
type innerXML struct {
	Inner []byte `xml:",innerxml"`
}

// component is what the org has of a component.
func (c *connection) component(ctx context.Context, m *metadataModel) (sfmetadata.Object, error) {
	found, err := sfclient.ReadMetadata[innerXML](ctx, c.client, m.kind(), m.name())
	if err != nil {
		return nil, err
	}
	return sfmetadata.ParseInner(m.kind(), found.Inner)
}

// sent is a component as a write sends it.
func (m *metadataModel) sent(content sfmetadata.Object) innerXML {
	content["fullName"] = sfmetadata.Scalar{Text: m.name()}
	return innerXML{sfmetadata.Inner(m.kind(), content)}
}

// create makes a component that the org does not have.
func (r *metadataResource) create(ctx context.Context, plan, config *metadataModel, diags *diag.Diagnostics) {
	w, secrets := plan.writes(ctx, diags), config.secrets(ctx, diags)
	if diags.HasError() {
		return
	}
	r.client.Conceal(sfmetadata.Texts(secrets)...)
	whole := sfmetadata.ToSend(plan.kind(), nil, sfmetadata.Over(plan.kind(), w.content, secrets))
	same := func(found innerXML) bool {
		org, err := sfmetadata.ParseInner(plan.kind(), found.Inner)
		return err == nil && sfmetadata.Compare(plan.kind(), org, w.content).Same()
	}
	err := sfclient.CreateMetadata(ctx, r.client, plan.kind(), plan.name(), plan.sent(whole), same)
	switch {
	case errors.Is(err, sfclient.ErrDuplicate):
		addComponentTaken(diags, plan, "\n\n"+explain(err))
		return
	case err != nil:
		addError(diags, "create", plan.kind(), plan.name(), err)
		return
	}
	org, err := r.component(ctx, plan)
	if err != nil { // the component is there: an error would have it created again
		addUnfinished(diags, "read back", plan.kind(), plan.name(), err)
		return
	}
	if found := sfmetadata.Compare(plan.kind(), org, w.content); !found.Same() {
		diags.AddAttributeWarning(path.Root(w.attribute), "Salesforce does not keep all of the component", notKept(plan, found))
	}
}

// update writes what differs, and tells whether plan is the state then.
func (r *metadataResource) update(ctx context.Context, plan, config, state *metadataModel, before []byte, private privateState, diags *diag.Diagnostics) (done bool) {
	w, secrets, written := plan.writes(ctx, diags), config.secrets(ctx, diags), state.writes(ctx, diags)
	if diags.HasError() {
		return false
	}
	anew := !plan.SensitiveContentVersion.Equal(state.SensitiveContentVersion) || sfmetadata.CompareWritten(plan.kind(), written.content, w.content).Reordered
	r.client.Conceal(sfmetadata.Texts(secrets)...)
	org, err := r.component(ctx, plan)
	if err != nil {
		addError(diags, "read", plan.kind(), plan.name(), err)
		return false
	}
	found := sfmetadata.Compare(plan.kind(), org, w.content)
	if found.Same() && !anew {
		return true
	}
	whole := sfmetadata.ToSend(plan.kind(), org, sfmetadata.Over(plan.kind(), w.content, secrets))
	if err := r.overwrite(ctx, plan, whole); err != nil {
		addError(diags, "update", plan.kind(), plan.name(), err)
		return false
	}
	if plan.isSettings() {
		diags.Append(private.SetKey(ctx, beforeKey, keptBefore(plan, before, found.Have))...)
	}
	if org, err = r.component(ctx, plan); err != nil {
		addUnfinished(diags, "read back", plan.kind(), plan.name(), err)
		return true
	}
	if found = sfmetadata.Compare(plan.kind(), org, w.content); !found.Same() {
		plan.show(ctx, w, org)
		diags.AddAttributeError(path.Root(w.attribute), "Salesforce does not keep all of the component", notKept(plan, found))
	}
	return true
}

// overwrite sends a component that the org has.
func (c *connection) overwrite(ctx context.Context, m *metadataModel, content sfmetadata.Object) error {
	return sfclient.UpdateMetadata(ctx, c.client, m.kind(), m.name(), m.sent(content))
}

// notKept says what Salesforce took without an error and has otherwise all the same.
func notKept(m *metadataModel, found sfmetadata.Comparison) string {
	return fmt.Sprintf("Salesforce accepted %s %q without an error, and yet it has other values than were written (Salesforce's -> yours):\n%s\n\n"+
		"They may be normalised, locked by the platform, or belong to a feature that the org lacks. Write what Salesforce has, or leave it out; otherwise every plan shows it.", m.kind(), m.name(), listed(lines(found.Differences)))
}

// addComponentTaken says that the org has a component of a name already, and how to manage it.
func addComponentTaken(diags *diag.Diagnostics, m *metadataModel, more string) {
	diags.AddAttributeError(path.Root("full_name"), m.kind()+" is there already",
		fmt.Sprintf("The org has a %s %q.\n\nTo manage it, import it:\n  %s\nOr choose another name.%s", m.kind(), m.name(), importCommand(metadataType, m.id()), more))
}

// check asks Salesforce whether it would take a component, by a deployment that it keeps nothing of.
func (r *metadataResource) check(ctx context.Context, m *metadataModel, whole sfmetadata.Object) error {
	var component sfclient.Component
	if err := xml.Unmarshal([]byte(sfmetadata.XML(m.kind(), whole)), &component); err != nil {
		return err
	}
	item := sfclient.DeployItem{Type: m.kind(), FullName: m.name(), Component: &component}
	return r.client.Deploy(ctx, "check "+m.kind()+" "+m.name(), []sfclient.DeployItem{item}, sfclient.DeployOptions{CheckOnly: true})
}

func setMetadataIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, m *metadataModel) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	diags := identity.SetAttribute(ctx, path.Root("type"), m.Type)
	diags.Append(identity.SetAttribute(ctx, path.Root("full_name"), m.FullName)...)
	return diags
}
