package main

import (
	"fmt"
	"regexp"
	"strings"
)

// declaration is one exported type: a union of string literals (values), or an object type made of its bases and its
// own members. An alias such as `type FlowEnd = FlowNode` is an object type without members of its own: that is how
// the package writes a WSDL type that extends another one and adds nothing.
type declaration struct {
	values  []string
	bases   []string
	members []member
}

// member is one line of an object type, `name?: type[];`.
type member struct {
	name     string
	typ      string
	list     bool
	optional bool
}

// declarations are the exported types of one .d.ts file by name.
type declarations map[string]declaration

var (
	exportLine = regexp.MustCompile(`^export type (\w+) = (.*)([{;])$`)
	memberLine = regexp.MustCompile(`^ {4}(\w+)(\??): (\w+)(\[\])?;$`)
)

// parse reads a .d.ts file in the uniform style of @salesforce/types. A line it does not know is an error and not
// skipped: a new style must not lose fields in silence.
func parse(source string) (declarations, error) {
	found := declarations{}
	open := "" // the object type whose members are being read
	for number, line := range strings.Split(source, "\n") {
		if line == "" {
			continue
		}
		if line == "};" && open != "" {
			open = ""
			continue
		}
		if m := memberLine.FindStringSubmatch(line); m != nil && open != "" {
			d := found[open]
			d.members = append(d.members, member{name: m[1], optional: m[2] != "", typ: m[3], list: m[4] != ""})
			found[open] = d
			continue
		}
		m := exportLine.FindStringSubmatch(line)
		if m == nil || open != "" {
			return nil, fmt.Errorf("line %d is not understood: %.80q", number+1, line)
		}
		name, right, end := m[1], m[2], m[3]
		found[name] = declare(right)
		if end == "{" {
			open = name
		}
	}
	if open != "" {
		return nil, fmt.Errorf("type %s is not closed", open)
	}
	return found, nil
}

// declare reads what stands between `=` and the closing `;` or the opening `{`.
func declare(right string) declaration {
	var d declaration
	if strings.HasPrefix(right, "'") {
		for value := range strings.SplitSeq(right, " | ") {
			d.values = append(d.values, strings.Trim(value, "'"))
		}
		return d
	}
	for base := range strings.SplitSeq(right, "&") {
		if base = strings.TrimSpace(base); base != "" {
			d.bases = append(d.bases, base)
		}
	}
	return d
}
