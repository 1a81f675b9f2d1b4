package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

type customPermissionModel struct {
	namedRecord
	Label               types.String   `tfsdk:"label"`
	Description         types.String   `tfsdk:"description"`
	RequiredPermissions nameSet        `tfsdk:"required_permissions"`
	IsLicensed          types.Bool     `tfsdk:"is_licensed"`
	Timeouts            timeouts.Value `tfsdk:"timeouts"`
}

// requiredElement holds one custom permission that another one requires.
const requiredElement = "requiredPermission"

// requiredShape is what the required permissions look like as entries.
var requiredShape = shape{attribute: "required_permissions", canonical: strings.ToLower}

// read takes over what a component says. What means the same as before is left as it is written.
func (m *customPermissionModel) read(name string, component *sfclient.Component) {
	m.Name, m.Label = types.StringValue(name), types.StringValue(component.Text("label"))
	m.Description = textOrNull(component.Text("description"), m.Description)
	m.IsLicensed = types.BoolValue(component.Text("isLicensed") == "true")
	before, _ := entriesIn(m.RequiredPermissions)
	if found := requiredIn(component).respelled(before, requiredShape.canonical); !isSet(m.RequiredPermissions) || !maps.Equal(found, before) {
		m.RequiredPermissions = nameSetOf(slices.Sorted(maps.Keys(found)))
	}
}

// requiredIn are the permissions that one requires; an entry that says that it doesn't is none.
func requiredIn(component *sfclient.Component) entries {
	found := entries{}
	for _, entry := range component.List(requiredElement) {
		if entry.Text("dependency") == "true" {
			found[entry.Text("customPermission")] = ""
		}
	}
	return found
}

// write puts what differs from before into a component; prior is nil at creation.
func (m *customPermissionModel) write(component *sfclient.Component, prior *customPermissionModel) {
	if prior == nil {
		prior = &customPermissionModel{}
	}
	component.Set(m.Label.ValueString(), "label")
	if text := m.Description.ValueString(); text != prior.Description.ValueString() {
		if component.Remove("description"); text != "" {
			component.Set(text, "description")
		}
	}
	required, _ := entriesIn(m.RequiredPermissions)
	before, _ := entriesIn(prior.RequiredPermissions)
	if maps.Equal(required, before) {
		return
	}
	var list []sfclient.Entry
	for _, name := range slices.Sorted(maps.Keys(required)) {
		var entry sfclient.Entry
		entry.Set(name, "customPermission")
		entry.Set("true", "dependency")
		list = append(list, entry)
	}
	component.SetList(list, requiredElement)
}

// asks tells whether two models ask the same of Salesforce.
func (m *customPermissionModel) asks(other *customPermissionModel) bool {
	ours, _ := entriesIn(m.RequiredPermissions)
	theirs, _ := entriesIn(other.RequiredPermissions)
	return m.Label.Equal(other.Label) && m.Description.ValueString() == other.Description.ValueString() && maps.Equal(ours, theirs)
}

// agrees tells whether a component holds what Terraform wrote.
func (m *customPermissionModel) agrees(component *sfclient.Component) bool {
	required, _ := entriesIn(m.RequiredPermissions)
	return component.Text("label") == m.Label.ValueString() && component.Text("description") == m.Description.ValueString() &&
		maps.Equal(requiredIn(component).respelled(required, requiredShape.canonical), required)
}
