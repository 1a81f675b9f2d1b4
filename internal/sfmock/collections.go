package sfmock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

const (
	largestCollection     = 200
	largestCollectionRead = 2000
	mostChunks            = 10
)

// collectionItem is one record of a collection's body: its type and its fields.
type collectionItem struct {
	object *object
	values map[string]any
}

// outcome is what became of one record.
type outcome struct {
	rec     *record
	created *bool // of an upsert
	err     *apiError
}

// document is the outcome's form in the answer, where an error's code is called statusCode.
func (r outcome) document() document {
	if r.err != nil {
		return document{{"success", false}, {"errors", []any{itemError(r.err)}}}
	}
	shown := savedBody(r.rec)
	if r.created != nil {
		shown = append(shown, member{"created", *r.created})
	}
	return shown
}

func itemError(e *apiError) document {
	fields := e.Fields
	if fields == nil {
		fields = []string{}
	}
	code := e.Code
	if code == "METHOD_NOT_ALLOWED" {
		code = unsureNoSuchOperationCode
	}
	return document{{"statusCode", code}, {"message", e.Message}, {"fields", fields}}
}

// createMany answers POST /composite/sobjects.
func (c *call) createMany() (*reply, *apiError) {
	items, allOrNone, err := c.items()
	if err != nil {
		return nil, err
	}
	return c.each(len(items), allOrNone, allOrNone, func(i int) outcome {
		rec, err := c.create(items[i].object, items[i].values)
		return outcome{rec: rec, err: err}
	})
}

// updateMany answers PATCH /composite/sobjects.
func (c *call) updateMany() (*reply, *apiError) {
	items, allOrNone, err := c.items()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	return c.each(len(items), allOrNone, allOrNone, func(i int) outcome {
		values := items[i].values
		name, ok := sent(values, "Id")
		id, isText := values[name].(string)
		if !ok || !isText {
			return outcome{err: refuse("MISSING_ARGUMENT", unsureNoID)}
		}
		delete(values, name)
		rec, err := c.toWrite(items[i].object, id)
		if err != nil {
			return outcome{err: err}
		}
		if seen[rec.id] {
			return outcome{err: refuse("DUPLICATE_VALUE", fmt.Sprintf(unsureDuplicateID, rec.id))}
		}
		seen[rec.id] = true
		return outcome{rec: rec, err: c.amend(rec, values)}
	})
}

// deleteMany answers DELETE /composite/sobjects?ids=...&allOrNone=....
func (c *call) deleteMany() (*reply, *apiError) {
	query := c.request.URL.Query()
	ids := listed(query, "ids")
	if len(ids) == 0 {
		return nil, refuse("MISSING_ARGUMENT", unsureNoIDs)
	}
	if len(ids) > largestCollection {
		return nil, errTooMany(largestCollection)
	}
	return c.each(len(ids), query.Get("allOrNone") == "true", true, func(i int) outcome {
		id := strings.TrimSpace(ids[i])
		normal, ok := normalID(id)
		if !ok {
			return outcome{err: refuse("MALFORMED_ID", "malformed id "+id)}
		}
		switch rec := c.org.byID[normal]; {
		case rec == nil:
			return outcome{err: errCrossReference()}
		case rec.deleted:
			return outcome{err: errDeleted()}
		default:
			return outcome{rec: rec, err: c.erase(rec)}
		}
	})
}

// upsertMany answers PATCH /composite/sobjects/{object}/{field}.
func (c *call) upsertMany() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	f, err := c.keyField(ob)
	if err != nil {
		return nil, err
	}
	items, allOrNone, err := c.items()
	if err != nil {
		return nil, err
	}
	return c.each(len(items), allOrNone, allOrNone, func(i int) outcome {
		values := items[i].values
		name, given := sent(values, f.Name)
		if items[i].object != ob {
			return outcome{err: refuse("INVALID_TYPE", unsureOtherType)}
		}
		if !given || values[name] == nil {
			return outcome{err: refuse("MISSING_ARGUMENT", f.Name+" not specified", f.Name)}
		}
		k := recordKey{ob, f, fmt.Sprint(values[name])}
		delete(values, name)
		found := c.matches(k)
		switch {
		case len(found) > 1:
			return outcome{err: refuse("DUPLICATE_EXTERNAL_ID", fmt.Sprintf("%s: more than one record found for external id field: [%s]", f.Name, k.value))}
		case len(found) == 1:
			rec, err := c.upsert(k, found[0], values)
			return outcome{rec: rec, created: new(bool), err: err}
		case f.Name == "Id":
			return outcome{err: errCrossReference()}
		}
		rec, err := c.upsert(k, nil, values)
		created := true
		return outcome{rec: rec, created: &created, err: err}
	})
}

// items decodes a collection's body and refuses what makes the request as a whole wrong.
func (c *call) items() (items []collectionItem, allOrNone bool, err *apiError) {
	var body struct {
		AllOrNone bool              `json:"allOrNone"`
		Records   []json.RawMessage `json:"records"`
	}
	if err := c.decode(&body); err != nil {
		return nil, false, err
	}
	if len(body.Records) > largestCollection {
		return nil, false, errTooMany(largestCollection)
	}
	chunks := 0
	for _, raw := range body.Records {
		values := map[string]any{}
		inner := *c
		inner.body = raw
		if err := inner.decode(&values); err != nil {
			return nil, false, err
		}
		attributes, _ := values["attributes"].(map[string]any)
		name, _ := attributes["type"].(string)
		if name == "" {
			return nil, false, refuse("INVALID_TYPE", unsureNoType)
		}
		ob := c.org.object(name)
		if ob == nil {
			return nil, false, errType(name)
		}
		if len(items) == 0 || items[len(items)-1].object != ob {
			chunks++
		}
		items = append(items, collectionItem{ob, values})
	}
	if chunks > mostChunks {
		return nil, false, refuse(unsureChunksCode, fmt.Sprintf("Cannot have more than %d chunks in a single operation. Please rearrange the data to reduce chunking.", mostChunks))
	}
	return items, body.AllOrNone, nil
}

// each runs one write a record. With allOrNone the first failure undoes them all, though every record still gets its own verdict. Oneness makes the
// records share a transaction in which setup objects and others may not mix.
func (c *call) each(n int, allOrNone, oneness bool, write func(int) outcome) (*reply, *apiError) {
	if oneness && c.transaction == nil {
		c.transaction = &transaction{}
	}
	outcomes := make([]outcome, n)
	rolledBack := c.org.atomically(func() *apiError {
		var failed *apiError
		for i := range outcomes {
			outcomes[i] = write(i)
			if outcomes[i].err != nil && allOrNone {
				failed = outcomes[i].err
			}
		}
		return failed
	})
	shown := make([]any, n)
	for i, result := range outcomes {
		if rolledBack != nil && result.err == nil {
			result.err = refuse("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header")
		}
		shown[i] = result.document()
	}
	return ok(shown), nil
}

// readMany answers GET /composite/sobjects/{object}?ids=...&fields=... and the same as a POST; what is not there is null.
func (c *call) readMany() (*reply, *apiError) {
	ob, err := c.sobject()
	if err != nil {
		return nil, err
	}
	var wanted struct {
		IDs    []string `json:"ids"`
		Fields []string `json:"fields"`
	}
	if c.request.Method == http.MethodPost {
		if err := c.decode(&wanted); err != nil {
			return nil, err
		}
	} else {
		query := c.request.URL.Query()
		wanted.IDs, wanted.Fields = listed(query, "ids"), listed(query, "fields")
	}
	switch {
	case len(wanted.IDs) == 0:
		return nil, refuse("MISSING_ARGUMENT", unsureNoIDs)
	case len(wanted.Fields) == 0:
		return nil, refuse("MISSING_ARGUMENT", unsureNoFields)
	case len(wanted.IDs) > largestCollectionRead:
		return nil, errTooMany(largestCollectionRead)
	}
	fields, err := c.columnsNamed(ob, wanted.Fields)
	if err != nil {
		return nil, err
	}
	shown := make([]any, len(wanted.IDs))
	for i, id := range wanted.IDs {
		normal, isID := normalID(strings.TrimSpace(id))
		if !isID {
			return nil, refuse("MALFORMED_ID", "malformed id "+id)
		}
		if rec := c.org.live(normal); rec != nil && rec.object == ob {
			shown[i] = c.render(rec, fields)
		}
	}
	return ok(shown), nil
}
