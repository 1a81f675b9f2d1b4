package sfclient

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// maxStatement is how long a query sent in a URI may get once escaped. Salesforce refuses URIs over 16,384 bytes, and URI and
// headers together over the same number.
const maxStatement = 12_000

// maxLiteral is how many characters a literal of a query may have.
const maxLiteral = 4_000

var soqlEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`)

// Quote writes a value as a SOQL string literal. It is the only place where a value enters a statement.
func Quote(value string) string { return "'" + soqlEscapes.Replace(value) + "'" }

// page is one page of a query's rows.
type page[T any] struct {
	TotalSize int    `json:"totalSize"`
	Done      bool   `json:"done"`
	Next      string `json:"nextRecordsUrl"`
	Records   []T    `json:"records"`
}

// Query runs a SOQL statement and returns every row, to the last page.
func Query[T any](ctx context.Context, c *Client, op, statement string) ([]T, error) {
	rows, _, err := queryUpTo[T](ctx, c, op, c.rest("/query"), statement, -1)
	return rows, err
}

// QueryTooling is Query against the Tooling API.
func QueryTooling[T any](ctx context.Context, c *Client, op, statement string) ([]T, error) {
	rows, _, err := queryUpTo[T](ctx, c, op, c.rest("/tooling/query"), statement, -1)
	return rows, err
}

// queryUpTo is Query, but gives up after the first page when there are more than most rows (unless most is negative); complete
// tells whether all rows are there.
func queryUpTo[T any](ctx context.Context, c *Client, op, path, statement string, most int) (rows []T, complete bool, err error) {
	next := request{op: op, method: http.MethodGet, path: path, query: url.Values{"q": {statement}}, idempotent: true}
	for {
		var answer page[T]
		if err := c.do(ctx, next, &answer); err != nil {
			return nil, false, err
		}
		rows = append(rows, answer.Records...)
		if answer.Done || answer.Next == "" {
			return rows, true, nil
		}
		if most >= 0 && answer.TotalSize > most {
			return nil, false, nil
		}
		next.path, next.query = answer.Next, nil
	}
}
