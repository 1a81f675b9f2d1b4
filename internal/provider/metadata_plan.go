package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// ValidateConfig holds what is written against the schema of the Metadata API. What is not known yet is left for later.
func (r *metadataResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	d := &resp.Diagnostics
	var config metadataModel
	if d.Append(req.Config.Get(ctx, &config)...); d.HasError() {
		return
	}
	switch hasContent, hasSource := !isNothing(config.Content), !config.Source.IsNull(); {
	case !hasContent && !hasSource:
		d.AddAttributeError(path.Root("content"), "Content is missing", "Write the component as content or as source. What you leave out of it is left alone.")
	case hasContent && hasSource:
		d.AddAttributeError(path.Root("source"), "Content is written twice", "Write the component as content or as source, not as both.")
	}
	if d.HasError() || !isSet(config.Type) {
		return
	}
	if checkMetadataType(config.kind(), d); d.HasError() {
		return
	}
	config.checkSettings(d)
	w, secrets := config.writes(ctx, d), config.secrets(ctx, d)
	addProblems(d, w.attribute, sfmetadata.Check(config.kind(), w.content))
	addProblems(d, secretAttribute, sfmetadata.Check(config.kind(), secrets))
	if _, _, located := sfschema.Location(config.kind()); config.CheckOnly.ValueBool() && !located {
		d.AddAttributeError(path.Root("check_only"), "Type can't be checked by a deployment",
			fmt.Sprintf("Where a %s lies in a deployment is not known to this provider. Leave check_only out; names and values are checked while planning all the same.", config.kind()))
	}
}

// checkMetadataType looks for a type in the schema, which may be older than the org.
func checkMetadataType(kind string, diags *diag.Diagnostics) {
	described, known := sfschema.LookupType(kind)
	switch {
	case kind == "Settings":
		diags.AddAttributeError(path.Root("type"), "Settings are many types", "package.xml calls all of them Settings; here each has the name of its own: SecuritySettings, with the full name Security.")
	case known && !described.Component:
		diags.AddAttributeError(path.Root("type"), "Type is no component", kind+" is a part of components: it has no name of its own, and is written within the component that it belongs to.")
	case !known && metadataTypeShape.MatchString(kind):
		detail := fmt.Sprintf("API version %d.0, which this provider knows, has no type %s in an ordinary org. It is sent as you write it.", sfschema.Version(), kind)
		if near := nearest(kind, sfschema.Components()); near != "" {
			detail += fmt.Sprintf(" Did you mean %q?", near)
		}
		diags.AddAttributeWarning(path.Root("type"), "Metadata type is not known", detail)
	}
}

// checkSettings looks at what settings have otherwise than other components: their name, and that they can't be deleted.
func (m *metadataModel) checkSettings(diags *diag.Diagnostics) {
	onDestroy := m.OnDestroy.ValueString()
	switch member := sfmetadata.SettingsName(m.kind()); {
	case !m.isSettings() && onDestroy == onDestroyRestore:
		diags.AddAttributeError(path.Root("on_destroy"), "Component can't be restored", "Only settings, which every org has, can be put back to what they were. Choose delete or keep.")
	case !m.isSettings():
	case onDestroy == onDestroyDelete:
		diags.AddAttributeError(path.Root("on_destroy"), "Settings can't be deleted", "Every org has them. Choose keep or restore.")
	case isSet(m.FullName) && m.name() != member:
		diags.AddAttributeError(path.Root("full_name"), "Settings have another name", fmt.Sprintf("Every org has one component of the type %s, and its full name is %q.", m.kind(), member))
	}
}

// ModifyPlan finds what would fail at apply, and keeps what means the same.
func (r *metadataResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.connection == nil {
		return
	}
	d := &resp.Diagnostics
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, d)
		return
	}
	var config, plan metadataModel
	d.Append(req.Config.Get(ctx, &config)...)
	if d.Append(req.Plan.Get(ctx, &plan)...); d.HasError() || !isSet(plan.Type) || !isSet(plan.FullName) {
		return
	}
	state, replaced := priorMetadata(ctx, req, &plan, d)
	if replaced && !d.HasError() {
		r.planDestroy(ctx, req, d)
	}
	if replaced || d.HasError() {
		return
	}
	plan.ID = types.StringValue(plan.id())
	if config.OnDestroy.IsNull() {
		plan.OnDestroy = plan.defaultOnDestroy()
	}
	w, secrets := config.writes(ctx, d), config.secrets(ctx, d)
	r.client.Conceal(sfmetadata.Texts(secrets)...)
	if w.content != nil {
		addProblems(d, w.attribute, sfmetadata.CheckVersion(plan.kind(), w.content, r.client.Release()))
	}
	addProblems(d, secretAttribute, sfmetadata.CheckVersion(plan.kind(), secrets, r.client.Release()))
	if !d.HasError() {
		r.planContent(ctx, &plan, state, w, secrets, d)
	}
	d.Append(resp.Plan.Set(ctx, &plan)...)
}

// planDestroy is for a component that is destroyed, also to make room for another.
func (r *metadataResource) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	var state metadataModel
	diags.Append(req.State.Get(ctx, &state)...)
	earlier, found := req.Private.GetKey(ctx, beforeKey)
	if diags.Append(found...); !diags.HasError() {
		r.guardDestroy(ctx, &state, earlier, diags)
	}
}

// priorMetadata is the state of a component that is to be changed, nil for one that is to be created. replaced tells that it is
// another component's: Terraform plans again without it.
func priorMetadata(ctx context.Context, req resource.ModifyPlanRequest, plan *metadataModel, diags *diag.Diagnostics) (state *metadataModel, replaced bool) {
	if req.State.Raw.IsNull() {
		return nil, false
	}
	state = &metadataModel{}
	diags.Append(req.State.Get(ctx, state)...)
	return state, state.id() != plan.id()
}

func (r *metadataResource) planContent(ctx context.Context, plan, state *metadataModel, w writtenContent, secrets sfmetadata.Object, diags *diag.Diagnostics) {
	if state == nil {
		r.plan.creates(plan.kind(), plan.name())
	} else if r.plan.tracks(plan.id()); r.keeps(ctx, plan, state, w, diags) {
		return
	}
	org, err := r.component(ctx, plan)
	switch {
	case errors.Is(err, sfclient.ErrNotFound):
		org = nil
	case err != nil:
		addError(diags, "read", plan.kind(), plan.name(), err)
		return
	case state == nil && !plan.isSettings():
		if !r.plan.tracked(plan.id()) {
			addComponentTaken(diags, plan, "")
			return
		}
		org = nil // it is being replaced
	}
	if w.content == nil {
		return
	}
	if state == nil && plan.isSettings() {
		warnOfAdoption(diags, plan, sfmetadata.Compare(plan.kind(), org, w.content))
	}
	over := sfmetadata.Over(plan.kind(), w.content, secrets)
	r.guard(ctx, plan, org, over, path.Root(w.attribute), diags)
	if addProblems(diags, w.attribute, sfmetadata.CheckRequired(plan.kind(), org, over)); diags.HasError() || !plan.CheckOnly.ValueBool() || !sfmetadata.IsWhollyKnown(over) {
		return
	}
	if err := r.check(ctx, plan, sfmetadata.ToSend(plan.kind(), org, over)); err != nil {
		var refusal diag.Diagnostics
		addError(&refusal, "check", plan.kind(), plan.name(), err)
		diags.AddAttributeError(path.Root(w.attribute), refusal[0].Summary(), refusal[0].Detail())
	}
}

// keeps tells whether nothing of a component is to be written, and plans it as it is in the state: what means the same is no change. A
// list in another order is one where the order may mean something.
func (r *metadataResource) keeps(ctx context.Context, plan, state *metadataModel, w writtenContent, diags *diag.Diagnostics) bool {
	if !w.isKnown() || !plan.SensitiveContentVersion.Equal(state.SensitiveContentVersion) {
		return false
	}
	before := state.writes(ctx, diags)
	if before.attribute != w.attribute {
		return false
	}
	found := sfmetadata.CompareWritten(plan.kind(), before.content, w.content)
	if !found.Same() || found.Reordered {
		return false
	}
	plan.Content, plan.Source = state.Content, state.Source
	return true
}

// warnOfAdoption lists what settings that Terraform did not manage so far have otherwise.
func warnOfAdoption(diags *diag.Diagnostics, m *metadataModel, found sfmetadata.Comparison) {
	if found.Same() {
		return
	}
	diags.AddWarning("The org has other "+m.kind(), "Creating this resource changes the org:\n"+listed(lines(found.Differences))+
		"\n\nTo see this as a change of what is there, import it first:\n  "+importCommand(metadataType, m.id()))
}
