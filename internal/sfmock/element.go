package sfmock

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	envelopeSpace = "http://schemas.xmlsoap.org/soap/envelope/"
	metadataSpace = "http://soap.sforce.com/2006/04/metadata"
	instanceSpace = "http://www.w3.org/2001/XMLSchema-instance"
)

// element is a piece of XML without attributes but xsi:type and xsi:nil; either text or children mean something.
type element struct {
	space    string // XML namespace, only kept while reading
	name     string
	typ      string // xsi:type without its prefix
	null     bool
	text     string
	children []element

	line, column int // behind the start tag, only kept while reading
}

func leaf(name, text string) element { return element{name: name, text: text} }

func flagLeaf(name string, on bool) element { return leaf(name, strconv.FormatBool(on)) }

func branch(name string, children ...element) element { return element{name: name, children: children} }

// child returns the first child of the name, an empty element if there is none.
func (e element) child(name string) element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return element{}
}

// all returns the children of the name.
func (e element) all(name string) []element {
	var found []element
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

func (e element) has(name string) bool { return e.child(name).name != "" }

// value is the text of a child, trimmed as Salesforce trims every string on save.
func (e element) value(name string) string { return strings.TrimSpace(e.child(name).text) }

func (e element) flag(name string) bool { return isTrue(e.value(name)) }

func isTrue(text string) bool { return text == "true" || text == "1" }

// with is a copy whose child of that name is another one.
func (e element) with(child element) element {
	e.children = slices.DeleteFunc(slices.Clone(e.children), func(c element) bool { return c.name == child.name })
	if child.name != "" {
		e.children = append(e.children, child)
	}
	return e
}

// without is a copy that lacks the children of those names.
func (e element) without(names ...string) element {
	e.children = slices.DeleteFunc(slices.Clone(e.children), func(c element) bool { return slices.Contains(names, c.name) })
	return e
}

// maxDepth is deeper than any metadata type nests, and maxElements more than the largest component has.
const (
	maxDepth    = 100
	maxElements = 1_000_000
)

// parseXML reads a document of one root element.
func parseXML(document []byte) (element, error) {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	open := []element{{}} // the document itself, then the path to the place that is being read
	texts := [][]byte{nil}
	elements := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return element{}, err
		}
		last := len(open) - 1
		switch t := token.(type) {
		case xml.StartElement:
			if elements++; len(open) > maxDepth || elements > maxElements {
				return element{}, errors.New("the document nests too deeply or is too large")
			}
			e := newElement(t)
			e.line, e.column = decoder.InputPos()
			open, texts = append(open, e), append(texts, nil)
		case xml.EndElement:
			open[last].text = string(texts[last])
			open[last-1].children = append(open[last-1].children, open[last])
			open, texts = open[:last], texts[:last]
		case xml.CharData:
			texts[last] = append(texts[last], t...)
		}
	}
	if len(open[0].children) != 1 {
		return element{}, errors.New("the document has no root element")
	}
	return open[0].children[0], nil
}

func newElement(t xml.StartElement) element {
	e := element{space: t.Name.Space, name: t.Name.Local}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space != instanceSpace:
		case a.Name.Local == "type":
			_, local, prefixed := strings.Cut(a.Value, ":")
			if e.typ = a.Value; prefixed {
				e.typ = local
			}
		case a.Name.Local == "nil":
			e.null = isTrue(a.Value)
		}
	}
	return e
}

// quotes need no escape in text, and Salesforce writes none.
var quotes = strings.NewReplacer("&#39;", "'", "&#34;", `"`)

// typeAttribute is xsi:type as it stands behind the name, "" for none.
func (e element) typeAttribute() string {
	if e.typ == "" {
		return ""
	}
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(e.typ)) // a buffer takes everything
	return ` xsi:type="` + escaped.String() + `"`
}

// write appends the element as XML.
func (e element) write(to *bytes.Buffer) {
	to.WriteString("<" + e.name + e.typeAttribute())
	if e.null {
		to.WriteString(` xsi:nil="true"/>`)
		return
	}
	to.WriteByte('>')
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(e.text)) // a buffer takes everything
	_, _ = quotes.WriteString(to, escaped.String())
	for _, c := range e.children {
		c.write(to)
	}
	to.WriteString("</" + e.name + ">")
}
