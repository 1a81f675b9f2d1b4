package sfmock

import (
	"maps"
	"slices"
	"strings"
)

// record is one row. Its values are nil, string, bool, int64, float64 or time.Time under the column's API name; the metadata
// sections that have no sObject face (app visibilities, record types ...) ride along as component content.
type record struct {
	object   *object
	id       string
	values   map[string]any
	sections map[string][]map[string]any
	deleted  bool
}

func (r *record) str(field string) string { s, _ := r.values[field].(string); return s }
func (r *record) flag(field string) bool  { b, _ := r.values[field].(bool); return b }

// get reads any column, computed ones included.
func (o *Org) get(r *record, f *field) any {
	switch {
	case f.Name == "Id":
		return orNull(r.id)
	case f.Compute != nil:
		return f.Compute(o, r)
	default:
		return r.values[f.Name]
	}
}

// rows returns the live records of an object in an order that changes from call to call, as Salesforce promises none.
func (o *Org) rows(objectName string) []*record {
	rows := slices.Collect(maps.Values(o.tables[strings.ToLower(objectName)]))
	slices.SortFunc(rows, func(a, b *record) int { return strings.Compare(a.id, b.id) })
	o.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// find returns the first live record whose column equals value (strings ignoring case), nil if there is none.
func (o *Org) find(objectName, column string, value any) *record {
	ob := o.object(objectName)
	if key, ok := indexKey([]any{value}); ok && ob != nil && slices.Contains(ob.Indexes, column) {
		for _, r := range o.indexes[strings.ToLower(ob.Name)][column][key] {
			return r
		}
		return nil
	}
	for _, r := range o.tables[strings.ToLower(objectName)] {
		if same(r.values[column], value) {
			return r
		}
	}
	return nil
}

func same(a, b any) bool {
	s, isString := a.(string)
	t, alsoString := b.(string)
	if isString && alsoString {
		return strings.EqualFold(s, t)
	}
	return a == b
}

// insert creates a record, wholly or not at all. caller is nil when the org itself writes; then read-only columns may be set.
func (o *Org) insert(caller *session, ob *object, values map[string]any) (rec *record, err *apiError) {
	err = o.atomically(func() *apiError {
		rec, err = o.doInsert(caller, ob, values)
		return err
	})
	return rec, err
}

// update changes a record in place, wholly or not at all.
func (o *Org) update(caller *session, rec *record, values map[string]any) *apiError {
	return o.atomically(func() *apiError { return o.doUpdate(caller, rec, values) })
}

// remove deletes a record, wholly or not at all.
func (o *Org) remove(caller *session, rec *record) *apiError {
	return o.atomically(func() *apiError { return o.doRemove(caller, rec) })
}

func (o *Org) doInsert(caller *session, ob *object, values map[string]any) (*record, *apiError) {
	rec := &record{object: ob, values: make(map[string]any, len(ob.Fields)), sections: map[string][]map[string]any{}}
	if caller != nil && !ob.Creatable {
		return nil, errMethod("POST", "HEAD,GET")
	}
	if err := o.assign(caller, rec, values, true); err != nil {
		return nil, err
	}
	for _, f := range ob.Fields {
		if _, sent := rec.values[f.Name]; !sent && f.Default != nil {
			rec.values[f.Name] = f.Default
		}
	}
	var missing []string
	for _, f := range ob.Fields {
		if f.Required && rec.values[f.Name] == nil {
			missing = append(missing, f.Name)
		}
	}
	if missing != nil {
		return nil, errRequired(missing...)
	}
	rec.id = o.newID(ob.Prefix)
	now := o.now()
	for _, f := range []string{"CreatedDate", "LastModifiedDate", "SystemModstamp"} {
		if rec.values[f] == nil {
			rec.values[f] = now
		}
	}
	c := &change{org: o, caller: caller, rec: rec}
	if err := o.check(c, ob.Rules.BeforeSave); err != nil {
		return nil, err
	}
	o.put(rec)
	if err := c.run(ob.Rules.AfterSave); err != nil {
		return nil, err
	}
	return rec, nil
}

func (o *Org) doUpdate(caller *session, rec *record, values map[string]any) *apiError {
	if caller != nil && !rec.object.Updatable {
		return errMethod("PATCH", "HEAD,GET")
	}
	old := maps.Clone(rec.values)
	draft := &record{object: rec.object, id: rec.id, values: rec.values, sections: rec.sections}
	draft.values = maps.Clone(rec.values)
	if err := o.assign(caller, draft, values, false); err != nil {
		return err
	}
	for _, f := range rec.object.Fields {
		if (f.Required || f.NotNull) && f.Compute == nil && f.Name != "Id" && old[f.Name] != nil && draft.values[f.Name] == nil {
			return errRequired(f.Name)
		}
	}
	c := &change{org: o, caller: caller, rec: draft, old: old}
	if err := o.check(c, rec.object.Rules.BeforeSave); err != nil {
		return err
	}
	draft.values["LastModifiedDate"], draft.values["SystemModstamp"] = o.now(), o.now()
	o.undo(func() { o.reindex(rec, rec.values, old); rec.values = old })
	o.reindex(rec, old, draft.values)
	rec.values = draft.values
	c.rec = rec
	return c.run(rec.object.Rules.AfterSave)
}

func (o *Org) doRemove(caller *session, rec *record) *apiError {
	if caller != nil && !rec.object.Deletable {
		return errMethod("DELETE", "HEAD,GET,PATCH")
	}
	c := &change{org: o, caller: caller, rec: rec, old: rec.values}
	if err := o.check(c, rec.object.Rules.BeforeDelete); err != nil {
		return err
	}
	table := o.tables[strings.ToLower(rec.object.Name)]
	o.undo(func() { rec.deleted = false; table[rec.id] = rec; o.reindex(rec, nil, rec.values) })
	rec.deleted = true
	o.reindex(rec, rec.values, nil)
	delete(table, rec.id)
	return c.run(rec.object.Rules.AfterDelete)
}

func (o *Org) put(rec *record) {
	key := strings.ToLower(rec.object.Name)
	if o.tables[key] == nil {
		o.tables[key] = map[string]*record{}
	}
	o.undo(func() { delete(o.tables[key], rec.id); delete(o.byID, rec.id); o.reindex(rec, rec.values, nil) })
	o.tables[key][rec.id] = rec
	o.reindex(rec, nil, rec.values)
	o.byID[rec.id] = rec
}

// check asks for the caller's permission, uniqueness and the object's own rule.
func (o *Org) check(c *change, rule func(*change) *apiError) *apiError {
	if need := c.rec.object.WriteWith; c.caller != nil && need != "" && !o.can(c.caller, need) {
		return errAccess()
	}
	if err := c.run(rule); err != nil {
		return err
	}
	if c.rec.deleted {
		return nil
	}
	for _, f := range c.rec.object.Fields {
		if !f.Unique || !c.changed(f.Name) || c.rec.values[f.Name] == nil {
			continue
		}
		if other := o.find(c.rec.object.Name, f.Name, c.rec.values[f.Name]); other != nil && other.id != c.rec.id {
			return errDuplicateValue(f.Name, other.id)
		}
	}
	return nil
}

func (c *change) run(rule func(*change) *apiError) *apiError {
	if rule == nil {
		return nil
	}
	return rule(c)
}
