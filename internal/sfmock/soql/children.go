package soql

// children is a child sub-query, run once for all parents.
type children struct {
	query    *Query
	shape    *shape
	byParent map[string][]Row
}

func (r *run) children(parent scope, q *Query) (*children, *Error) {
	name, foreignKey, ok := parent.object.Child(q.relationship())
	object, known := r.catalog.Object(name)
	if !ok || !known {
		return nil, failAt(q.text, q.from.pos, invalidType,
			"Didn't understand relationship '%s' in FROM part of query call."+appendRelationship, q.from.text)
	}
	if q.count || q.Aggregated() {
		return nil, fail(malformedQuery, "only root queries support aggregate expressions")
	}
	s := scope{r.catalog, q, object}
	shape, err := r.shape(s)
	if err != nil {
		return nil, err
	}
	rows, err := r.ordered(s)
	if err != nil {
		return nil, err
	}
	found := &children{q, shape, make(map[string][]Row)}
	for _, row := range rows {
		if id, _ := row.Value(foreignKey).(string); id != "" {
			found.byParent[idKey(id)] = append(found.byParent[idKey(id)], row)
		}
	}
	return found, nil
}

// of returns the child records of a parent; without any, Salesforce says null.
func (c *children) of(parent Row) any {
	id, _ := parent.Value("Id").(string)
	rows := c.query.page(c.byParent[idKey(id)])
	if len(rows) == 0 {
		return nil
	}
	records := make(Children, len(rows))
	for i, row := range rows {
		records[i] = c.shape.record(row)
	}
	return records
}
