package sfmock

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// adminPrefix is the path of what tests ask and do from outside the process. Nothing below it is journaled or counted.
const adminPrefix = "/_sfmock"

// maxAdminBody leaves room for snapshots, which may well be larger than any request of the platform.
const maxAdminBody = 1 << 30

// adminEndpoints are the routes below the prefix. The README of cmd/sfmock tells what each is good for.
func (o *Org) adminEndpoints() map[string]func(*http.Request) (any, error) {
	return map[string]func(*http.Request) (any, error){
		"GET /{$}":                       o.adminIndex,
		"GET /requests":                  o.adminRequests,
		"DELETE /requests":               func(*http.Request) (any, error) { o.ResetRequests(); return nil, nil },
		"GET /calls":                     func(*http.Request) (any, error) { return o.Calls(), nil },
		"POST /faults":                   o.adminFail,
		"DELETE /faults":                 func(*http.Request) (any, error) { o.Heal(); return nil, nil },
		"POST /advance":                  o.adminAdvance,
		"POST /sessions/expire":          func(*http.Request) (any, error) { o.ExpireSessions(); return nil, nil },
		"GET /records/{object}":          o.adminRecords,
		"POST /records/{object}":         o.adminInsert,
		"PATCH /records/{id}":            o.adminUpdate,
		"DELETE /records/{id}":           func(r *http.Request) (any, error) { return nil, o.Delete(r.PathValue("id")) },
		"GET /snapshot":                  o.adminSnapshot,
		"PUT /snapshot":                  o.adminRestore,
		"GET /snapshots":                 func(*http.Request) (any, error) { return o.Snapshots(), nil },
		"POST /snapshots/{name}":         func(r *http.Request) (any, error) { return nil, o.SnapshotAs(r.PathValue("name")) },
		"POST /snapshots/{name}/restore": func(r *http.Request) (any, error) { return nil, o.RestoreNamed(r.PathValue("name")) },
	}
}

func (o *Org) adminRoutes(mux *http.ServeMux) {
	for pattern, do := range o.adminEndpoints() {
		mux.HandleFunc(adminPattern(pattern), administer(do))
	}
}

func adminPattern(pattern string) string { return strings.Replace(pattern, " ", " "+adminPrefix, 1) }

// adminIndex lists the routes.
func (o *Org) adminIndex(*http.Request) (any, error) {
	var list []string
	for pattern := range o.adminEndpoints() {
		list = append(list, strings.TrimSuffix(adminPattern(pattern), "{$}"))
	}
	slices.Sort(list)
	return list, nil
}

// administer answers what do returns as JSON: 200 with a body, 204 without, 400 with the error's text.
func administer(do func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxAdminBody)
		body, err := do(r)
		switch {
		case err != nil:
			write(w, &reply{Status: http.StatusBadRequest, Body: map[string]string{"error": err.Error()}})
		case body == nil:
			write(w, &reply{Status: http.StatusNoContent})
		default:
			write(w, ok(body))
		}
	}
}

// adminRequests takes the parts of a Match from the query and shows bodies as text.
func (o *Org) adminRequests(r *http.Request) (any, error) {
	query := r.URL.Query()
	match := Match{Method: query.Get("method"), Path: query.Get("path"), Contains: query.Get("contains"), Kind: query.Get("kind")}
	list := []map[string]any{}
	for _, request := range o.Requests(match) {
		list = append(list, map[string]any{
			"method": request.Method, "host": request.Host, "path": request.Path, "query": request.Query, "kind": request.Kind,
			"header": request.Header, "body": string(request.Body), "status": request.Status, "time": request.Time,
		})
	}
	return list, nil
}

func (o *Org) adminFail(r *http.Request) (any, error) { return nil, o.FailAs(r.Body) }

func (o *Org) adminAdvance(r *http.Request) (any, error) {
	seconds, err := strconv.ParseUint(r.URL.Query().Get("seconds"), 10, 32) // a century and more
	if err != nil {
		return nil, fmt.Errorf("read seconds: %w", err)
	}
	o.Advance(time.Duration(seconds) * time.Second)
	return nil, nil
}

func (o *Org) adminRecords(r *http.Request) (any, error) {
	records := o.Records(r.PathValue("object"))
	if records == nil {
		return nil, fmt.Errorf("the mock org has no object %q", r.PathValue("object"))
	}
	return records, nil
}

func (o *Org) adminInsert(r *http.Request) (any, error) {
	var values map[string]any
	if err := decodeStrictly(r.Body, &values); err != nil {
		return nil, err
	}
	id, err := o.Insert(r.PathValue("object"), values)
	return map[string]string{"id": id}, err
}

func (o *Org) adminUpdate(r *http.Request) (any, error) {
	var values map[string]any
	if err := decodeStrictly(r.Body, &values); err != nil {
		return nil, err
	}
	return nil, o.Update(r.PathValue("id"), values)
}

func decodeStrictly(body io.Reader, into any) error {
	decoder := json.NewDecoder(body)
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	return nil
}
