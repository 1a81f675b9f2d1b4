package soql

import (
	"fmt"
	"slices"
	"strings"
)

// aggregateResult is the type of the records of a grouped query.
const aggregateResult = "AggregateResult"

// aggregateTypes lists, by function, the kinds of fields it takes.
var aggregateTypes = map[string][]kind{
	"COUNT":          {textKind, idKind, numberKind, dateKind, dateTimeKind},
	"COUNT_DISTINCT": {textKind, idKind, numberKind, dateKind, dateTimeKind},
	"MIN":            {textKind, idKind, numberKind, dateKind, dateTimeKind},
	"MAX":            {textKind, idKind, numberKind, dateKind, dateTimeKind},
	"SUM":            {numberKind},
	"AVG":            {numberKind},
}

// group is the rows that share their values of GROUP BY. As a Row it is the first of them,
// which the grouped fields are read from; aggregates come from the accumulators.
type group struct {
	Row
	totals []*accumulator
}

// aggregation compiles the parts of a grouped query.
type aggregation struct {
	scope
	grouped  []column
	operands []column // of the aggregate functions, each with its accumulator in a group
}

func (r *run) aggregate(s scope) ([]Record, *Error) {
	a := &aggregation{scope: s}
	if err := a.groupBy(); err != nil {
		return nil, err
	}
	names, columns, err := a.selection()
	if err != nil {
		return nil, err
	}
	having, err := r.filter(s, s.query.having, a.resolve)
	if err != nil {
		return nil, err
	}
	order, err := s.orderBy(a.ordered)
	if err != nil {
		return nil, err
	}
	rows, err := r.rows(s)
	if err != nil {
		return nil, err
	}
	sortByID(rows)
	groups := slices.DeleteFunc(a.collect(rows), func(row Row) bool { return !having.match(row) })
	s.sort(groups, order)
	groups = s.query.page(groups)
	records := make([]Record, len(groups))
	for i, row := range groups {
		records[i] = Record{typeName: aggregateResult, cells: make([]cell, len(columns))}
		for j, c := range columns {
			records[i].cells[j] = cell{names[j], c.read(row)}
		}
	}
	return records, nil
}

func (a *aggregation) groupBy() *Error {
	if len(a.query.groups) == 0 && a.query.limit != noLimit {
		return fail(malformedQuery, "Non-grouped query that uses overall aggregate functions cannot also use LIMIT")
	}
	for _, p := range a.query.groups {
		c, err := a.column(p)
		if err != nil {
			return err
		}
		if !c.Groupable {
			return failAt(a.query.text, p.pos, malformedQuery, "field '%s' can not be grouped in a query call", c.Name)
		}
		a.grouped = append(a.grouped, c)
	}
	return nil
}

// selection names and resolves the SELECT list; what has no alias is called after its
// field, or expr0, expr1 if it is an aggregate.
func (a *aggregation) selection() (names []string, columns []column, err *Error) {
	unnamed := 0
	for _, element := range a.query.selection {
		if element.child != nil || element.group != "" {
			return nil, nil, fail(malformedQuery, "Grouped queries can only select grouped fields and aggregate expressions")
		}
		c, err := a.resolve(element.expression)
		if err != nil {
			return nil, nil, err
		}
		name := element.alias.text
		switch {
		case name != "":
		case element.function == "":
			name = c.Name
		default:
			name = fmt.Sprintf("expr%d", unnamed)
			unnamed++
		}
		if slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(other, name) }) {
			return nil, nil, failAt(a.query.text, element.pos, malformedQuery, "duplicate alias: %s", name)
		}
		names, columns = append(names, name), append(columns, c)
	}
	return names, columns, nil
}

// resolve finds a grouped field or an aggregate.
func (a *aggregation) resolve(e expression) (column, *Error) {
	return a.find(e, "Field must be grouped or aggregated: %s")
}

func (a *aggregation) ordered(e expression) (column, *Error) {
	return a.find(e, "Ordered field must be grouped or aggregated: %s")
}

func (a *aggregation) find(e expression, refusal string) (column, *Error) {
	c, err := a.column(e.path)
	if err != nil {
		return column{}, err
	}
	i := slices.IndexFunc(a.query.groups, func(p path) bool {
		return slices.EqualFunc(a.parts(p), a.parts(e.path), strings.EqualFold)
	})
	switch {
	case e.function != "" && i >= 0:
		return column{}, failAt(a.query.text, e.pos, malformedQuery, "Grouped field should not be aggregated: %s", e.path)
	case e.function != "":
		return a.function(e, c)
	case i < 0:
		return column{}, failAt(a.query.text, e.pos, malformedQuery, refusal, e.path)
	}
	return a.grouped[i], nil
}

func (a *aggregation) function(e expression, operand column) (column, *Error) {
	longText := operand.Type == "textarea" && !operand.Filterable
	if longText || !slices.Contains(aggregateTypes[e.function], operand.kind()) {
		return column{}, failAt(a.query.text, e.pos, malformedQuery,
			"field %s does not support aggregate operator %s", e.path, e.function)
	}
	i := len(a.operands)
	a.operands = append(a.operands, operand)
	result := column{pos: e.pos, Field: operand.Field}
	result.Name, result.Filterable, result.Sortable = e.String(), true, true
	if strings.HasPrefix(e.function, "COUNT") || e.function == "SUM" || e.function == "AVG" {
		result.Type = "double"
	}
	result.read = func(row Row) any {
		if of, ok := row.(*group); ok {
			return of.totals[i].result(e.function, operand.Type == "int")
		}
		return nil
	}
	return result, nil
}

// collect sorts rows into groups, in the order in which the groups first appear. Without
// GROUP BY there is one group, even of no rows.
func (a *aggregation) collect(rows []Row) []Row {
	var groups []Row
	index := make(map[string]*group)
	if len(a.grouped) == 0 {
		index[""] = a.newGroup(nil)
		groups = append(groups, index[""])
	}
	for _, row := range rows {
		var key strings.Builder
		for _, c := range a.grouped {
			fmt.Fprintf(&key, "%T\x00%[1]v\x00", c.key(row))
		}
		of := index[key.String()]
		if of == nil {
			of = a.newGroup(row)
			index[key.String()] = of
			groups = append(groups, of)
		}
		for i, operand := range a.operands {
			of.totals[i].add(operand.key(row), operand.read(row))
		}
	}
	return groups
}

func (a *aggregation) newGroup(first Row) *group {
	g := &group{Row: first, totals: make([]*accumulator, len(a.operands))}
	for i := range g.totals {
		g.totals[i] = &accumulator{distinct: make(map[any]bool)}
	}
	return g
}

// accumulator gathers what every aggregate function needs.
type accumulator struct {
	count           int64
	sum             float64
	low, high       any
	lowKey, highKey any
	distinct        map[any]bool
}

func (t *accumulator) add(key, value any) {
	if key == nil {
		return
	}
	t.count++
	t.distinct[key] = true
	if number, ok := key.(float64); ok {
		t.sum += number
	}
	if t.lowKey == nil || compareKeys(key, t.lowKey) < 0 {
		t.low, t.lowKey = value, key
	}
	if t.highKey == nil || compareKeys(key, t.highKey) > 0 {
		t.high, t.highKey = value, key
	}
}

func (t *accumulator) result(function string, whole bool) any {
	switch function {
	case "COUNT":
		return t.count
	case "COUNT_DISTINCT":
		return int64(len(t.distinct))
	}
	if t.count == 0 {
		return nil
	}
	switch function {
	case "MIN":
		return t.low
	case "MAX":
		return t.high
	case "AVG":
		return t.sum / float64(t.count)
	}
	if whole {
		return int64(t.sum)
	}
	return t.sum
}
