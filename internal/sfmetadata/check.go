package sfmetadata

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// Problem is what is wrong with a content, in words for whoever wrote it.
type Problem struct {
	Path  string // such as loginIpRanges[0].startAddress
	Text  string
	Minor bool // Salesforce may know better than the schema

	Given string   // the name that is not among the known ones; empty where no name is at fault
	Known []string // the names that are
}

// place is an element of a content and what the schema says of it.
type place struct {
	path  string
	owner sfschema.Type
	field sfschema.Field
	known bool
	node  Node
}

// walk visits every element, down to where the schema knows no more.
func walk(typeName, path string, all Object, visit func(place)) {
	t, _ := sfschema.LookupType(typeName)
	for _, name := range all.names() {
		field, known := t.Field(name)
		at := Join(path, name)
		visit(place{at, t, field, known, all[name]})
		if _, branches := sfschema.LookupType(field.Type); !branches {
			continue
		}
		switch n := all[name].(type) {
		case Object:
			walk(field.Type, at, n, visit)
		case List:
			for i, entry := range n {
				if one, is := entry.(Object); is {
					walk(field.Type, fmt.Sprintf("%s[%d]", at, i), one, visit)
				}
			}
		}
	}
}

// Check finds what is not as the schema has a type: names, lists and single elements, values.
func Check(typeName string, content Object) []Problem {
	var problems []Problem
	walk(typeName, "", content, func(p place) {
		if !p.known {
			problems = append(problems, p.unknown())
			return
		}
		entries, isList := p.node.(List)
		_, open := p.node.(Unknown)
		switch {
		case open:
		case p.field.List && !isList:
			problems = append(problems, Problem{Path: p.path, Text: fmt.Sprintf("%s of %s is a list, also where it has a single entry. Write [ ... ] around it.", p.field.Name, p.owner.Name)})
		case !p.field.List && isList && p.field.Type != anyType:
			problems = append(problems, Problem{Path: p.path, Text: fmt.Sprintf("%s of %s is no list: it stands there once.", p.field.Name, p.owner.Name)})
		case isList:
			for i, entry := range entries {
				problems = append(problems, checkValue(fmt.Sprintf("%s[%d]", p.path, i), p.field, entry)...)
			}
		default:
			problems = append(problems, checkValue(p.path, p.field, p.node)...)
		}
	})
	return problems
}

func (p place) unknown() Problem {
	known := make([]string, len(p.owner.Fields))
	for i, field := range p.owner.Fields {
		known[i] = field.Name
	}
	return Problem{
		Path: p.path, Minor: true, Given: p.path[strings.LastIndexByte(p.path, '.')+1:], Known: known,
		Text: fmt.Sprintf("%s has no such element in API version %d.0, which this provider knows; it is sent as it is written.", p.owner.Name, sfschema.Version()),
	}
}

var (
	wholeNumber = regexp.MustCompile(`^[+-]?[0-9]{1,19}(\.0+)?$`)
	someNumber  = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)
)

// checkValue looks at one element, alone or in a list.
func checkValue(path string, field sfschema.Field, node Node) []Problem {
	wrong := func(format string, arguments ...any) []Problem {
		return []Problem{{Path: path, Text: fmt.Sprintf(format, arguments...)}}
	}
	part, branches := sfschema.LookupType(field.Type)
	value, isScalar := node.(Scalar)
	_, isObject := node.(Object)
	_, isList := node.(List)
	switch {
	case field.Type == anyType:
		return nil
	case branches && (isScalar || isList):
		return wrong("It holds the elements of %s, such as %s; write { ... }.", part.Name, some(part))
	case branches:
		return nil
	case isObject || isList:
		return wrong("It holds a single value.")
	case !isScalar:
		return nil
	}
	text := strings.TrimSpace(value.Text)
	if values, isEnum := sfschema.Enum(field.Type); isEnum && !slices.Contains(values, text) {
		return []Problem{{Path: path, Text: fmt.Sprintf("%q is none of the values of %s: %s.", text, field.Type, strings.Join(values, ", ")), Given: text, Known: values}}
	}
	switch on := canonical("boolean", text); {
	case field.Type == "boolean" && on != "true" && on != "false":
		return wrong("%q is neither true nor false.", text)
	case field.Type == "int" && !wholeNumber.MatchString(text):
		return wrong("%q is no whole number.", text)
	case field.Type == "double" && !someNumber.MatchString(text):
		return wrong("%q is no number.", text)
	case strings.ContainsFunc(value.Text, func(r rune) bool { return !inXML(r) }):
		return wrong("It holds a character that can't stand in XML.")
	}
	return nil
}

// some are the names of the first elements of a type.
func some(t sfschema.Type) string {
	var names []string
	for _, field := range t.Fields[:min(3, len(t.Fields))] {
		names = append(names, field.Name)
	}
	return strings.Join(names, ", ")
}

// CheckVersion finds what is newer than an API version.
func CheckVersion(typeName string, content Object, release int) []Problem {
	var problems []Problem
	walk(typeName, "", content, func(p place) {
		if p.field.Since > release {
			problems = append(problems, Problem{
				Path: p.path, Text: fmt.Sprintf("%s exists from API version %d.0 on; the provider speaks %d.0. Remove it, or the provider's api_version.", p.field.Name, p.field.Since, release),
			})
		}
	})
	return problems
}

// CheckRequired finds what Salesforce requires of what is not in the org yet.
func CheckRequired(typeName string, org, content Object) []Problem {
	c := completeness{}
	c.object(typeName, "", org, content)
	return c.problems
}

type completeness struct{ problems []Problem }

func (c *completeness) object(typeName, path string, org, content Object) {
	t, _ := sfschema.LookupType(typeName)
	for _, field := range t.Fields {
		_, given := content[field.Name]
		if org == nil && field.Required && !given {
			c.problems = append(c.problems, Problem{Path: Join(path, field.Name), Text: fmt.Sprintf("%s requires %s.", t.Name, field.Name)})
		}
		at := Join(path, field.Name)
		switch part := content[field.Name].(type) {
		case Object:
			now, _ := org[field.Name].(Object)
			c.object(field.Type, at, now, part)
		case List:
			now := listOf(org[field.Name])
			for i, position := range pairs(field.Type, now, part) {
				entry, isObject := part[i].(Object)
				if !isObject {
					continue
				}
				var before Object
				if position >= 0 {
					before, _ = now[position].(Object)
				}
				c.object(field.Type, fmt.Sprintf("%s[%d]", at, i), before, entry)
			}
		}
	}
}
