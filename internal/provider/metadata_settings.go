package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// onDestroyDelete is what destroying does with a component that is no part of the org's settings.
const onDestroyDelete = "delete"

func (m *metadataModel) defaultOnDestroy() types.String {
	if m.isSettings() {
		return types.StringValue(onDestroyKeep)
	}
	return types.StringValue(onDestroyDelete)
}

// adopt writes settings, which are there in every org, for the first time. What was there before is kept.
func (r *metadataResource) adopt(ctx context.Context, plan, config *metadataModel, private privateState, diags *diag.Diagnostics) {
	w, secrets := plan.writes(ctx, diags), config.secrets(ctx, diags)
	if diags.HasError() {
		return
	}
	r.client.Conceal(sfmetadata.Texts(secrets)...)
	org, err := r.component(ctx, plan)
	if err != nil {
		addError(diags, "read", plan.kind(), "", err)
		return
	}
	found := sfmetadata.Compare(plan.kind(), org, w.content)
	before := keptBefore(plan, nil, found.Have)
	if !found.Same() || secrets != nil {
		whole := sfmetadata.ToSend(plan.kind(), org, sfmetadata.Over(plan.kind(), w.content, secrets))
		if err := r.overwrite(ctx, plan, whole); err != nil {
			addError(diags, "update", plan.kind(), "", err)
			return
		}
		if org, err = r.component(ctx, plan); err != nil {
			addUnfinished(diags, "read back", plan.kind(), plan.name(), err)
		} else if found = sfmetadata.Compare(plan.kind(), org, w.content); !found.Same() {
			diags.AddAttributeError(path.Root(w.attribute), "Salesforce does not keep all of the component", notKept(plan, found))
			r.restore(ctx, plan, before, diags) // settings that are not in the state are not left changed, either
			return
		}
	}
	diags.Append(private.SetKey(ctx, beforeKey, before)...)
}

// keptBefore is what settings were before Terraform first changed them, as the private state keeps it: have is what they are now, at
// the paths that are about to be written.
func keptBefore(m *metadataModel, before []byte, have sfmetadata.Object) []byte {
	if earlier, err := sfmetadata.ParseJSON(string(before)); err == nil {
		have = sfmetadata.Earlier(m.kind(), earlier, have)
	}
	return []byte(sfmetadata.JSON(m.kind(), have))
}

// restore puts back what settings were before. What there was nothing of can't be put back.
func (r *metadataResource) restore(ctx context.Context, m *metadataModel, before []byte, diags *diag.Diagnostics) {
	earlier, err := sfmetadata.ParseJSON(string(before))
	if err != nil { // imported, and never changed since
		return
	}
	org, err := r.component(ctx, m)
	if err == nil && !sfmetadata.Compare(m.kind(), org, earlier).Same() {
		err = r.overwrite(ctx, m, sfmetadata.ToSend(m.kind(), org, earlier))
	}
	if err != nil {
		addError(diags, "restore", m.kind(), "", err)
	}
}
