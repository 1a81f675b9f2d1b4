package provider

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

type permissionSetGroupModel struct {
	namedRecord
	Label                 types.String   `tfsdk:"label"`
	Description           types.String   `tfsdk:"description"`
	HasActivationRequired types.Bool     `tfsdk:"has_activation_required"`
	PermissionSets        nameSet        `tfsdk:"permission_sets"`
	Muted                 types.Object   `tfsdk:"muted"`
	Status                types.String   `tfsdk:"status"`
	Timeouts              timeouts.Value `tfsdk:"timeouts"`
}

// The elements of the metadata type.
const (
	memberElement = "permissionSets"
	mutingElement = "mutingPermissionSets"
)

// memberShape is what the members look like as entries.
var memberShape = shape{attribute: "permission_sets", canonical: strings.ToLower}

// members are the entries of permission_sets; complete is false when some of them are known only after apply.
func (m *permissionSetGroupModel) members() (e entries, complete bool) {
	return entriesIn(m.PermissionSets)
}

// read takes over what Salesforce says of the group itself. Members that are the same as before are left as they are written.
func (m *permissionSetGroupModel) read(row *sfclient.PermissionSetGroup, component *sfclient.Component) {
	m.ID, m.Name = types.StringValue(row.ID), types.StringValue(row.FullName())
	m.Label, m.Description = types.StringValue(component.Text("label")), textOrNull(component.Text("description"), m.Description)
	m.HasActivationRequired = types.BoolValue(component.Text("hasActivationRequired") == "true")
	m.Status = textOrNull(component.Text("status"), types.StringNull())
	before, _ := m.members()
	if found := membersOf(component).respelled(before, memberShape.canonical); !maps.Equal(found, before) {
		m.PermissionSets = found.names()
	}
}

func membersOf(component *sfclient.Component) entries {
	found := entries{}
	for _, name := range component.Texts(memberElement) {
		found[name] = ""
	}
	return found
}

// write puts the group itself into a component and leaves the rest of it alone. The status is Salesforce's to set: sending it makes it
// recalculate the group once more.
func (m *permissionSetGroupModel) write(component *sfclient.Component) {
	component.Set(m.Name.ValueString(), "fullName")
	component.Set(m.Label.ValueString(), "label")
	if component.Remove("description"); m.Description.ValueString() != "" {
		component.Set(m.Description.ValueString(), "description")
	}
	component.Set(strconv.FormatBool(m.HasActivationRequired.ValueBool()), "hasActivationRequired")
	members, _ := m.members()
	component.SetTexts(slices.Sorted(maps.Keys(members)), memberElement)
	component.Remove("status")
}

// agrees tells whether a component holds what Terraform wrote.
func (m *permissionSetGroupModel) agrees(component *sfclient.Component, muting []string) bool {
	members, _ := m.members()
	return component.Text("label") == m.Label.ValueString() &&
		component.Text("description") == m.Description.ValueString() &&
		component.Text("hasActivationRequired") == strconv.FormatBool(m.HasActivationRequired.ValueBool()) &&
		slices.Equal(component.Texts(mutingElement), muting) &&
		maps.Equal(membersOf(component).respelled(members, memberShape.canonical), members)
}

// equal tells whether two models ask the same of Salesforce. What is not known yet is not the same.
func (m *permissionSetGroupModel) equal(ctx context.Context, other *permissionSetGroupModel, diags *diag.Diagnostics) bool {
	ours, known := mutedIn(ctx, m.Muted, diags)
	theirs, _ := mutedIn(ctx, other.Muted, diags)
	return known && m.Name.Equal(other.Name) && m.sameHead(other) && ours.same(theirs)
}

// sameHead tells whether two models ask the same of the group itself, but for its name.
func (m *permissionSetGroupModel) sameHead(other *permissionSetGroupModel) bool {
	ours, known := m.members()
	theirs, _ := other.members()
	return known && m.Label.Equal(other.Label) && m.Description.ValueString() == other.Description.ValueString() && !m.Description.IsUnknown() &&
		m.HasActivationRequired.Equal(other.HasActivationRequired) && maps.Equal(ours, theirs)
}
