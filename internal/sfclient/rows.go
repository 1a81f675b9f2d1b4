package sfclient

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Rows is the result of any query. A row is a map[string]any of what its columns hold: nil, bool, string, json.Number, a
// map[string]any for a parent, and a []any of rows for a sub-query.
type Rows struct {
	Records   []any
	TotalSize int
}

// TooManyRowsError is a query with more rows than the caller wants to read.
type TooManyRowsError struct {
	Total, Most int
	AtLeast     bool // there may be more than Total: not all sub-queries or statements have been looked at
}

func (e *TooManyRowsError) Error() string {
	if e.AtLeast {
		return fmt.Sprintf("the query has at least %d rows, more than %d", e.Total, e.Most)
	}
	return fmt.Sprintf("the query has %d rows, more than %d", e.Total, e.Most)
}

// QueryAny runs a query, which may be several statements, and returns every row, to the last page and with the last row of every
// sub-query; or a *TooManyRowsError when there are more than most.
func (c *Client) QueryAny(ctx context.Context, tooling bool, most int, statements ...string) (Rows, error) {
	path := "/query"
	if tooling {
		path = "/tooling/query"
	}
	r := rowReader{client: c, most: most}
	all := Rows{Records: []any{}}
	for i, statement := range statements {
		if length := len(url.QueryEscape(statement)); length > maxStatement {
			return Rows{}, &Error{Op: queryOp, Status: http.StatusRequestURITooLong, Message: fmt.Sprintf("the query takes %d bytes of a request's address, which has room for %d", length, maxStatement)}
		}
		result, err := r.get(ctx, c.rest(path), url.Values{"q": {statement}})
		if err != nil {
			return Rows{}, err
		}
		r.children = childNames(statement)
		records, err := r.whole(ctx, result, i < len(statements)-1)
		if err != nil {
			return Rows{}, err
		}
		all.Records = append(all.Records, records...)
		all.TotalSize += sizeOf(result)
	}
	return all, nil
}

const queryOp = "query"

// rowReader reads the results of one query.
type rowReader struct {
	client   *Client
	most     int
	seen     int      // rows so far, or known to come
	children []string // relationships of the sub-queries
}

// anyObject is a JSON object whose numbers are as they are written.
type anyObject map[string]any

// UnmarshalJSON implements json.Unmarshaler.
func (o *anyObject) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode((*map[string]any)(o))
}

func (r *rowReader) get(ctx context.Context, path string, query url.Values) (map[string]any, error) {
	var result anyObject
	err := r.client.do(ctx, request{op: queryOp, method: http.MethodGet, path: path, query: query, idempotent: true}, &result)
	return result, err
}

// whole reads a result to its end. others tells that there are more results.
func (r *rowReader) whole(ctx context.Context, result map[string]any, others bool) ([]any, error) {
	page := recordsOf(result)
	if len(page) > 0 { // SELECT COUNT() has a size and no rows
		r.seen += max(sizeOf(result), len(page))
	}
	if r.seen > r.most {
		return nil, &TooManyRowsError{r.seen, r.most, others}
	}
	rows := []any{}
	for {
		for _, record := range page {
			row, err := r.settled(ctx, record)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		next, _ := result["nextRecordsUrl"].(string)
		if done, _ := result["done"].(bool); done || next == "" {
			return rows, nil
		}
		var err error
		if result, err = r.get(ctx, next, nil); err != nil {
			return nil, err
		}
		if page = recordsOf(result); len(page) == 0 {
			return nil, &Error{Op: queryOp, Status: http.StatusOK, Message: fmt.Sprintf("Salesforce sent a page without rows after %d rows", len(rows))}
		}
	}
}

// settled is a value without what only the API needs, and with the whole result of each sub-query.
func (r *rowReader) settled(ctx context.Context, value any) (_ any, err error) {
	switch v := value.(type) {
	case map[string]any:
		if isResult(v) {
			return r.whole(ctx, v, true)
		}
		if attributes, ok := v["attributes"].(map[string]any); ok && attributes["type"] != nil {
			delete(v, "attributes")
		}
		for column, inner := range v {
			if v[column], err = r.settled(ctx, inner); err != nil {
				return nil, err
			}
			if inner == nil && slices.ContainsFunc(r.children, func(name string) bool { return strings.EqualFold(name, column) }) {
				v[column] = []any{} // Salesforce says null for a sub-query without rows
			}
		}
	case []any: // within metadata, in the Tooling API
		for i := range v {
			if v[i], err = r.settled(ctx, v[i]); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}

// isResult tells the result of a sub-query from the row of a parent.
func isResult(v map[string]any) bool {
	_, isDone := v["done"].(bool)
	_, hasSize := v["totalSize"].(json.Number)
	return isDone && hasSize
}

func recordsOf(result map[string]any) []any {
	records, _ := result["records"].([]any)
	return records
}

func sizeOf(result map[string]any) int {
	size, _ := result["totalSize"].(json.Number)
	n, err := size.Int64()
	if err != nil {
		return 0
	}
	return int(n)
}
