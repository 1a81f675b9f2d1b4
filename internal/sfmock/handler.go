package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// maxBody is the platform's limit on a request, in bytes (Metadata API guide).
const maxBody = 52_428_800

func errTooLarge() *apiError {
	return refuse(unsureRequestSizeCode, fmt.Sprintf("Maximum size of request reached. Maximum size of request is %d bytes.", maxBody))
}

// call is one request being served. While its endpoint runs, the org's lock is held.
type call struct {
	org     *Org
	request *http.Request
	body    []byte
	session *session // nil before authentication and on routes without
	version int      // of the API path, 0 elsewhere

	transaction *transaction // that the call's writes are part of, nil when each is its own
}

// reply is what an endpoint answers. Body is marshalled as JSON unless it is a []byte, sent as it is with ContentType; nil is no body.
type reply struct {
	Status      int
	Body        any
	ContentType string
	Header      map[string]string
}

func ok(body any) *reply { return &reply{Status: http.StatusOK, Body: body} }

// endpoint serves one method of one route; the error is answered in the route family's own form.
type endpoint func(*call) (*reply, *apiError)

// Handler serves the org.
func (o *Org) Handler() http.Handler { return o.handler }

// serve is the frame around every endpoint: read, journal, fault, latency, lock, answer.
func (o *Org) serve(e endpoint, failure func(*apiError) *reply) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, refusal := readBody(w, r)
		if refusal != nil {
			write(w, failure(refusal))
			return
		}
		struck := o.record(r, body)
		defer struck.leave(0)
		if !pause(r, o.options.Latency+struck.delay()) || struck.before(w, failure) {
			return
		}
		answer, refusal := o.run(e, &call{org: o, request: r, body: body})
		if refusal != nil {
			answer = failure(refusal)
		}
		struck.after(w, answer)
	}
}

func (o *Org) run(e endpoint, c *call) (*reply, *apiError) {
	o.lock()
	defer o.mu.Unlock()
	return e(c)
}

// pause waits as a slow network would; false when the client gave up.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func write(w http.ResponseWriter, a *reply) {
	body, contentType, err := render(a)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	for k, v := range a.Header {
		w.Header().Set(k, v)
	}
	if contentType != "" {
		w.Header().Set("Content-Type", contentType)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(body)
}

// render is the body as it goes over the wire.
func render(a *reply) (body []byte, contentType string, err error) {
	if a.Body == nil {
		return nil, "", nil
	}
	if raw, isRaw := a.Body.([]byte); isRaw {
		return raw, a.ContentType, nil
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(a.Body)
	return buffer.Bytes(), "application/json;charset=UTF-8", err
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, *apiError) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, errTooLarge()
	}
	if err != nil {
		return nil, refuse("JSON_PARSER_ERROR", err.Error())
	}
	return body, nil
}

// restFailure is REST's error form: an array of one.
func restFailure(e *apiError) *reply {
	item := document{{"message", e.Message}, {"errorCode", e.Code}}
	if e.Fields != nil {
		item = append(item, member{"fields", e.Fields})
	}
	return &reply{Status: e.Status, Body: []any{item}, Header: e.header()}
}

// methods are a route's endpoints by HTTP method.
type methods map[string]endpoint
