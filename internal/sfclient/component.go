package sfclient

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
)

// Component is a metadata component as the Metadata API reads and writes it: a tree of named elements. Elements that are null are
// left out of it, because no write may name them. The zero Component is empty and ready to use.
type Component struct {
	XMLName xml.Name
	Parts   carriedRuns `xml:",any"`
}

// NewComponent starts a component of that name.
func NewComponent(fullName string) *Component {
	c := &Component{}
	c.Set(fullName, "fullName")
	return c
}

// UnmarshalXML implements xml.Unmarshaler.
func (c *Component) UnmarshalXML(decoder *xml.Decoder, start xml.StartElement) error {
	var tree carried
	if err := decoder.DecodeElement(&tree, &start); err != nil {
		return err
	}
	c.Parts = tree.Children.withoutNulls()
	return nil
}

// FullName is the name of the component.
func (c *Component) FullName() string { return c.Text("fullName") }

// Text is the text of the element at a path, "" if there is none.
func (c *Component) Text(path ...string) string {
	if found := c.Parts.at(path); found != nil {
		return strings.TrimSpace(found.Text)
	}
	return ""
}

// Has tells whether there is an element at a path.
func (c *Component) Has(path ...string) bool { return c.Parts.at(path) != nil }

// Set gives the element at a path a text, and makes what is missing on the way.
func (c *Component) Set(text string, path ...string) {
	parts := &c.Parts
	for i, name := range path {
		position := parts.index(name)
		if position < 0 {
			*parts = append(*parts, carriedText(name, ""))
			position = len(*parts) - 1
		}
		part := &(*parts)[position]
		if i == len(path)-1 {
			part.Text, part.Children = text, nil
		}
		parts = &part.Children
	}
}

// Remove takes away all elements at a path.
func (c *Component) Remove(path ...string) {
	parent, name := path[:len(path)-1], path[len(path)-1]
	parts := &c.Parts
	if len(parent) > 0 {
		found := c.Parts.at(parent)
		if found == nil {
			return
		}
		parts = &found.Children
	}
	*parts = slices.DeleteFunc(*parts, func(p carried) bool { return p.XMLName.Local == name })
}

// Texts are the texts of all elements at a path, whose last one may be repeated.
func (c *Component) Texts(path ...string) []string {
	var texts []string
	for _, part := range c.List(path...) {
		texts = append(texts, strings.TrimSpace(part.text))
	}
	return texts
}

// SetTexts replaces all elements at a path by one for each text; no text removes them.
func (c *Component) SetTexts(texts []string, path ...string) {
	entries := make([]Entry, len(texts))
	for i, text := range texts {
		entries[i] = Entry{text: text}
	}
	c.SetList(entries, path...)
}

// Entry is one of several elements of a name: a tree of its own.
type Entry struct {
	Component
	text string
}

// List are all elements at a path, whose last one may be repeated.
func (c *Component) List(path ...string) []Entry {
	parts := c.Parts
	if parent := path[:len(path)-1]; len(parent) > 0 {
		found := c.Parts.at(parent)
		if found == nil {
			return nil
		}
		parts = found.Children
	}
	var entries []Entry
	for _, part := range parts {
		if part.XMLName.Local == path[len(path)-1] {
			entries = append(entries, Entry{Component{Parts: part.Children}, part.Text})
		}
	}
	return entries
}

// SetList replaces all elements at a path by the entries, and makes what is missing on the way.
func (c *Component) SetList(entries []Entry, path ...string) {
	c.Remove(path...)
	parent, name := path[:len(path)-1], path[len(path)-1]
	parts := &c.Parts
	if len(parent) > 0 {
		if !c.Has(parent...) {
			c.Set("", parent...)
		}
		parts = &c.Parts.at(parent).Children
	}
	for _, e := range entries {
		*parts = append(*parts, carried{XMLName: xml.Name{Local: name}, Text: e.text, Children: e.Parts})
	}
}

// index is the position of the first element of a name, -1 if there is none.
func (all carriedRuns) index(name string) int {
	return slices.IndexFunc(all, func(p carried) bool { return p.XMLName.Local == name })
}

func (all carriedRuns) at(path []string) *carried {
	i := all.index(path[0])
	switch {
	case i < 0:
		return nil
	case len(path) == 1:
		return &all[i]
	}
	return all[i].Children.at(path[1:])
}

func (all carriedRuns) withoutNulls() carriedRuns {
	all = slices.DeleteFunc(all, func(p carried) bool {
		return slices.ContainsFunc(p.Attrs, func(a xml.Attr) bool { return a.Name.Local == "nil" && a.Value == "true" })
	})
	for i := range all {
		all[i].Children = all[i].Children.withoutNulls()
	}
	return all
}

// byElement orders elements as the Metadata API documents them: the full name first, then by name.
func byElement(a, b carried) int {
	rank := func(p carried) int {
		if p.XMLName.Local == "fullName" {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.XMLName.Local, b.XMLName.Local))
}
