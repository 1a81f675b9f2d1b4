package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

type permissionSetModel struct {
	permissionContent
	namedRecord
	Label                 types.String   `tfsdk:"label"`
	Description           types.String   `tfsdk:"description"`
	License               types.String   `tfsdk:"license"`
	HasActivationRequired types.Bool     `tfsdk:"has_activation_required"`
	Timeouts              timeouts.Value `tfsdk:"timeouts"`
}

// contents are the entries of all sections by attribute.
type contents map[string]entries

// contents decodes all sections. complete is false when something in them is known only after apply.
func (c *permissionContent) contents() (all contents, complete bool) {
	all, complete = make(contents, len(permissionSections)), true
	for _, s := range permissionSections {
		e, known := entriesIn(s.value(c))
		all[s.attribute], complete = e, complete && known
	}
	return all, complete
}

// same tells whether two contents grant the same.
func (c contents) same(other contents) bool {
	return maps.EqualFunc(c, other, maps.Equal[entries, entries])
}

// readGap is a grant that Salesforce holds but leaves out of what it returns. An entry that Terraform wrote is taken for granted
// while something hides it.
type readGap struct {
	attribute string
	hides     func(name string, found contents) bool
}

var readGaps = []readGap{
	// Never returned: github.com/forcedotcom/cli, issues 2578 and 3648.
	{"user_permissions", func(name string, _ contents) bool {
		return name == "ManagePackageLicenses" || name == "RetainFieldHistory"
	}},
	// Not returned beside a permission that implies them: github.com/forcedotcom/cli, issue 2205.
	{"user_permissions", func(name string, found contents) bool {
		_, viewAll := found["user_permissions"]["ViewAllData"]
		_, modifyAll := found["user_permissions"]["ModifyAllData"]
		return (viewAll || modifyAll) && slices.Contains(impliedByAllData, name)
	}},
	// View All Fields of an object stands for all its field permissions: Metadata API guide, PermissionSet.
	{"field_permissions", func(name string, found contents) bool {
		object, _, _ := strings.Cut(name, ".")
		return slices.Contains(strings.Fields(found["object_permissions"][object]), viewAllFields)
	}},
}

var impliedByAllData = []string{"ManageQuotas", "OverrideForecasts", "ViewAllForecasts", "ViewDataLeakageEvents", "ViewPlatformEvents"}

// contentsOf is what a component grants, as far as written means the same in written's words.
func contentsOf(component *sfclient.PermissionSetComponent, written contents) contents {
	found := make(contents, len(permissionSections))
	for _, s := range permissionSections {
		found[s.attribute] = s.read(component).respelled(written[s.attribute], s.canonical)
	}
	return found.withHidden(written)
}

// hidden is what Terraform wrote and Salesforce may hold, although it is not among what it returned.
func (c contents) hidden(written contents) contents {
	all := contents{}
	for _, gap := range readGaps {
		for name, words := range written[gap.attribute] {
			if _, returned := c[gap.attribute][name]; returned || !gap.hides(name, c) {
				continue
			}
			if all[gap.attribute] == nil {
				all[gap.attribute] = entries{}
			}
			all[gap.attribute][name] = words
		}
	}
	return all
}

// withHidden is what Salesforce returned together with what it hides.
func (c contents) withHidden(written contents) contents {
	for attribute, hidden := range c.hidden(written) {
		maps.Copy(c[attribute], hidden)
	}
	return c
}

// read takes over what a component grants. A section that grants the same as before is left as it is written: null or empty.
func (c *permissionContent) read(component *sfclient.PermissionSetComponent) {
	before, _ := c.contents()
	found := contentsOf(component, before)
	for _, s := range permissionSections {
		if !maps.Equal(found[s.attribute], before[s.attribute]) {
			s.assign(c, found[s.attribute])
		}
	}
}

// write puts everything that Terraform owns into a component and leaves the rest of it alone.
func (m *permissionSetModel) write(component *sfclient.PermissionSetComponent) {
	component.FullName = m.Name.ValueString()
	component.Label = m.Label.ValueString()
	component.Description = m.Description.ValueString()
	component.License = m.License.ValueString()
	component.HasActivationRequired = m.HasActivationRequired.ValueBool()
	all, _ := m.contents()
	for _, s := range permissionSections {
		s.write(component, all[s.attribute])
	}
}

// equal tells whether two models ask the same of Salesforce, but for the name.
func (m *permissionSetModel) equal(other *permissionSetModel) bool {
	ours, _ := m.contents()
	theirs, _ := other.contents()
	return m.Label.Equal(other.Label) && m.Description.Equal(other.Description) && m.HasActivationRequired.Equal(other.HasActivationRequired) &&
		m.License.Equal(other.License) && ours.same(theirs)
}

// agrees tells whether a component holds what Terraform wrote, but for the license, which has several names.
func (m *permissionSetModel) agrees(component *sfclient.PermissionSetComponent) bool {
	written, _ := m.contents()
	return component.Label == m.Label.ValueString() &&
		component.Description == m.Description.ValueString() &&
		component.HasActivationRequired == m.HasActivationRequired.ValueBool() &&
		contentsOf(component, written).same(written)
}
