package sfmetadata

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

const (
	namespace = "http://soap.sforce.com/2006/04/metadata"
	instance  = "http://www.w3.org/2001/XMLSchema-instance"
)

// element is a piece of XML before a type says what it is.
type element struct {
	name     string
	xmlType  string
	null     bool
	text     strings.Builder
	children []*element
}

// ParseXML reads a component as a -meta.xml file has it. The root element names its type.
func ParseXML(text string) (typeName string, content Object, err error) {
	root, err := parse(text)
	if err != nil {
		return "", nil, err
	}
	switch node := root.node(root.name).(type) {
	case Object:
		return root.name, node, nil
	case Scalar:
		if node.Text != "" {
			return "", nil, fmt.Errorf("<%s> holds text where elements are expected", root.name)
		}
	}
	return root.name, Object{}, nil
}

// ParseInner reads what stands inside the element of a component of a type, as the Metadata API answers it.
func ParseInner(typeName string, inner []byte) (Object, error) {
	root, err := parse(`<x xmlns:xsi="` + instance + `" xmlns:xsd="http://www.w3.org/2001/XMLSchema">` + string(inner) + "</x>")
	if err != nil {
		return nil, err
	}
	if content, is := root.node(typeName).(Object); is {
		return content, nil
	}
	return Object{}, nil
}

// parse reads a document of one root element.
func parse(text string) (*element, error) {
	if len(text) > maxSize {
		return nil, fmt.Errorf("it has %d bytes, and Salesforce takes %d in a request", len(text), maxSize)
	}
	decoder := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, byteOrderMark)))
	decoder.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("it is written in %s; save it as UTF-8, and say so in its first line", charset)
	}
	open := []*element{{}} // the document itself, then the path to the place that is being read
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		last := len(open) - 1
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Space != "" && t.Name.Space != namespace {
				return nil, fmt.Errorf("<%s> is of the namespace %s, not of %s", t.Name.Local, t.Name.Space, namespace)
			}
			if len(open) > maxDepth {
				return nil, fmt.Errorf("elements nest more than %d deep", maxDepth)
			}
			open = append(open, begun(t))
		case xml.EndElement:
			if len(open[last].children) > 0 && strings.TrimSpace(open[last].text.String()) != "" {
				return nil, fmt.Errorf("<%s> holds text beside elements: %.60q", open[last].name, strings.TrimSpace(open[last].text.String()))
			}
			open[last-1].children = append(open[last-1].children, open[last])
			open = open[:last]
		case xml.CharData:
			open[last].text.Write(t)
		case xml.Directive:
			return nil, errors.New("it has a document type declaration, which no metadata file has")
		}
	}
	switch document := open[0]; {
	case strings.TrimSpace(document.text.String()) != "":
		return nil, fmt.Errorf("it has text outside of elements: %.60q", strings.TrimSpace(document.text.String()))
	case len(document.children) == 1:
		return document.children[0], nil
	}
	return nil, fmt.Errorf("it has %d root elements where one is expected", len(open[0].children))
}

var xmlTypeShape = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_-]*:)?([A-Za-z_][A-Za-z0-9_-]*)$`)

// schemaPrefix is ours for the types of XML Schema, whatever a file has: types of the Metadata API stand without one.
const schemaPrefix = "xsd:"

func begun(start xml.StartElement) *element {
	e := &element{name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Space != instance {
			continue
		}
		switch a.Name.Local {
		case "nil":
			e.null = a.Value == "true" || a.Value == "1"
		case "type":
			if shape := xmlTypeShape.FindStringSubmatch(a.Value); shape != nil {
				e.xmlType = shape[2]
				if shape[1] != "" {
					e.xmlType = schemaPrefix + shape[2]
				}
			}
		}
	}
	return e
}

// node is the element as one of a type; nil for a null.
func (e *element) node(typeName string) Node {
	_, branches := sfschema.LookupType(typeName)
	text := strings.TrimSpace(strings.ReplaceAll(e.text.String(), "\r\n", "\n")) // as Salesforce saves it
	switch {
	case e.null:
		return nil
	case len(e.children) > 0 || branches && text == "":
		return e.object(typeName)
	case typeName == anyType:
		return Scalar{text, kindOf(strings.TrimPrefix(e.xmlType, schemaPrefix)), e.xmlType}
	}
	return Scalar{Text: text, Kind: kindOf(typeName)}
}

// object has a List where the type has one, and where something unexpected is repeated.
func (e *element) object(typeName string) Object {
	all := Object{}
	for _, child := range e.children {
		field, _ := partOf(typeName, child.name)
		node := child.node(field.Type)
		switch before := all[child.name].(type) {
		case List:
			if node != nil {
				all[child.name] = append(before, node)
			}
		case nil:
			switch {
			case node == nil:
			case field.List:
				all[child.name] = List{node}
			default:
				all[child.name] = node
			}
		default:
			if node != nil {
				all[child.name] = List{before, node}
			}
		}
	}
	return all
}
