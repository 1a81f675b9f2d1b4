package soql

import "strings"

// semiJoin runs the sub-query once and matches its values.
func (r *run) semiJoin(s scope, c comparison, left column) (filter, *Error) {
	text := s.query.text
	if left.kind() != idKind {
		return filter{}, failAt(text, left.pos, malformedQuery,
			"The left operand field in the where expression for outer query should be an id field, cannot use: '%s'", left.Name)
	}
	inner, err := r.scope(c.subquery)
	if err != nil {
		return filter{}, err
	}
	if strings.EqualFold(inner.object.Name(), s.object.Name()) {
		return filter{}, failAt(text, c.subquery.from.pos, malformedQuery,
			"The inner and outer selects should not be on the same object type")
	}
	picked, err := inner.plain(c.subquery.selection[0].expression)
	if err != nil {
		return filter{}, err
	}
	if picked.kind() != idKind {
		return filter{}, failAt(text, picked.pos, malformedQuery,
			"semi join sub-selects can only query id fields, cannot use: '%s'", picked.Name)
	}
	rows, err := r.rows(inner)
	if err != nil {
		return filter{}, err
	}
	found := newSet(nil)
	for _, row := range rows {
		if key := picked.key(row); key != nil {
			found.keys[key] = true
		}
	}
	return found.filter(left, c.operator), nil
}
