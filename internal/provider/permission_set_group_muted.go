package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// mutedTexts describe the sections that mean something else where they are muted; the others are lists of names.
var mutedTexts = map[string]string{
	"object_permissions": "Rights on objects that the members don't give: by object, a set of the words of `salesforce_permission_set`. A right that is muted takes those with it that need it.",
	"field_permissions":  "Access to fields that the members don't give: by field, either `edit`, which leaves reading, or `read`, which takes editing with it.",
	"tabs":               "Tabs that the members don't give: by tab, either `Available` or `Visible`.",
}

// mutedAttribute has the sections of a permission set; what they list is taken away.
func mutedAttribute() schema.SingleNestedAttribute {
	sections := make(map[string]schema.Attribute, len(permissionSections))
	for _, s := range permissionSections {
		switch a := s.schema.(type) {
		case schema.SetAttribute:
			a.MarkdownDescription = "Muted `" + s.attribute + "`, named as in `salesforce_permission_set`."
			sections[s.attribute] = a
		case schema.MapAttribute:
			a.MarkdownDescription = mutedTexts[s.attribute]
			sections[s.attribute] = a
		}
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "What the group takes away again of what its members grant. Whatever is listed is muted, also when no member grants it; left out, nothing is. " +
			"Salesforce keeps it in a muting permission set, which the provider creates and deletes with its content.",
		Optional: true, Attributes: sections,
	}
}

// mutedTypes are the types of the attributes of muted.
func mutedTypes() map[string]attr.Type {
	kinds := make(map[string]attr.Type, len(permissionSections))
	for _, s := range permissionSections {
		kinds[s.attribute] = s.schema.GetType()
	}
	return kinds
}

// mutedContent is the value of muted as a permission set's content.
func mutedContent(ctx context.Context, muted types.Object, diags *diag.Diagnostics) *permissionContent {
	var c permissionContent
	if isSet(muted) {
		diags.Append(muted.As(ctx, &c, basetypes.ObjectAsOptions{})...)
		return &c
	}
	for _, s := range permissionSections {
		s.assign(&c, nil)
	}
	return &c
}

// mutedValue is a permission set's content as the value of muted.
func mutedValue(c *permissionContent) types.Object {
	values := make(map[string]attr.Value, len(permissionSections))
	for _, s := range permissionSections {
		values[s.attribute] = s.value(c)
	}
	return types.ObjectValueMust(mutedTypes(), values)
}

// mutedIn decodes what is muted. complete is false when something in it is known only after apply.
func mutedIn(ctx context.Context, muted types.Object, diags *diag.Diagnostics) (all contents, complete bool) {
	all, complete = mutedContent(ctx, muted, diags).contents()
	return all, complete && !muted.IsUnknown()
}

// empty tells whether there is nothing in any section.
func (c contents) empty() bool {
	for _, section := range c {
		if len(section) > 0 {
			return false
		}
	}
	return true
}

// readMuted takes over what a muting permission set says. What means the same as before is left as it is written.
func (m *permissionSetGroupModel) readMuted(ctx context.Context, component *sfclient.PermissionSetComponent, diags *diag.Diagnostics) {
	before, _ := mutedIn(ctx, m.Muted, diags)
	content := mutedContent(ctx, m.Muted, diags)
	readMutedFields(component)
	content.read(component)
	switch after, _ := content.contents(); {
	case after.same(before):
	case after.empty():
		m.Muted = types.ObjectNull(mutedTypes())
	default:
		m.Muted = mutedValue(content)
	}
}

// writeMuted puts what is muted into a component and leaves the rest of it alone.
func writeMuted(component *sfclient.PermissionSetComponent, muted contents) {
	for _, s := range permissionSections {
		s.write(component, muted[s.attribute])
	}
	writeMutedFields(component)
}

// readMutedFields and writeMutedFields translate between what is taken away and what would be granted by the same words: where a grant
// to edit includes reading, muting reading includes editing.
func readMutedFields(component *sfclient.PermissionSetComponent) {
	for i := range component.FieldPermissions {
		p := &component.FieldPermissions[i]
		p.Editable = p.Editable && !p.Readable
	}
}

func writeMutedFields(component *sfclient.PermissionSetComponent) {
	for i := range component.FieldPermissions {
		p := &component.FieldPermissions[i]
		p.Readable, p.Editable = !p.Editable, true
	}
}

// validateMuted finds what is wrong with muted in any org. Rights that need others can be muted without them.
func validateMuted(muted contents, diags *diag.Diagnostics) {
	for _, s := range permissionSections {
		alone := s.shape
		alone.check = nil
		var found diag.Diagnostics
		alone.validate(muted[s.attribute], &found)
		diags.Append(nestedIn("muted", found)...)
	}
}

// nestedIn moves diagnostics on attributes to those of the same names inside a nested attribute.
func nestedIn(attribute string, diags diag.Diagnostics) diag.Diagnostics {
	var moved diag.Diagnostics
	for _, d := range diags {
		located, ok := d.(diag.DiagnosticWithPath)
		if !ok {
			moved.Append(d)
			continue
		}
		at := path.Root(attribute)
		for _, step := range located.Path().Steps() {
			switch s := step.(type) {
			case path.PathStepAttributeName:
				at = at.AtName(string(s))
			case path.PathStepElementKeyString:
				at = at.AtMapKey(string(s))
			}
		}
		moved.Append(diag.WithPath(at, d))
	}
	return moved
}
