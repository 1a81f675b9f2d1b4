package sfmetadata

import (
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// XML is a component as a -meta.xml file has it: elements in the order of the Metadata API's own files, the full name first.
func XML(typeName string, content Object) string {
	w := &writer{indent: "    ", end: "\n"}
	w.WriteString(xml.Header)
	w.element(typeName, typeName, ` xmlns="`+namespace+`"`+declaredInstance(content), content, "")
	return w.String()
}

// Inner is a component as a call of the Metadata API holds it, without the element around it.
func Inner(typeName string, content Object) []byte {
	w := &writer{}
	w.object(typeName, content, "")
	return []byte(w.String())
}

// declaredInstance is the declaration of the prefixes of types, for a content that has some.
func declaredInstance(node Node) string {
	switch n := node.(type) {
	case Object:
		for _, part := range n {
			if text := declaredInstance(part); text != "" {
				return text
			}
		}
	case List:
		for _, part := range n {
			if text := declaredInstance(part); text != "" {
				return text
			}
		}
	case Scalar:
		if n.XMLType != "" {
			return ` xmlns:xsi="` + instance + `"`
		}
	}
	return ""
}

type writer struct {
	strings.Builder
	indent, end string
}

func (w *writer) object(typeName string, all Object, indent string) {
	t, _ := sfschema.LookupType(typeName)
	for _, name := range ordered(t, all) {
		field, _ := t.Field(name)
		entries, isList := all[name].(List)
		if !isList {
			entries = List{all[name]}
		}
		for _, entry := range entries {
			w.element(name, field.Type, "", entry, indent)
		}
	}
}

// ordered are the names of an object in the order of its type, others behind them.
func ordered(t sfschema.Type, all Object) []string {
	place := make(map[string]int, len(t.Fields))
	for i, field := range t.Fields {
		place[field.Name] = i - len(t.Fields)
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		if place[a] != place[b] {
			return place[a] - place[b]
		}
		return strings.Compare(a, b)
	})
}

func (w *writer) element(name, typeName, attributes string, node Node, indent string) {
	var empty bool
	var text string
	switch n := node.(type) {
	case Object:
		empty = len(n) == 0
	case Scalar:
		text, attributes = written(typeName, n), attributes+xsiType(typeName, n)
		empty = text == ""
	default: // a list within a list has no form, and nothing unknown is ever written
		return
	}
	w.WriteString(indent + "<" + name + attributes)
	if empty {
		w.WriteString("/>" + w.end)
		return
	}
	w.WriteByte('>')
	if all, isObject := node.(Object); isObject {
		w.WriteString(w.end)
		w.object(typeName, all, indent+w.indent)
		w.WriteString(indent)
	}
	_, _ = escapes.WriteString(w, text) // a builder takes everything
	w.WriteString("</" + name + ">" + w.end)
}

// written is a scalar's text as it is sent.
func written(typeName string, s Scalar) string {
	if kindOf(typeName) == Flag {
		return canonical(typeName, s.Text)
	}
	return strings.Map(func(r rune) rune {
		if !inXML(r) {
			return utf8.RuneError
		}
		return r
	}, canonical("string", s.Text))
}

// xsiType says of a value in an element that takes any type what it is, by its form if nobody has said it.
func xsiType(typeName string, s Scalar) string {
	if typeName != anyType {
		return ""
	}
	named := s.XMLType
	if named == "" {
		named = map[Kind]string{Word: "xsd:string", Flag: "xsd:boolean", Number: "xsd:double"}[s.Kind]
	}
	declared := ""
	if strings.HasPrefix(named, schemaPrefix) {
		declared = ` xmlns:xsd="http://www.w3.org/2001/XMLSchema"`
	}
	return declared + ` xsi:type="` + named + `"`
}

// escapes are how Salesforce's files escape text.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;", "\r", "&#xD;")

// inXML tells whether a character can stand in an XML document. Source: XML 1.0, section 2.2.
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
