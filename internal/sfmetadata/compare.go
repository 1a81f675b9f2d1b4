package sfmetadata

import (
	"fmt"
	"slices"
)

// Comparison is what an org's component says about the paths that a content writes.
type Comparison struct {
	Have        Object       // the org's values at these paths, in the content's spelling where they mean the same
	Differences []Difference // none when both mean the same
	Reordered   bool         // the same entries stand in another order, in a type where that may mean something
}

// Same tells that the org has what the content writes.
func (c Comparison) Same() bool { return len(c.Differences) == 0 }

// Difference is one path at which a content and an org are not the same.
type Difference struct{ Path, Have, Want string }

// String is the difference for people.
func (d Difference) String() string { return fmt.Sprintf("%s: %s -> %s", d.Path, d.Have, d.Want) }

// Compare looks at what the org has where content writes something. A list that is written is meant whole, but in what the type
// overlays; what Salesforce leaves out because it is empty or off counts as the same.
func Compare(typeName string, org, content Object) Comparison {
	return compare(&comparison{root: typeName}, org, content)
}

// CompareWritten compares two contents as they were written: what one leaves out is not the same as nothing in the other.
func CompareWritten(typeName string, before, content Object) Comparison {
	return compare(&comparison{root: typeName, literal: true}, before, content)
}

func compare(c *comparison, org, content Object) Comparison {
	have, _ := c.object(c.root, "", org, content)
	return Comparison{have, c.differences, c.reordered}
}

type comparison struct {
	root        string // the component's type
	literal     bool
	differences []Difference
	reordered   bool
}

func (c *comparison) differ(path string, have, want Node) bool {
	c.differences = append(c.differences, Difference{path, brief(have), brief(want)})
	return false
}

// object is what org has of the elements of want; want itself when that is the same.
func (c *comparison) object(typeName, path string, org, want Object) (have Object, same bool) {
	have, same = make(Object, len(want)), true
	for _, name := range want.names() {
		field, _ := partOf(typeName, name)
		node, is := c.node(field.Type, Join(path, name), org[name], want[name])
		if same = same && is; node != nil {
			have[name] = node
		}
	}
	if same {
		return want, true
	}
	return have, false
}

func (c *comparison) node(typeName, path string, org, want Node) (have Node, same bool) {
	if org == nil && !c.literal && isEmpty(typeName, want) {
		return want, true
	}
	switch w := want.(type) {
	case Scalar:
		o, is := org.(Scalar)
		if is && sameText(typeName, o, w) {
			return want, true
		}
		return org, c.differ(path, org, want)
	case Object:
		o, is := org.(Object)
		if org != nil && !is || org == nil && c.literal {
			return org, c.differ(path, org, want)
		}
		all, same := c.object(typeName, path, o, w)
		if len(all) == 0 && org == nil {
			return nil, same
		}
		return all, same
	case List:
		if org == nil && c.literal {
			return nil, c.differ(path, org, want)
		}
		return c.list(typeName, path, listOf(org), w)
	}
	return org, c.differ(path, org, want) // what is unknown may be anything
}

func (c *comparison) list(typeName, path string, org, want List) (have Node, same bool) {
	same = true
	entries := make(List, 0, max(len(org), len(want)))
	taken := make([]bool, len(org))
	last := -1
	for i, position := range pairs(typeName, org, want) {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case position >= 0:
			entry, is := c.node(typeName, at, org[position], want[i])
			same, taken[position] = same && is, true
			entries = append(entries, entry)
			c.reordered = c.reordered || position < last && !isUnordered(c.root)
			last = position
		case !c.literal && vanishes(c.root, typeName, want[i]):
			entries = append(entries, want[i])
		default:
			same = c.differ(at, nil, want[i])
		}
	}
	if !c.literal && ownsSingleEntries(c.root, path) {
		return entries, same
	}
	for position, entry := range org {
		if !taken[position] && (c.literal || !vanishes(c.root, typeName, entry)) {
			entries = append(entries, entry)
			same = c.differ(path, entry, nil)
		}
	}
	return entries, same
}

// agrees tells whether an entry of the org is what another says.
func agrees(typeName string, org, want Node) bool {
	_, same := (&comparison{}).node(typeName, "", org, want)
	return same
}

// brief is a node in a message.
func brief(node Node) string {
	switch n := node.(type) {
	case nil:
		return "nothing"
	case Scalar:
		return fmt.Sprintf("%.80q", n.Text)
	case List:
		return fmt.Sprintf("%d entries", len(n))
	case Object:
		for _, key := range slices.Concat(keyElements, n.names()) {
			if value, is := n[key].(Scalar); is {
				return fmt.Sprintf("{ %s = %.80q ... }", key, value.Text)
			}
		}
		return "{ ... }"
	}
	return "a value that is not known yet"
}
