package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// writtenContent is what a configuration, a plan or a state writes of a component.
type writtenContent struct {
	attribute string            // content or source
	content   sfmetadata.Object // nil as long as it is wholly unknown
}

// isKnown tells that nothing of it waits for an apply.
func (w writtenContent) isKnown() bool {
	return w.content != nil && sfmetadata.IsWhollyKnown(w.content)
}

// writes is the content or the source of a model. Its problems are reported, on the attribute.
func (m *metadataModel) writes(ctx context.Context, diags *diag.Diagnostics) writtenContent {
	w := writtenContent{attribute: "content"}
	var problems []sfmetadata.Problem
	switch {
	case !m.Source.IsNull():
		w.attribute = "source"
		if !m.Source.IsUnknown() {
			var err error
			if w.content, err = parseSource(m.Type.ValueString(), m.Source.ValueString()); err != nil {
				diags.AddAttributeError(path.Root(w.attribute), "Source can't be read", upperFirst(err.Error())+".")
				return w
			}
		}
	case isNothing(m.Content):
		return w
	default:
		w.content, problems = contentOf(ctx, m.Content)
	}
	if named, given := w.content["fullName"]; given {
		delete(w.content, "fullName") // nobody else has the tree
		if name, is := named.(sfmetadata.Scalar); is && isSet(m.FullName) && name.Text != m.FullName.ValueString() {
			problems = append(problems, sfmetadata.Problem{Path: "fullName", Text: fmt.Sprintf("The content is named %q and full_name is %q. Leave fullName out of the content.", name.Text, m.FullName.ValueString())})
		}
	}
	addProblems(diags, w.attribute, problems)
	return w
}

// secrets are what sensitive_content_wo of a configuration writes; nil for nothing, and as long as it is unknown.
func (m *metadataModel) secrets(ctx context.Context, diags *diag.Diagnostics) sfmetadata.Object {
	if isNothing(m.SensitiveContent) {
		return nil
	}
	content, problems := contentOf(ctx, m.SensitiveContent)
	addProblems(diags, secretAttribute, problems)
	return content
}

// isNothing tells that a dynamic value is null, of whatever type.
func isNothing(v types.Dynamic) bool { return v.IsNull() || v.IsUnderlyingValueNull() }

// parseSource reads a component from XML, as in a -meta.xml file, or from JSON.
func parseSource(typeName, text string) (sfmetadata.Object, error) {
	if sfmetadata.IsJSON(text) {
		return sfmetadata.ParseJSON(text)
	}
	root, content, err := sfmetadata.ParseXML(text)
	if err == nil && typeName != "" && root != typeName {
		return nil, fmt.Errorf("its root element is <%s> where <%s> is expected: the type of the component", root, typeName)
	}
	return content, err
}

// mostImportedEntries is up to how many entries of lists an imported component becomes a content: Terraform takes seconds for an object
// of thousands, and for a text none.
const mostImportedEntries = 500

// show puts what the org has of a component into the attribute that a model writes. What means the same stays as it is written.
func (m *metadataModel) show(ctx context.Context, w writtenContent, org sfmetadata.Object) {
	typeName := m.Type.ValueString()
	if w.content == nil { // imported: there is nothing but the whole
		delete(org, "fullName")
		if sfmetadata.Size(org) > mostImportedEntries {
			m.Source = types.StringValue(sfmetadata.XML(typeName, org))
		} else {
			m.Content = types.DynamicValue(metadataValue(ctx, typeName, org))
		}
		return
	}
	found := sfmetadata.Compare(typeName, org, w.content)
	switch {
	case found.Same():
	case w.attribute == "content":
		m.Content = types.DynamicValue(metadataValue(ctx, typeName, found.Have))
	case sfmetadata.IsJSON(m.Source.ValueString()):
		m.Source = types.StringValue(sfmetadata.JSON(typeName, found.Have))
	default:
		m.Source = types.StringValue(sfmetadata.XML(typeName, found.Have))
	}
}

// mostProblems is how many problems of one content are reported: who writes thousands of entries may make one mistake in all of them.
const mostProblems = 10

// addProblems reports what is wrong with a content, on its attribute.
func addProblems(diags *diag.Diagnostics, attribute string, problems []sfmetadata.Problem) {
	for i, p := range problems {
		detail := describeProblem(attribute, p)
		if more := len(problems) - mostProblems; i == mostProblems-1 && more > 0 {
			detail += fmt.Sprintf("\n\nThere are %d more.", more)
		}
		switch {
		case i >= mostProblems:
			return
		case p.Minor:
			diags.AddAttributeWarning(path.Root(attribute), "Metadata may not be known to Salesforce", detail)
		default:
			diags.AddAttributeError(path.Root(attribute), "Metadata is not well-formed", detail)
		}
	}
}

// describeProblem says where in an attribute a problem is, what it is, and what may have been meant.
func describeProblem(attribute string, p sfmetadata.Problem) string {
	detail := strings.TrimSuffix(sfmetadata.Join(attribute, p.Path), ".") + ": " + p.Text
	if near := nearest(p.Given, p.Known); p.Given != "" && near != "" {
		detail += fmt.Sprintf(" Did you mean %q?", near)
	}
	return detail
}

// lines are what differs, for a message.
func lines(differences []sfmetadata.Difference) []string {
	all := make([]string, len(differences))
	for i, d := range differences {
		all[i] = d.String()
	}
	return all
}
