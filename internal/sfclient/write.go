package sfclient

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"
)

// maxCollection is how many records one sObject Collections call takes.
const maxCollection = 200

// Values are the columns of a record to write, by API name. Strings, booleans, nil and time.Time are what callers need.
type Values map[string]any

// recordWrite is one record of a collection.
type recordWrite struct {
	object, id string
	values     Values
}

// writeResult is one item of a collection's answer.
type writeResult struct {
	ID      string        `json:"id"`
	Success bool          `json:"success"`
	Errors  []refusalItem `json:"errors"`
}

func (r writeResult) err(op string) error {
	if r.Success {
		return nil
	}
	refused := &Error{Op: op, Status: http.StatusOK, Message: "Salesforce refused the record and gave no reason"}
	if len(r.Errors) > 0 {
		e := r.Errors[0]
		refused.Code, refused.Message, refused.Fields = e.StatusCode, e.Message, e.Fields
	}
	return refused
}

// Create makes a record and returns its id. When the answer is lost on the way, the record is looked up by its unique key: if it
// is there exactly as sent, it is adopted; if it is not there, it is sent again; if it is there and differs, the error says so.
func (t *Table[T]) Create(ctx context.Context, values Values) (id string, err error) {
	op := "create " + t.object
	t.touched("", values)
	defer func() { t.touched(id, values) }()
	again := func(err error) bool { return errors.Is(err, ErrLocked) }
	id, err = retryWhile(ctx, lockPace, again, func() (string, error) { return t.createOnce(ctx, op, values) })
	for range 2 {
		if !uncertain(err) {
			return id, err
		}
		found, lookErr := t.lookForTwin(ctx, op, values)
		if lookErr != nil || found != "" {
			return found, lookErr
		}
		sent := err
		if id, err = retryWhile(ctx, lockPace, again, func() (string, error) { return t.createOnce(ctx, op, values) }); errors.Is(err, ErrDuplicate) {
			err = sent // the first try came through after all: look again
		}
	}
	return id, err
}

func (t *Table[T]) createOnce(ctx context.Context, op string, values Values) (string, error) {
	result, err := t.client.creates.do(ctx, recordWrite{object: t.object, values: values})
	if err != nil {
		return "", err
	}
	return result.ID, result.err(op)
}

// lookForTwin asks Salesforce whether the record that may have been created is there. It returns "" when it is not.
func (t *Table[T]) lookForTwin(ctx context.Context, op string, values Values) (string, error) {
	conditions := make([]string, len(t.unique))
	for i, column := range t.unique {
		text, _ := values[column].(string)
		conditions[i] = column + " = " + Quote(text)
	}
	columns := []string{"Id"}
	for column := range values {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	rows, err := Query[map[string]any](ctx, t.client, op, "SELECT "+strings.Join(columns, ",")+" FROM "+t.object+" WHERE "+strings.Join(conditions, " AND "))
	if err != nil || len(rows) == 0 {
		return "", err
	}
	id, _ := rows[0]["Id"].(string)
	for column, sent := range values {
		if !sameValue(sent, rows[0][column]) {
			return "", &Error{Op: op, Status: http.StatusOK, Code: "DUPLICATE_VALUE", Fields: t.unique, Message: "the connection broke while the record was created; one with the same key is there now (" +
				id + "), but its " + column + " is not what was sent, so it is somebody else's"}
		}
	}
	return id, nil
}

// sameValue compares a value as sent with one as read back from JSON.
func sameValue(sent, read any) bool {
	switch s := sent.(type) {
	case string:
		text, _ := read.(string)
		return strings.EqualFold(strings.TrimSpace(s), text) || ID18(s) == text
	case time.Time:
		text, _ := read.(string)
		at, err := ParseTime(text)
		return err == nil && at.Equal(s.Truncate(time.Second))
	case bool:
		flag, _ := read.(bool)
		return flag == s
	}
	return reflect.DeepEqual(sent, read)
}

// Update sets columns of a record. A record that is gone gives an error that is ErrNotFound.
func (t *Table[T]) Update(ctx context.Context, id string, values Values) error {
	t.touched(id, values)
	defer t.touched(id, values)
	_, err := retryWhile(ctx, lockPace, func(err error) bool { return errors.Is(err, ErrLocked) }, func() (struct{}, error) {
		result, err := t.client.updates.do(ctx, recordWrite{t.object, id, values})
		if err == nil {
			err = result.err("update " + t.object)
		}
		return struct{}{}, err
	})
	return err
}

// Delete removes a record. One that is gone already counts as removed.
func (t *Table[T]) Delete(ctx context.Context, id string) error {
	t.touched(id, nil)
	defer t.touched(id, nil)
	_, err := retryWhile(ctx, lockPace, func(err error) bool { return errors.Is(err, ErrLocked) }, func() (struct{}, error) {
		result, err := t.client.deletes.of(t.object).do(ctx, id)
		if err == nil {
			err = result.err("delete " + t.object)
		}
		return struct{}{}, err
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// collection makes the gatherer for creates (POST) or updates (PATCH) of records of any object. The records of one object stand
// together because Salesforce works in runs of one object, at most ten of them.
func (c *Client) collection(method, op string) *gatherer[recordWrite, writeResult] {
	return &gatherer[recordWrite, writeResult]{most: maxCollection, write: true, send: func(ctx context.Context, items []recordWrite) ([]writeResult, error) {
		order := make([]int, len(items))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(items[a].object, items[b].object) })
		records := make([]map[string]any, len(items))
		for i, position := range order {
			item := items[position]
			record := map[string]any{"attributes": map[string]string{"type": item.object}}
			if item.id != "" {
				record["Id"] = item.id
			}
			for column, value := range item.values {
				record[column] = wireValue(value)
			}
			records[i] = record
		}
		var answers []writeResult
		err := c.do(ctx, request{
			op: op, method: method, path: c.rest("/composite/sobjects"), idempotent: method == http.MethodPatch,
			body: map[string]any{"allOrNone": false, "records": records},
		}, &answers)
		if err != nil {
			return nil, err
		}
		if len(answers) != len(items) {
			return nil, &UncertainError{&Error{Op: op, Status: http.StatusOK, Message: "Salesforce answered for another number of records than were sent"}}
		}
		results := make([]writeResult, len(items))
		for i, position := range order {
			results[position] = answers[i]
		}
		return results, nil
	}}
}

// removal makes the gatherer for deletes of records of one object; objects are not mixed, which Salesforce refuses for some.
func (c *Client) removal(object string) *gatherer[string, writeResult] {
	return &gatherer[string, writeResult]{most: maxCollection, write: true, send: func(ctx context.Context, ids []string) ([]writeResult, error) {
		var results []writeResult
		err := c.do(ctx, request{
			op: "delete " + object, method: http.MethodDelete, path: c.rest("/composite/sobjects"), idempotent: true,
			query: map[string][]string{"ids": {strings.Join(ids, ",")}, "allOrNone": {"false"}},
		}, &results)
		if err == nil && len(results) != len(ids) {
			err = &Error{Op: "delete " + object, Status: http.StatusOK, Message: "Salesforce answered for another number of records than were sent"}
		}
		return results, err
	}}
}

// timeLayout is how Salesforce writes date-times: without the colon that RFC 3339 has in the offset.
const timeLayout = "2006-01-02T15:04:05.000-0700"

// ParseTime reads a date-time as Salesforce writes it.
func ParseTime(text string) (time.Time, error) { return time.Parse(timeLayout, text) }

func wireValue(value any) any {
	if at, ok := value.(time.Time); ok {
		return at.UTC().Format(timeLayout)
	}
	return value
}
