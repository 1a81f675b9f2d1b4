package sfmock

import (
	"net/http"
	"net/url"
	"strings"
)

// basicInformation answers GET /sobjects/{object}.
func (c *call) basicInformation() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	return ok(document{{"objectDescribe", c.objectDescribe(ob)}, {"recentItems", []any{}}}), nil
}

// createRecord answers POST /sobjects/{object}.
func (c *call) createRecord() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	if !ob.Creatable {
		return nil, errMethod(http.MethodPost, ob.tableVerbs())
	}
	values, err := c.values()
	if err != nil {
		return nil, err
	}
	rec, err := c.create(ob, values)
	if err != nil {
		return nil, err
	}
	return c.created(rec, savedBody(rec)), nil
}

// created is the answer to a create.
func (c *call) created(rec *record, body document) *reply {
	return &reply{Status: http.StatusCreated, Body: body, Header: map[string]string{"Location": c.recordURL(rec)}}
}

// savedBody is the body of a successful save.
func savedBody(rec *record) document {
	return document{{"id", rec.id}, {"success", true}, {"errors", []any{}}}
}

// values decodes a record's fields.
func (c *call) values() (map[string]any, *apiError) {
	var values map[string]any
	if err := c.decode(&values); err != nil {
		return nil, err
	}
	if values == nil { // the body was null
		values = map[string]any{}
	}
	return values, nil
}

// readRecord answers GET /sobjects/{object}/{id}.
func (c *call) readRecord() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	rec, err := c.toRead(ob, c.request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return c.shown(rec)
}

// shown answers with a record, cut to the columns of ?fields=.
func (c *call) shown(rec *record) (*reply, *apiError) {
	fields := c.columns(rec.object)
	if names := c.request.URL.Query().Get("fields"); names != "" {
		var err *apiError
		if fields, err = c.columnsNamed(rec.object, strings.Split(names, ",")); err != nil {
			return nil, err
		}
	}
	return ok(c.render(rec, fields)), nil
}

// updateRecord answers PATCH /sobjects/{object}/{id}.
func (c *call) updateRecord() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	if !ob.Updatable {
		return nil, errMethod(http.MethodPatch, ob.rowVerbs())
	}
	values, err := c.values()
	if err != nil {
		return nil, err
	}
	if name, ok := sent(values, "Id"); ok {
		return nil, errKeyInBody(name)
	}
	rec, err := c.toWrite(ob, c.request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if err := c.amend(rec, values); err != nil {
		return nil, err
	}
	return &reply{Status: http.StatusNoContent}, nil
}

// deleteRecord answers DELETE /sobjects/{object}/{id}.
func (c *call) deleteRecord() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	if !ob.Deletable {
		return nil, errMethod(http.MethodDelete, ob.rowVerbs())
	}
	rec, err := c.toWrite(ob, c.request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if err := c.erase(rec); err != nil {
		return nil, err
	}
	return &reply{Status: http.StatusNoContent}, nil
}

// toRead finds the record that a GET asks for. An id of another object counts as a value of an external id that does not exist.
func (c *call) toRead(ob *object, id string) (*record, *apiError) {
	if ob.Rows != nil {
		for _, rec := range ob.Rows(c.org, c.session) {
			if rec.id == id {
				return rec, nil
			}
		}
		return nil, errResource()
	}
	normal, err := checkedID(id)
	if err != nil {
		return nil, err
	}
	if ob.Prefix != "" && !strings.HasPrefix(normal, ob.Prefix) {
		return nil, errNoExternalID(id)
	}
	rec := c.org.live(normal)
	if rec == nil || rec.object != ob {
		return nil, errResource()
	}
	return rec, nil
}

// toWrite finds the record that a PATCH or DELETE means.
func (c *call) toWrite(ob *object, id string) (*record, *apiError) {
	normal, err := checkedID(id)
	if err != nil {
		return nil, err
	}
	if ob.Prefix != "" && !strings.HasPrefix(normal, ob.Prefix) {
		return nil, errMalformedID(ob.label()+" ID", id, "Id")
	}
	switch rec := c.org.byID[normal]; {
	case rec == nil || rec.object != ob:
		return nil, withStatus(http.StatusNotFound, errCrossReference())
	case rec.deleted:
		return nil, errDeleted()
	default:
		return rec, nil
	}
}

// checkedID is the 18-character form of an id in a path. What is not even shaped like one counts as the name of an external id field.
func checkedID(id string) (string, *apiError) {
	normal, ok := normalID(id)
	switch {
	case ok:
		return normal, nil
	case idShaped(id):
		return "", refuse("MALFORMED_ID", "malformed id "+id, "Id")
	default:
		return "", errNoExternalID(id)
	}
}

// idShaped tells whether text has the length and the letters of an id.
func idShaped(text string) bool {
	normal, _ := normalID(text)
	return normal != ""
}

// label is what a message calls the object.
func (ob *object) label() string {
	if ob.Label != "" {
		return ob.Label
	}
	return ob.Name
}

// listed are a query parameter's comma-separated values.
func listed(query url.Values, name string) []string {
	if query.Get(name) == "" {
		return nil
	}
	return strings.Split(query.Get(name), ",")
}
