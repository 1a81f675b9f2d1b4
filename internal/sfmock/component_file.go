package sfmock

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// fileEscapes are how Salesforce writes in files what the encoder escapes by number.
var fileEscapes = strings.NewReplacer("&#39;", "&apos;", "&#34;", "&quot;", "&#xA;", "\n", "&#x9;", "\t")

// fileOf is an XML file in the form in which Salesforce hands it out.
func fileOf(root element) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	attributes := ` xmlns="` + metadataSpace + `"`
	if usesInstanceSpace(root) {
		attributes += ` xmlns:xsi="` + instanceSpace + `"`
	}
	root.writeIndented(&out, attributes, "")
	return out.Bytes()
}

func usesInstanceSpace(e element) bool {
	return e.null || e.typ != "" || slices.ContainsFunc(e.children, usesInstanceSpace)
}

func (e element) writeIndented(to *bytes.Buffer, attributes, indent string) {
	attributes += e.typeAttribute()
	if e.null {
		to.WriteString(indent + "<" + e.name + attributes + ` xsi:nil="true"/>` + "\n")
		return
	}
	if e.text == "" && len(e.children) == 0 {
		to.WriteString(indent + "<" + e.name + attributes + "/>\n")
		return
	}
	to.WriteString(indent + "<" + e.name + attributes + ">")
	var text bytes.Buffer
	_ = xml.EscapeText(&text, []byte(e.text)) // a buffer takes everything
	_, _ = fileEscapes.WriteString(to, text.String())
	if len(e.children) > 0 {
		to.WriteByte('\n')
		for _, c := range e.children {
			c.writeIndented(to, "", indent+"    ")
		}
		to.WriteString(indent)
	}
	to.WriteString("</" + e.name + ">\n")
}

// inSource is a component as its file has it: children in the WSDL's order, lists sorted, without what is newer than the version.
func inSource(typeName string, e element, version int) element {
	sorted := schemaOrder(typeName, e, version)
	sorted.name, sorted.typ = typeName, ""
	sorted.children = slices.DeleteFunc(sorted.children, func(c element) bool { return c.name == "fullName" })
	t, _ := sfschema.LookupType(typeName)
	place := map[string]int{}
	for i, f := range t.Fields {
		place[f.Name] = i
	}
	slices.SortStableFunc(sorted.children, func(a, b element) int {
		return cmp.Or(cmp.Compare(place[a.name], place[b.name]), strings.Compare(sortKey(a), sortKey(b)))
	})
	return sorted
}

func schemaOrder(typeName string, e element, version int) element {
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		return e
	}
	children := make([]element, 0, len(e.children))
	for _, f := range t.Fields {
		if f.Since > version {
			continue
		}
		for _, c := range e.children {
			if c.name == f.Name {
				children = append(children, schemaOrder(f.Type, c, version))
			}
		}
	}
	e.children = children
	return e
}

// sortKey is what the entries of a list are sorted by.
func sortKey(entry element) string {
	return cmp.Or(entry.value(entryKeys[entry.name]), entry.value("fullName"), flatText(entry))
}

func flatText(e element) string {
	parts := []string{e.text}
	for _, c := range e.children {
		parts = append(parts, flatText(c))
	}
	return strings.Join(parts, "\x00")
}

// componentFiles are the files of a component: one, or its content and what describes that.
func componentFiles(typeName, path string, e element) map[string][]byte {
	if !hasContent(typeName) {
		return map[string][]byte{path: fileOf(e)}
	}
	content, err := base64.StdEncoding.DecodeString(e.value("content"))
	if err != nil {
		content = []byte(e.value("content"))
	}
	e.children = slices.DeleteFunc(slices.Clone(e.children), func(c element) bool { return c.name == "content" })
	return map[string][]byte{path: content, path + metaSuffix: fileOf(e)}
}
