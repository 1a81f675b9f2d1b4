package sfmock

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// recordKey is the column and value by which a path or a collection names records.
type recordKey struct {
	object *object
	field  *field
	value  string
}

// key reads the column and value that the path names a record by.
func (c *call) key() (recordKey, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return recordKey{}, err
	}
	f, err := c.keyField(ob)
	return recordKey{ob, f, c.request.PathValue("value")}, err
}

// keyField is the external id or idLookup column that the path names.
func (c *call) keyField(ob *object) (*field, *apiError) {
	name := c.request.PathValue("field")
	f := ob.field(name)
	if f == nil || !f.lookup() || !c.sees(f) {
		return nil, errNoExternalID(name)
	}
	return f, nil
}

// lookup tells whether records can be addressed by the column.
func (f *field) lookup() bool { return f.Name == "Id" || f.IDLookup || f.Unique && isCustom(f.Name) }

// matches are the live records that the key fits, oldest first.
func (c *call) matches(k recordKey) []*record {
	var found []*record
	for _, rec := range c.org.rowsFor(c.session, k.object) {
		v := c.org.get(rec, k.field)
		if id, isID := normalID(k.value); k.field.Name == "Id" && isID && v == id || k.field.Name != "Id" && same(v, k.value) {
			found = append(found, rec)
		}
	}
	slices.SortFunc(found, func(a, b *record) int { return strings.Compare(a.id, b.id) })
	return found
}

// one is the single record that the key fits; several are an answer of their own (300), none is nil.
func (c *call) one(k recordKey) (*record, *reply) {
	found := c.matches(k)
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	urls := make([]string, len(found))
	for i, rec := range found {
		urls[i] = c.recordURL(rec)
	}
	return nil, &reply{Status: http.StatusMultipleChoices, Body: urls}
}

// readByField answers GET /sobjects/{object}/{field}/{value}.
func (c *call) readByField() (*reply, *apiError) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	rec, several := c.one(k)
	switch {
	case several != nil:
		return several, nil
	case rec == nil:
		return nil, errResource()
	}
	return c.shown(rec)
}

// deleteByField answers DELETE /sobjects/{object}/{field}/{value}.
func (c *call) deleteByField() (*reply, *apiError) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	rec, several := c.one(k)
	switch {
	case several != nil:
		return several, nil
	case !k.object.Deletable:
		return nil, errMethod(http.MethodDelete, k.object.rowVerbs())
	case rec == nil:
		return nil, errResource()
	}
	if err := c.erase(rec); err != nil {
		return nil, err
	}
	return &reply{Status: http.StatusNoContent}, nil
}

// upsertRecord answers PATCH /sobjects/{object}/{field}/{value}.
func (c *call) upsertRecord() (*reply, *apiError) {
	k, err := c.key()
	if err != nil {
		return nil, err
	}
	values, err := c.values()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"Id", k.field.Name} {
		if in, ok := sent(values, name); ok {
			return nil, errKeyInBody(in)
		}
	}
	rec, several := c.one(k)
	if several != nil {
		return several, nil
	}
	updateOnly := k.field.Name == "Id" || c.request.URL.Query().Get("updateOnly") == "true"
	if rec == nil && updateOnly {
		return nil, errResource()
	}
	created := rec == nil
	if rec, err = c.upsert(k, rec, values); err != nil {
		return nil, err
	}
	body := append(savedBody(rec), member{"created", created})
	switch {
	case created:
		return c.created(rec, body), nil
	case c.version < firstVersionWithUpsertBody:
		return &reply{Status: http.StatusNoContent}, nil
	default:
		return ok(body), nil
	}
}

const firstVersionWithUpsertBody = 46

// upsert updates rec or, when it is nil, creates the record that the key names.
func (c *call) upsert(k recordKey, rec *record, values map[string]any) (*record, *apiError) {
	if rec != nil {
		return rec, c.amend(rec, values)
	}
	values = maps.Clone(values)
	values[k.field.Name] = k.value
	return c.create(k.object, values)
}
