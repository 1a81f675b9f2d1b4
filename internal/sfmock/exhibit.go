package sfmock

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Exhibited is a component that the org shows in the words of a file.
type Exhibited struct{ Type, FullName, File string }

// Exhibit lets reads of metadata answer with what the files of a folder say, whatever they refer to and whether or not the org would take
// it. It is for whoever wants to read files through a client. What is not shown is left out: what the org has no use for, objects and their
// fields, and what comes in a file of its own form, such as code.
func (o *Org) Exhibit(folder fs.FS) (shown []Exhibited, leftOut []string, err error) {
	s, err := readSeed(folder)
	if err != nil {
		return nil, nil, err
	}
	leftOut = s.leftOut
	o.lock()
	defer o.mu.Unlock()
	slices.SortFunc(s.members, func(a, b packageMember) int {
		return cmp.Or(strings.Compare(a.typeName, b.typeName), strings.Compare(a.fullName, b.fullName))
	})
	for _, m := range s.members {
		file := s.origins[m.key()]
		if _, isChild := childTypes[m.typeName]; isChild || m.typeName == "CustomObject" || hasContent(m.typeName) {
			leftOut = append(leftOut, file)
			continue
		}
		content, err := parseXML(s.archive[componentPath(m.typeName, m.fullName)])
		if err == nil && content.name != m.typeName {
			err = fmt.Errorf("its name says %s, but its root element %s", m.typeName, content.name)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		o.exhibit(m.typeName, m.fullName, tidy(m.typeName, content))
		shown = append(shown, Exhibited{m.typeName, m.fullName, file})
	}
	o.exhibitReferences()
	return shown, leftOut, nil
}

// exhibition is a type some of whose components are shown as files have them.
type exhibition struct {
	component
	shown map[string]*stored // by full name in lower case
}

func (o *Org) exhibit(typeName, fullName string, content element) {
	if _, begun := o.exhibitions[typeName]; !begun {
		keeper, _ := o.component(typeName)
		if o.exhibitions == nil {
			o.exhibitions = map[string]exhibition{}
		}
		o.exhibitions[typeName] = exhibition{keeper, map[string]*stored{}}
	}
	s := &stored{fullName: fullName, content: content.with(leaf("fullName", fullName))}
	if row := o.exhibitRow(typeName, fullName, content); row != nil {
		s.stamp = recordStamp(row)
	} else {
		s.stamp.id = o.newID(cmp.Or(exhibitPrefixes[typeName], plainPrefix))
	}
	o.exhibitions[typeName].shown[strings.ToLower(fullName)] = s
}

// exhibitPrefixes begin the ids of components whose records nobody asks for.
var exhibitPrefixes = map[string]string{"ConnectedApp": "0H4", "ExternalClientApplication": "0xI"}

func (e exhibition) names(o *Org) []string {
	names := slices.DeleteFunc(e.component.names(o), func(name string) bool { return e.shown[strings.ToLower(name)] != nil })
	for _, s := range e.shown {
		names = append(names, s.fullName)
	}
	return names
}

func (e exhibition) read(o *Org, fullName string) (element, bool) {
	if s := e.shown[strings.ToLower(fullName)]; s != nil {
		return s.content, true
	}
	return e.component.read(o, fullName)
}

// stampOf implements stamped.
func (e exhibition) stampOf(o *Org, fullName string) stamp {
	if s := e.shown[strings.ToLower(fullName)]; s != nil {
		return s.stamp
	}
	if known, ok := e.component.(stamped); ok {
		return known.stampOf(o, fullName)
	}
	return stamp{}
}
