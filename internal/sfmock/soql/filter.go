package soql

import (
	"slices"
	"strings"
	"time"
)

// filter is a compiled condition.
type filter struct {
	match func(Row) bool
	// ids are the only rows that can match, when pinned.
	ids    []string
	pinned bool
}

// operands resolves the left side of a comparison.
type operands func(expression) (column, *Error)

func (r *run) filter(s scope, c *condition, resolve operands) (filter, *Error) {
	if c == nil {
		return filter{match: func(Row) bool { return true }}, nil
	}
	if c.logic == "" {
		return r.comparison(s, c.comparison, resolve)
	}
	var terms []filter
	for _, term := range c.terms {
		compiled, err := r.filter(s, term, resolve)
		if err != nil {
			return filter{}, err
		}
		terms = append(terms, compiled)
	}
	switch c.logic {
	case "NOT":
		return filter{match: func(row Row) bool { return !terms[0].match(row) }}, nil
	case "OR":
		return filter{match: func(row Row) bool {
			return slices.ContainsFunc(terms, func(term filter) bool { return term.match(row) })
		}}, nil
	}
	all := filter{match: func(row Row) bool {
		return !slices.ContainsFunc(terms, func(term filter) bool { return !term.match(row) })
	}}
	if i := slices.IndexFunc(terms, func(term filter) bool { return term.pinned }); i >= 0 {
		all.ids, all.pinned = terms[i].ids, true
	}
	return all, nil
}

func (r *run) comparison(s scope, c comparison, resolve operands) (filter, *Error) {
	left, err := resolve(c.expression)
	if err != nil {
		return filter{}, err
	}
	if !left.Filterable {
		return filter{}, failAt(s.query.text, c.pos, invalidField, "field '%s' can not be filtered in a query call", left.Name)
	}
	if c.subquery != nil {
		return r.semiJoin(s, c, left)
	}
	if err := checkOperator(s.query.text, c, left); err != nil {
		return filter{}, err
	}
	if c.operator == "LIKE" {
		return like(c, left), nil
	}
	var bounds []bound
	for _, value := range c.values {
		limits, err := r.bound(s.query.text, left, value)
		if err != nil {
			return filter{}, err
		}
		bounds = append(bounds, limits)
	}
	switch c.operator {
	case "IN", "NOT IN":
		return newSet(bounds).filter(left, c.operator), nil
	case "INCLUDES", "EXCLUDES":
		return includes(bounds, left, c.operator), nil
	case "=":
		return newSet(bounds).filter(left, "IN"), nil
	case "!=":
		return newSet(bounds).filter(left, "NOT IN"), nil
	}
	return filter{match: func(row Row) bool {
		key := left.key(row)
		return key != nil && bounds[0].from != nil && bounds[0].holds(c.operator, key)
	}}, nil
}

// checkOperator refuses operators that the field's type does not have.
func checkOperator(text string, c comparison, left column) *Error {
	var fits bool
	switch c.operator {
	case "LIKE":
		if kind := left.kind(); kind != textKind && kind != idKind && kind != multiKind {
			return mismatch(text, left)
		}
		fits = left.kind() == textKind
	case "INCLUDES", "EXCLUDES":
		fits = left.kind() == multiKind
	case "<", "<=", ">", ">=":
		fits = left.kind() != booleanKind && left.kind() != multiKind
	default:
		fits = true
	}
	if fits {
		return nil
	}
	typeName := left.Type
	if left.kind() == idKind {
		typeName = "id"
	}
	return failAt(text, left.pos, invalidOperator, "invalid operator on %s field", typeName)
}

func mismatch(text string, left column) *Error {
	quoting := "should not be enclosed in quotes"
	if kind := left.kind(); kind == textKind || kind == idKind || kind == multiKind {
		quoting = "should be enclosed in quotes"
	}
	return failAt(text, left.pos, invalidField, "value of filter criterion for field '%s' must be of type %s and %s",
		left.Name, left.soapType(), quoting)
}

// bound is a constant as keys: one point, or the days of a date literal from..end.
type bound struct{ from, end any }

func (b bound) holds(operator string, key any) bool {
	switch operator {
	case "<":
		return compareKeys(key, b.from) < 0
	case ">=":
		return compareKeys(key, b.from) >= 0
	case "<=":
		if b.end != nil {
			return compareKeys(key, b.end) < 0
		}
		return compareKeys(key, b.from) <= 0
	default: // ">"
		if b.end != nil {
			return compareKeys(key, b.end) >= 0
		}
		return compareKeys(key, b.from) > 0
	}
}

// bound checks a constant against the type of the field it is compared with.
func (r *run) bound(text string, left column, constant literal) (bound, *Error) {
	fits := false
	switch value := constant.value.(type) {
	case nil:
		fits = true
	case string:
		fits = left.kind() == textKind || left.kind() == multiKind || left.kind() == idKind
		if _, ok := fullID(value); left.kind() == idKind && value != "" && !ok {
			return bound{}, failAt(text, left.pos, invalidOperator, "invalid ID field: %s", value)
		}
	case float64:
		fits = left.kind() == numberKind
	case bool:
		fits = left.kind() == booleanKind
	case Date:
		fits = left.kind() == dateKind
	case time.Time:
		fits = left.kind() == dateTimeKind
	case relativeDate:
		from, end := value.span(r.options.Now)
		switch left.kind() {
		case dateKind:
			return bound{from.Format(dateLayout), end.Format(dateLayout)}, nil
		case dateTimeKind:
			return bound{left.Field.key(from), left.Field.key(end)}, nil
		default: // no date fits
		}
	}
	if !fits {
		return bound{}, mismatch(text, left)
	}
	return bound{from: left.Field.key(constant.value)}, nil
}

// set answers IN: points by hash, date literals one by one.
type set struct {
	keys  map[any]bool // nil stands for null
	spans []bound
}

func newSet(bounds []bound) set {
	s := set{keys: make(map[any]bool, len(bounds))}
	for _, b := range bounds {
		if b.end == nil {
			s.keys[b.from] = true
		} else {
			s.spans = append(s.spans, b)
		}
	}
	return s
}

func (s set) contains(key any) bool {
	return s.keys[key] || key != nil && slices.ContainsFunc(s.spans, func(span bound) bool {
		return compareKeys(key, span.from) >= 0 && compareKeys(key, span.end) < 0
	})
}

// filter matches rows inside the set for IN and outside of it, nulls included, for NOT IN.
func (s set) filter(left column, operator string) filter {
	if operator == "NOT IN" {
		return filter{match: func(row Row) bool { return !s.contains(left.key(row)) }}
	}
	compiled := filter{match: func(row Row) bool { return s.contains(left.key(row)) }}
	if left.own && left.Type == "id" {
		compiled.pinned = true
		for key := range s.keys {
			if id, ok := key.(string); ok {
				full, _ := fullID(id)
				compiled.ids = append(compiled.ids, full)
			}
		}
	}
	return compiled
}

func like(c comparison, left column) filter {
	pattern, _ := c.values[0].value.(likePattern)
	expression := pattern.compile(left.CaseSensitive)
	return filter{match: func(row Row) bool {
		text, _ := left.read(row).(string)
		return text != "" && expression.MatchString(text)
	}}
}

// includes matches a multi-select picklist that holds every value of at least one
// alternative; 'a;b' is the alternative of both a and b.
func includes(alternatives []bound, left column, operator string) filter {
	return filter{match: func(row Row) bool {
		key, _ := left.key(row).(string)
		chosen := strings.Split(key, ";")
		found := slices.ContainsFunc(alternatives, func(alternative bound) bool {
			wanted, ok := alternative.from.(string)
			return ok && !slices.ContainsFunc(strings.Split(wanted, ";"), func(value string) bool {
				return !slices.Contains(chosen, value)
			})
		})
		return found == (operator == "INCLUDES")
	}}
}
