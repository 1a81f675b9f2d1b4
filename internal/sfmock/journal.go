package sfmock

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Request is one request that the org got, refused ones included.
type Request struct {
	Method string
	Host   string
	Path   string
	Query  string // decoded
	Kind   string // token, query, collection, composite, graph, record, describe, metadata read, metadata write, deploy, tooling or other
	Header http.Header
	Body   []byte
	Status int // of the answer; 0 while it is being served, and where the connection was cut before an answer
	Time   time.Time

	Duration time.Duration // until it was answered
}

// Match selects requests; what is empty matches everything.
type Match struct {
	Method   string
	Path     string // part of the path
	Contains string // part of the body or of the decoded query
	Kind     string
}

func (m Match) matches(r *Request) bool {
	return (m.Method == "" || strings.EqualFold(m.Method, r.Method)) &&
		strings.Contains(r.Path, m.Path) &&
		(m.Kind == "" || m.Kind == r.Kind) &&
		(strings.Contains(string(r.Body), m.Contains) || strings.Contains(r.Query, m.Contains))
}

// The journal forgets the oldest requests when it has more of them, or bodies of more bytes.
const (
	mostRequests = 50_000
	mostBodies   = 256 << 20
)

// note adds a request to the journal. The hooks are locked.
func (o *Org) note(r *Request) {
	h := &o.hooks
	if h.calls == nil {
		h.calls = map[string]int{}
	}
	h.calls[r.Kind]++
	h.journal, h.bodies = append(h.journal, r), h.bodies+len(r.Body)
	for len(h.journal) > mostRequests || h.bodies > mostBodies {
		h.bodies -= len(h.journal[0].Body)
		h.journal[0] = nil
		h.journal = h.journal[1:]
	}
}

// Requests returns the matching requests in the order in which they came, the last 50,000 at most.
func (o *Org) Requests(m Match) []Request {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	var found []Request
	for _, r := range o.hooks.journal {
		if m.matches(r) {
			found = append(found, *r)
		}
	}
	return found
}

// ResetRequests empties the journal, its counts included.
func (o *Org) ResetRequests() {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	o.hooks.journal, o.hooks.bodies, o.hooks.calls = nil, 0, nil
	o.hooks.maxMetadataWrites = o.hooks.metadataWrites
}

// Calls counts the requests by kind, forgotten ones included.
func (o *Org) Calls() map[string]int {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	counts := map[string]int{}
	maps.Copy(counts, o.hooks.calls)
	return counts
}

// MaxParallelMetadataWrites is the largest number of Metadata and Tooling API writes that were under way at the same time.
// More than one is a client's mistake: Salesforce locks the setup of the org for each.
func (o *Org) MaxParallelMetadataWrites() int {
	o.hooks.Lock()
	defer o.hooks.Unlock()
	return o.hooks.maxMetadataWrites
}

// record notes a request and finds out what is to happen to it.
func (o *Org) record(r *http.Request, body []byte) *strike {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	if err != nil {
		query = r.URL.RawQuery
	}
	entry := &Request{
		Method: r.Method, Host: r.Host, Path: r.URL.Path, Query: query, Kind: requestKind(r.URL.Path, body),
		Header: r.Header.Clone(), Body: body, Time: time.Now(),
	}
	s := &strike{org: o, entry: entry, tooLong: tooLong(r), metadataWrite: locksSetup(entry), api: isAPI(entry.Path)}
	o.hooks.Lock()
	defer o.hooks.Unlock()
	o.note(entry)
	s.fault = o.strikes(entry)
	if s.api {
		o.hooks.inFlight++
		s.crowded = o.hooks.maxInFlight > 0 && o.hooks.inFlight > o.hooks.maxInFlight
	}
	if s.metadataWrite {
		o.hooks.metadataWrites++
		o.hooks.maxMetadataWrites = max(o.hooks.maxMetadataWrites, o.hooks.metadataWrites)
	}
	return s
}

// leave notes that a request was served, before its client can know.
func (s *strike) leave(status int) {
	if served := s.end(status); served != nil && s.org.options.OnRequest != nil {
		s.org.options.OnRequest(*served)
	}
}

// end returns a copy of the entry, nil if the request had left already.
func (s *strike) end(status int) *Request {
	s.org.hooks.Lock()
	defer s.org.hooks.Unlock()
	if s.left {
		return nil
	}
	s.left = true
	s.entry.Status, s.entry.Duration = status, time.Since(s.entry.Time)
	if s.api {
		s.org.hooks.inFlight--
	}
	if s.metadataWrite {
		s.org.hooks.metadataWrites--
	}
	served := *s.entry
	return &served
}
