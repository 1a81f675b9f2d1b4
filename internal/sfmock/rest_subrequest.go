package sfmock

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// subrequest is a request inside another one's body.
type subrequest struct {
	Method      string            `json:"method"`
	URL         string            `json:"url"`
	Body        any               `json:"body"`
	ReferenceID string            `json:"referenceId"`
	HTTPHeaders map[string]string `json:"httpHeaders"`
}

var versionedPath = regexp.MustCompile(`^(?:/services/data)?/?v(\d+)\.0(/.*)$`)

// dispatch serves a subrequest as if it had come alone; within says what kind of body it stood in.
func (c *call) dispatch(s subrequest, within nesting) *reply {
	answer, err := c.tryDispatch(s, within)
	if err != nil {
		return restFailure(err)
	}
	return answer
}

func (c *call) tryDispatch(s subrequest, within nesting) (*reply, *apiError) {
	address, err := url.Parse(strings.ReplaceAll(s.URL, " ", "%20"))
	if err != nil {
		return nil, errResource()
	}
	parts := versionedPath.FindStringSubmatch(address.EscapedPath())
	if parts == nil {
		return nil, errResource()
	}
	version, refusal := c.org.versionOf("v" + parts[1] + ".0")
	if refusal != nil {
		return nil, refusal
	}
	route, values := routeOf(parts[2])
	if route == nil {
		return nil, errResource()
	}
	if !route.admits(s.Method, within) {
		return nil, refuse(unsureNotNestedCode, unsureNotNested)
	}
	request := (&http.Request{Method: strings.ToUpper(s.Method), URL: address, Header: http.Header{"Content-Type": {"application/json"}}}).WithContext(c.request.Context())
	for name, value := range s.HTTPHeaders {
		request.Header.Set(name, value)
	}
	for name, value := range values {
		request.SetPathValue(name, value)
	}
	inner := *c
	inner.request, inner.version, inner.body = request, version, nil
	if s.Body != nil {
		raw, err := json.Marshal(s.Body)
		if err != nil {
			return nil, refuse("JSON_PARSER_ERROR", err.Error())
		}
		inner.body = raw
	}
	return route.methods.dispatch(&inner)
}

// admits tells whether a request to the route may stand in such a body. A graph's nodes are records: one may be created at its
// object's path, but the object itself cannot be read there.
func (r *restRoute) admits(method string, within nesting) bool {
	record := strings.EqualFold(method, http.MethodPost) || !strings.HasSuffix(r.path, "/{object}")
	return r.nesting&within != 0 && (record || within != inGraph)
}

// routeOf finds the route of an escaped path below a version, and its path values.
func routeOf(path string) (*restRoute, map[string]string) {
	given := strings.Split(strings.TrimSuffix(path, "/"), "/")
	for _, route := range restTable() {
		if values, ok := match(strings.Split(route.path, "/"), given); ok {
			return &route, values
		}
	}
	return nil, nil
}

func match(pattern, given []string) (map[string]string, bool) {
	if len(pattern) != len(given) {
		return nil, false
	}
	values := map[string]string{}
	for i, segment := range pattern {
		text, err := url.PathUnescape(given[i])
		name, variable := strings.CutPrefix(segment, "{")
		switch {
		case err != nil || !variable && segment != text || variable && text == "":
			return nil, false
		case variable:
			values[strings.TrimSuffix(name, "}")] = text
		}
	}
	return values, true
}
