package sfclient

import (
	"context"
	"errors"
	"fmt"
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
	err = createOnce(func() error {
		id, err = whileLocked(ctx, func() (string, error) {
			result, err := t.client.creates.do(ctx, recordWrite{object: t.object, values: values})
			if err != nil {
				return "", err
			}
			return result.ID, result.err(op)
		})
		return err
	}, func() (bool, error) {
		id, err = t.lookForTwin(ctx, op, values)
		return id != "", err
	})
	return id, err
}

// createOnce sends a create until it is known whether the thing is there. After a failure that leaves that open, look tells
// whether it is there as it was sent; it fails with ErrDuplicate when somebody else's is there instead.
func createOnce(send func() error, look func() (bool, error)) error {
	var lost error
	for range 3 {
		err := send()
		if uncertain(err) {
			lost = err
		} else if lost == nil || !errors.Is(err, ErrDuplicate) { // a duplicate may be the one from before
			return err
		}
		found, lookErr := look()
		switch {
		case lookErr != nil && !errors.Is(lookErr, ErrDuplicate):
			return errors.Join(lost, lookErr)
		case lookErr != nil || found:
			return lookErr
		case !uncertain(err): // a duplicate of something that can't be seen
			return err
		}
	}
	return lost
}

// whileLocked tries a write again for as long as another change holds a lock.
func whileLocked[T any](ctx context.Context, try func() (T, error)) (T, error) {
	return retryWhile(ctx, lockPace, func(err error) bool { return errors.Is(err, ErrLocked) }, try)
}

// lookForTwin asks Salesforce whether the record that may have been created is there. It returns "" when it is not.
func (t *Table[T]) lookForTwin(ctx context.Context, op string, values Values) (string, error) {
	conditions := make([]string, len(t.unique))
	for i, column := range t.unique {
		text, _ := values[column].(string)
		if other := t.instead[column]; text == "" && other != "" {
			column = other
			text, _ = values[column].(string)
		}
		if text == "" {
			return "", fmt.Errorf("%s: without %s it can't be looked for", op, column)
		}
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
	_, err := whileLocked(ctx, func() (struct{}, error) {
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
	return t.client.remove(ctx, t.object, id)
}

// remove deletes a record of any object. One that is gone already counts as removed.
func (c *Client) remove(ctx context.Context, object, id string) error {
	_, err := whileLocked(ctx, func() (struct{}, error) {
		result, err := c.deletes.of(object).do(ctx, id)
		if err == nil {
			err = result.err("delete " + object)
		}
		return struct{}{}, err
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// collection makes the gatherer for creates (POST) or updates (PATCH) of records of any object.
func (c *Client) collection(method, op string) *gatherer[recordWrite, writeResult] {
	return &gatherer[recordWrite, writeResult]{most: maxCollection, write: true, send: func(ctx context.Context, items []recordWrite) ([]writeResult, error) {
		results := make([]writeResult, len(items))
		for _, positions := range rounds(items) {
			records := make([]map[string]any, len(positions))
			for i, position := range positions {
				records[i] = items[position].wire()
			}
			var answers []writeResult
			err := c.do(ctx, request{
				op: op, method: method, path: c.rest("/composite/sobjects"), idempotent: method == http.MethodPatch,
				body: map[string]any{"allOrNone": false, "records": records},
			}, &answers)
			if err != nil {
				return nil, err
			}
			if len(answers) != len(records) {
				return nil, &UncertainError{&Error{Op: op, Status: http.StatusOK, Message: "Salesforce answered for another number of records than were sent"}}
			}
			for i, position := range positions {
				results[position] = answers[i]
			}
		}
		return results, nil
	}}
}

// rounds puts writes in order for the wire. The records of one object stand together because Salesforce works in runs of one
// object, at most ten of them; a record that is written twice waits for the next call because Salesforce refuses it twice in one.
func rounds(items []recordWrite) [][]int {
	var rounds [][]int
	written := map[string]int{}
	for i, item := range items {
		round := 0
		if item.id != "" {
			id := ID18(item.id)
			round = written[id]
			written[id]++
		}
		if round == len(rounds) {
			rounds = append(rounds, nil)
		}
		rounds[round] = append(rounds[round], i)
	}
	for _, round := range rounds {
		slices.SortStableFunc(round, func(a, b int) int { return strings.Compare(items[a].object, items[b].object) })
	}
	return rounds
}

func (w recordWrite) wire() map[string]any {
	record := map[string]any{"attributes": map[string]string{"type": w.object}}
	if w.id != "" {
		record["Id"] = w.id
	}
	for column, value := range w.values {
		record[column] = wireValue(value)
	}
	return record
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
