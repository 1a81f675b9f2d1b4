package sfmetadata

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// Node is what an element of a component holds: a Scalar, an Object, a List or Unknown.
type Node interface{ isNode() }

// Object holds elements by name.
type Object map[string]Node

// List is an element that may stand there any number of times.
type List []Node

// Scalar is a text, and how whoever wrote it spelt it.
type Scalar struct {
	Text    string
	Kind    Kind
	XMLType string // the xsi:type of an element that may hold any type, such as xsd:double
}

// Unknown is what Terraform knows only after an apply.
type Unknown struct{}

func (Object) isNode()  {}
func (List) isNode()    {}
func (Scalar) isNode()  {}
func (Unknown) isNode() {}

// Kind is the form of a Scalar where there are others than text.
type Kind int

// The kinds of Scalars.
const (
	Word Kind = iota
	Flag
	Number
)

// anyType is the schema's name for an element whose content says itself what it is, and for types that the public WSDL does not define.
const anyType = "anyType"

// kindOf is the kind of a field's scalars.
func kindOf(typeName string) Kind {
	switch typeName {
	case "boolean":
		return Flag
	case "int", "double":
		return Number
	}
	return Word
}

// timeOfDay is how XML Schema writes one.
const timeOfDay = "15:04:05Z07:00"

// canonical is a scalar's text in the one form that it has among all that mean the same in a field of that type. Salesforce trims
// strings (Metadata API guide, createMetadata), and XML has one kind of line end.
func canonical(typeName, text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case typeName == "boolean":
		if on, err := strconv.ParseBool(text); err == nil {
			return strconv.FormatBool(on)
		}
	case kindOf(typeName) == Number:
		if number, ok := ParseNumber(text); ok {
			return Numeral(number)
		}
	case typeName == "dateTime":
		for _, layout := range []string{time.RFC3339, timeOfDay} {
			if at, err := time.Parse(layout, text); err == nil {
				return at.UTC().Format(time.RFC3339Nano)
			}
		}
	case typeName == "base64Binary":
		return strings.Join(strings.Fields(text), "")
	}
	return text
}

// sameText tells whether two scalars of a field mean the same. What the schema gives no type is what one of them says that it is.
func sameText(typeName string, a, b Scalar) bool {
	if typeName == "" || typeName == anyType {
		typeName = map[Kind]string{Flag: "boolean", Number: "double"}[max(a.Kind, b.Kind)]
	}
	return canonical(typeName, a.Text) == canonical(typeName, b.Text)
}

// isEmpty tells whether Salesforce keeps nothing of a node: it has no empty texts, and switches are off unless they are on.
func isEmpty(typeName string, node Node) bool {
	switch n := node.(type) {
	case Scalar:
		text := canonical(typeName, n.Text)
		return text == "" || typeName == "boolean" && text == "false"
	case List:
		return len(n) == 0
	case Object:
		for name, part := range n {
			if field, _ := partOf(typeName, name); !isEmpty(field.Type, part) {
				return false
			}
		}
		return true
	}
	return false
}

// partOf is a field of a type; the zero Field, which takes anything, where the schema has none.
func partOf(typeName, name string) (field sfschema.Field, known bool) {
	t, _ := sfschema.LookupType(typeName)
	return t.Field(name)
}

// IsWhollyKnown tells that nothing in a node is Unknown.
func IsWhollyKnown(node Node) bool {
	switch n := node.(type) {
	case Unknown:
		return false
	case Object:
		for _, part := range n {
			if !IsWhollyKnown(part) {
				return false
			}
		}
	case List:
		for _, part := range n {
			if !IsWhollyKnown(part) {
				return false
			}
		}
	}
	return true
}

// Size is how many entries the lists of a node have altogether.
func Size(node Node) int {
	size := 0
	switch n := node.(type) {
	case Object:
		for _, part := range n {
			size += Size(part)
		}
	case List:
		size = len(n)
		for _, part := range n {
			size += Size(part)
		}
	}
	return size
}

var nameShape = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// IsName tells whether an element can have a name.
func IsName(name string) bool { return nameShape.MatchString(name) }

// maxDepth is deeper than any metadata type nests.
const maxDepth = 100

// maxSize is what Salesforce takes in one request (Metadata API guide, Deploy).
const maxSize = 52_428_800

// byteOrderMark is how some editors begin a file.
const byteOrderMark = "\ufeff"

// IsJSON tells a component in JSON from one in XML.
func IsJSON(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark)), "{")
}

// Texts are all that stands in the words of a node.
func Texts(node Node) []string {
	var texts []string
	switch n := node.(type) {
	case Object:
		for _, name := range n.names() {
			texts = append(texts, Texts(n[name])...)
		}
	case List:
		for _, entry := range n {
			texts = append(texts, Texts(entry)...)
		}
	case Scalar:
		if n.Kind == Word {
			texts = append(texts, n.Text)
		}
	}
	return texts
}
