package soql

import (
	"slices"
	"strings"
)

// Query is a parsed statement. It holds no state of a run and may be run concurrently.
type Query struct {
	text      string
	selection []selected
	count     bool // SELECT COUNT()
	from      name
	alias     string
	where     *condition
	groups    []path
	having    *condition
	order     []ordering
	limit     int // noLimit without LIMIT
	offset    int
}

const noLimit = -1

// Object is the name of the queried object as the statement spells it.
func (q *Query) Object() string { return q.from.text }

// Aggregated tells whether the query answers groups of rows instead of rows; Salesforce
// does not page such answers.
func (q *Query) Aggregated() bool {
	return len(q.groups) > 0 || slices.ContainsFunc(q.selection, func(s selected) bool { return s.function != "" })
}

// name is an identifier and its position in the statement.
type name struct {
	text string
	pos  int
}

// path is a field reached through parent relationships, "Profile.UserLicense.Name".
type path struct {
	parts []string
	pos   int
}

func (p path) String() string { return strings.Join(p.parts, ".") }

// expression is a field, or an aggregate function of a field.
type expression struct {
	function string // upper case, or empty
	path
}

func (e expression) String() string {
	if e.function == "" {
		return e.path.String()
	}
	return e.function + "(" + e.path.String() + ")"
}

// selected is one element of a SELECT list: an expression, FIELDS(group), or a sub-query.
type selected struct {
	expression
	alias name
	group string // ALL, STANDARD or CUSTOM
	child *Query
}

type ordering struct {
	expression
	descending, nullsLast bool
}

// condition is a comparison (no logic), or AND, OR, NOT over terms.
type condition struct {
	logic string
	terms []*condition
	comparison
}

type comparison struct {
	expression
	operator string
	values   []literal
	subquery *Query // the right side of a semi-join
}

// literal is a constant. Its value is nil, string, float64, bool, Date, time.Time,
// relativeDate or likePattern.
type literal struct {
	value any
	pos   int
}

// semiJoins lists the comparisons of a condition that have a sub-query.
func (c *condition) semiJoins() []*condition {
	if c == nil {
		return nil
	}
	if c.subquery != nil {
		return []*condition{c}
	}
	var found []*condition
	for _, term := range c.terms {
		found = append(found, term.semiJoins()...)
	}
	return found
}
