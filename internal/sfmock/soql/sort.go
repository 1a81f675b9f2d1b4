package soql

import (
	"cmp"
	"slices"
)

// ordered returns the rows of a query in its order.
func (r *run) ordered(s scope) ([]Row, *Error) {
	columns, err := s.orderBy(s.plain)
	if err != nil {
		return nil, err
	}
	rows, err := r.rows(s)
	if err != nil {
		return nil, err
	}
	sortByID(rows)
	s.sort(rows, columns)
	return rows, nil
}

// sortByID gives rows the order they have in a real org more often than not.
func sortByID(rows []Row) {
	slices.SortFunc(rows, func(a, b Row) int {
		left, _ := a.Value("Id").(string)
		right, _ := b.Value("Id").(string)
		return cmp.Compare(left, right)
	})
}

func (s scope) orderBy(resolve operands) ([]column, *Error) {
	columns := make([]column, len(s.query.order))
	for i, order := range s.query.order {
		resolved, err := resolve(order.expression)
		if err != nil {
			return nil, err
		}
		if !resolved.Sortable {
			return nil, failAt(s.query.text, order.pos, malformedQuery, "field '%s' can not be sorted in a query call", resolved.Name)
		}
		columns[i] = resolved
	}
	return columns, nil
}

// sort orders rows by the columns of ORDER BY and leaves equal ones as they are.
func (s scope) sort(rows []Row, columns []column) {
	type keyed struct {
		row  Row
		keys []any
	}
	sorted := make([]keyed, len(rows))
	for i, row := range rows {
		sorted[i] = keyed{row, make([]any, len(columns))}
		for j, c := range columns {
			sorted[i].keys[j] = c.key(row)
		}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int {
		for i, order := range s.query.order {
			if c := order.compare(a.keys[i], b.keys[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	for i := range sorted {
		rows[i] = sorted[i].row
	}
}

// compare orders two keys; nulls come first unless the query says otherwise, whatever the direction.
func (o ordering) compare(a, b any) int {
	nulls := -1
	if o.nullsLast {
		nulls = 1
	}
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return nulls
	case b == nil:
		return -nulls
	case o.descending:
		return compareKeys(b, a)
	}
	return compareKeys(a, b)
}
