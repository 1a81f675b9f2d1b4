package sfmock

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
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

// assign checks the sent values column by column and stores them in canonical form.
func (o *Org) assign(caller *session, rec *record, values map[string]any, creating bool) *apiError {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "attributes" {
			continue
		}
		f := rec.object.field(name)
		if f == nil || !o.visible(caller, f) {
			return errNoColumn(rec.object.Name, name)
		}
		if caller != nil && (creating && !f.Create || !creating && !f.Update) {
			return errNotWritable(f.Name)
		}
		v, err := o.canonical(f, values[name])
		if err != nil {
			return err
		}
		rec.values[f.Name] = v
	}
	return nil
}

// visible tells whether the column exists for the caller.
func (o *Org) visible(caller *session, f *field) bool {
	return caller == nil || f.VisibleWith == "" || o.can(caller, f.VisibleWith)
}

// canonical converts a decoded JSON value to the column's type and checks length, picklist and reference.
func (o *Org) canonical(f *field, v any) (any, *apiError) {
	if v == nil {
		return nil, nil
	}
	wrong := func() *apiError {
		return refuse("JSON_PARSER_ERROR", fmt.Sprintf("Cannot deserialize instance of %s from %T value %v", f.Type, v, v), f.Name)
	}
	switch f.Type {
	case "boolean":
		b, ok := v.(bool)
		if s, isString := v.(string); isString {
			b, ok = strings.EqualFold(s, "true"), strings.EqualFold(s, "true") || strings.EqualFold(s, "false")
		}
		if !ok {
			return nil, wrong()
		}
		return b, nil
	case "int":
		switch n := v.(type) {
		case json.Number:
			if i, err := n.Int64(); err == nil {
				return i, nil
			}
		case int64:
			return n, nil
		case int:
			return int64(n), nil
		}
		return nil, wrong()
	case "double", "currency", "percent":
		switch n := v.(type) {
		case json.Number:
			if d, err := n.Float64(); err == nil {
				return d, nil
			}
		case float64:
			return n, nil
		}
		return nil, wrong()
	case "datetime":
		switch t := v.(type) {
		case time.Time:
			return t.UTC().Truncate(time.Second), nil
		case string:
			for _, layout := range []string{time.RFC3339, datetimeLayout, "2006-01-02"} {
				if parsed, err := time.Parse(layout, t); err == nil {
					return parsed.UTC().Truncate(time.Second), nil
				}
			}
		}
		return nil, wrong()
	}
	s, ok := v.(string)
	if !ok {
		if n, isNumber := v.(json.Number); isNumber {
			s, ok = n.String(), true
		}
	}
	if !ok {
		return nil, wrong()
	}
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	if f.Type == "reference" {
		return o.reference(f, s)
	}
	if f.Length > 0 && len([]rune(s)) > f.Length {
		return nil, errTooLong(f.Label, s, f.Length, f.Name)
	}
	if !f.allows(o, s) {
		return nil, errBadPicklist(f.Label, s, f.Name)
	}
	return s, nil
}

// reference checks that an id is well-formed, of a type the column takes, and there.
func (o *Org) reference(f *field, s string) (any, *apiError) {
	id, ok := normalID(s)
	if !ok {
		return nil, errMalformedID(f.Label, s, f.Name)
	}
	matches := len(f.Reference) == 0
	for _, target := range f.Reference {
		if ob := o.objects[strings.ToLower(target)]; ob != nil && ob.Prefix == id[:3] {
			matches = true
		}
	}
	if !matches {
		return nil, errMalformedID(f.Label, s, f.Name)
	}
	if rec := o.byID[id]; rec == nil || rec.deleted {
		return nil, errCrossReference(f.Name)
	}
	return id, nil
}

// atomically runs a transaction: when work fails, everything it changed is put back.
func (o *Org) atomically(work func() *apiError) *apiError {
	outer, done := o.undoLog, false
	o.undoLog = []func(){}
	defer func() { // after a panic too, which ends one request and not the org
		if !done {
			for _, undo := range slices.Backward(o.undoLog) {
				undo()
			}
		} else if outer != nil {
			outer = append(outer, o.undoLog...)
		}
		o.undoLog = outer
	}()
	err := work()
	done = err == nil
	return err
}

// undo notes how to take a change back while a transaction runs.
func (o *Org) undo(f func()) {
	if o.undoLog != nil {
		o.undoLog = append(o.undoLog, f)
	}
}

const datetimeLayout = "2006-01-02T15:04:05.000-0700"

func errMethod(method, allowed string) *apiError {
	return &apiError{
		Status: http.StatusMethodNotAllowed, Code: "METHOD_NOT_ALLOWED",
		Message: fmt.Sprintf("HTTP Method '%s' not allowed. Allowed are %s", method, allowed),
	}
}
