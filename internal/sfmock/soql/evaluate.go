package soql

import "slices"

// maxFieldsRows is how many rows FIELDS(ALL) and FIELDS(CUSTOM) may return.
const maxFieldsRows = 200

// Run answers the query from the rows of a catalog. Its error is always an *Error.
func (q *Query) Run(c Catalog, o Options) (*Result, error) {
	r := &run{catalog: c, options: o}
	result, err := r.root(q)
	if err != nil {
		return nil, err
	}
	return result, nil
}

// run is one evaluation of a statement.
type run struct {
	catalog Catalog
	options Options
}

func (r *run) root(q *Query) (*Result, *Error) {
	s, err := r.scope(q)
	if err != nil {
		return nil, err
	}
	switch {
	case q.count:
		rows, err := r.rows(s)
		return &Result{TotalSize: len(q.page(rows)), CountOnly: true}, err
	case q.Aggregated():
		records, err := r.aggregate(s)
		return &Result{TotalSize: len(records), Records: records}, err
	}
	shape, err := r.shape(s)
	if err != nil {
		return nil, err
	}
	rows, err := r.ordered(s)
	if err != nil {
		return nil, err
	}
	rows = q.page(rows)
	if err := r.checkMetadata(shape, len(rows)); err != nil {
		return nil, err
	}
	records := make([]Record, len(rows))
	for i, row := range rows {
		records[i] = shape.record(row)
	}
	return &Result{TotalSize: len(records), Records: records}, nil
}

// checkMetadata refuses what the Tooling API can only read row by row.
func (r *run) checkMetadata(s *shape, rows int) *Error {
	if !r.options.Tooling || rows < 2 || s.slot("Metadata") == nil && s.slot("FullName") == nil {
		return nil
	}
	return fail(malformedQuery, "When retrieving results with Metadata or FullName fields, the query qualifications "+
		"must specify no more than one row for retrieval. Result size: %d", rows)
}

func (r *run) scope(q *Query) (scope, *Error) {
	object, ok := r.catalog.Object(q.from.text)
	if !ok {
		return scope{}, noSuchType(q.text, q.from.pos, q.from.text)
	}
	return scope{r.catalog, q, object}, nil
}

// page cuts the part of rows that LIMIT and OFFSET leave.
func (q *Query) page(rows []Row) []Row {
	rows = rows[min(q.offset, len(rows)):]
	if q.limit != noLimit {
		rows = rows[:min(q.limit, len(rows))]
	}
	return rows
}

// rows returns the rows that WHERE leaves, in no particular order.
func (r *run) rows(s scope) ([]Row, *Error) {
	where, err := r.filter(s, s.query.where, s.plain)
	if err != nil {
		return nil, err
	}
	if err := s.checkFieldsLimit(where); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(r.candidates(s.object, where), func(row Row) bool { return !where.match(row) }), nil
}

// checkFieldsLimit refuses FIELDS(ALL) and FIELDS(CUSTOM) without a bound on the rows.
func (s scope) checkFieldsLimit(where filter) *Error {
	unbounded := slices.ContainsFunc(s.query.selection, func(element selected) bool {
		return element.group == "ALL" || element.group == "CUSTOM"
	})
	limited := s.query.limit != noLimit && s.query.limit <= maxFieldsRows
	if !unbounded || limited || where.pinned && len(where.ids) <= maxFieldsRows {
		return nil
	}
	return fail(malformedQuery, "The SOQL FIELDS function must have a LIMIT of at most %d", maxFieldsRows)
}

// candidates returns a fresh slice of the rows that can match.
func (r *run) candidates(object Object, where filter) []Row {
	archive, archived := object.(Archive)
	if r.options.All && archived {
		return slices.Concat(object.Rows(), archive.DeletedRows())
	}
	if !where.pinned {
		return slices.Clone(object.Rows())
	}
	rows := make([]Row, 0, len(where.ids))
	for _, id := range where.ids {
		if row, ok := object.Row(id); ok {
			rows = append(rows, row)
		}
	}
	return rows
}
