package sfmock

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// administrator is the user that tests act as.
const administrator = "admin@example.com"

// wire is a client of one org over real HTTP. Copy it to act as somebody else, with another token.
type wire struct {
	t      *testing.T
	url    string
	login  string
	token  string // "" for none
	client *http.Client
}

// client serves the org and signs in as the administrator.
func client(t *testing.T, o *Org) *wire {
	t.Helper()
	server, err := o.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() { transport.CloseIdleConnections(); server.Close() })
	w := &wire{t: t, url: server.URL, login: server.LoginURL, client: &http.Client{
		Transport: transport, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	w.token = w.tokenOf(o, o.AdministratorUsername())
	return w
}

// tokenOf mints a token without any log-in rule.
func (w *wire) tokenOf(o *Org, username string) string {
	w.t.Helper()
	token, err := o.Token(username)
	if err != nil {
		w.t.Fatal(err)
	}
	return token
}

// do sends a request; a body is JSON.
func (w *wire) do(method, path, body string) (status int, header http.Header, answer []byte) {
	w.t.Helper()
	var extra http.Header
	if body != "" {
		extra = http.Header{"Content-Type": {"application/json"}}
	}
	return w.send(method, path, body, extra)
}

// send sends a request with headers of the caller's choice. The path may be a whole URL.
func (w *wire) send(method, path, body string, extra http.Header) (status int, header http.Header, answer []byte) {
	w.t.Helper()
	status, header, answer, err := w.try(method, path, body, extra)
	if err != nil {
		w.t.Fatalf("%s %s: %v", method, path, err)
	}
	return status, header, answer
}

// try is send for requests that may not be answered.
func (w *wire) try(method, path, body string, extra http.Header) (status int, header http.Header, answer []byte, err error) {
	w.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = w.url + path
	}
	request, err := http.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	maps.Copy(request.Header, extra)
	if w.token != "" {
		request.Header.Set("Authorization", "Bearer "+w.token)
	}
	response, err := w.client.Do(request)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	return response.StatusCode, response.Header, answer, err
}

// form posts a form and decodes the JSON object of the answer.
func (w *wire) form(address string, fields url.Values) (status int, answer map[string]any) {
	w.t.Helper()
	status, _, raw := w.send(http.MethodPost, address, fields.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &answer); err != nil {
			w.t.Fatalf("POST %s: %v in %s", address, err, raw)
		}
	}
	return status, answer
}

// wants checks status and, byte by byte, the JSON body.
func (w *wire) wants(method, path, body string, status int, answer string) http.Header {
	w.t.Helper()
	got, header, raw := w.do(method, path, body)
	if got != status || strings.TrimSpace(string(raw)) != answer {
		w.t.Errorf("%s %s: %d %s, want %d %s", method, path, got, raw, status, answer)
	}
	return header
}

// Answers that many tests expect.
const (
	sessionGone   = `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`
	noSuchThing   = `[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]`
	quotaExceeded = `[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`
)
