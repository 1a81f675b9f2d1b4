package sfmock

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"testing"
)

const data = "/services/data/v68.0"

// restWire asks an org through its REST face as the administrator.
type restWire struct {
	*testing.T
	org  *Org
	wire *wire
}

func restClient(t *testing.T) *restWire {
	t.Helper()
	org := New(Options{})
	return &restWire{t, org, client(t, org)}
}

// ask sends a request to a path below the version, checks the status and decodes the answer.
func (r *restWire) ask(method, path, body string, status int) any {
	r.Helper()
	answer, _ := r.askHeader(method, path, body, status)
	return answer
}

func (r *restWire) askHeader(method, path, body string, status int) (any, http.Header) {
	r.Helper()
	got, header, raw := r.wire.do(method, data+path, body)
	if got != status {
		r.Fatalf("%s %s %s: status %d, want %d: %s", method, path, body, got, status, raw)
	}
	if len(raw) == 0 {
		return nil, header
	}
	var answer any
	if err := json.Unmarshal(raw, &answer); err != nil {
		r.Fatalf("%s %s: %v in %s", method, path, err, raw)
	}
	return answer, header
}

// refused asks and compares the answer with the one error in REST's form.
func (r *restWire) refused(method, path, body string, status int, code, message string) {
	r.Helper()
	answer := r.ask(method, path, body, status)
	if at(answer, 0, "errorCode") != code || at(answer, 0, "message") != message {
		r.Errorf("%s %s %s: %v, want %s %q", method, path, body, answer, code, message)
	}
}

func (r *restWire) equal(got, want any) {
	r.Helper()
	if !reflect.DeepEqual(got, want) {
		r.Errorf("got %#v, want %#v", got, want)
	}
}

// make creates a record and returns its id.
func (r *restWire) make(object, body string) string {
	r.Helper()
	id, _ := at(r.ask("POST", "/sobjects/"+object, body, http.StatusCreated), "id").(string)
	return id
}

// one returns the value of the first column of a query's only row.
func (r *restWire) one(soql, column string) any {
	r.Helper()
	answer := r.query(soql)
	r.equal(at(answer, "totalSize"), 1.0)
	return at(answer, "records", 0, column)
}

func (r *restWire) count(soql string) int {
	r.Helper()
	n, _ := at(r.query(soql), "totalSize").(float64)
	return int(n)
}

func (r *restWire) query(soql string) any {
	r.Helper()
	return r.ask("GET", "/query?q="+url.QueryEscape(soql), "", http.StatusOK)
}

// at follows a path of member names and indexes into a decoded answer; nil where it leads nowhere.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			members, _ := value.(map[string]any)
			value = members[step]
		case int:
			items, _ := value.([]any)
			if step >= len(items) {
				return nil
			}
			value = items[step]
		}
	}
	return value
}

// toJSON writes a request body.
func toJSON(t *testing.T, body any) string {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
