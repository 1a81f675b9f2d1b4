package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func TestRequestsAreWellDressed(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	if err := ask(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	header := o.Requests(sfmock.Match{Kind: "query"})[0].Header
	for name, want := range map[string]string{"User-Agent": "test/1", "Sforce-Mru": "updateMru=false", "Accept-Encoding": "gzip", "Content-Type": ""} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if !strings.HasPrefix(header.Get("Authorization"), "Bearer 00D") {
		t.Errorf("Authorization: %q", header.Get("Authorization"))
	}
}

func TestBodiesAreCompressed(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	if _, err := c.UserRoles.Create(t.Context(), role("Short")); err != nil {
		t.Fatal(err)
	}
	allSucceed(t, together(100, func(i int) error {
		_, err := c.UserRoles.Create(t.Context(), role(fmt.Sprintf("Long%d", i)))
		return err
	}))
	requests := o.Requests(sfmock.Match{Kind: "collection"})
	if got := requests[0].Header.Get("Content-Encoding"); got != "" {
		t.Errorf("a body of %d bytes is encoded as %q", len(requests[0].Body), got)
	}
	zipped := 0
	for _, r := range requests[1:] {
		if (len(r.Body) >= gzipFrom) != (r.Header.Get("Content-Encoding") == "gzip") {
			t.Errorf("a body of %d bytes is encoded as %q", len(r.Body), r.Header.Get("Content-Encoding"))
		}
		if r.Header.Get("Content-Encoding") == "gzip" {
			zipped++
		}
	}
	if zipped == 0 {
		t.Error("nothing was compressed")
	}
}

// scripted is a client whose API answers with what a test says.
func scripted(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/services/data" {
			fmt.Fprint(w, `[{"version":"67.0"},{"version":"68.0"}]`)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	c, err := New(t.Context(), Config{AccessToken: "00D000000000001!secret.token_x", InstanceURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	page := "<!DOCTYPE html><html><body>" + strings.Repeat("sorry ", 3*maxErrorBody/6) + "</body></html>"
	for name, test := range map[string]struct {
		status      int
		contentType string
		body        string
		want        Error
		fields      int
	}{
		"an array": {
			status: 400, contentType: "application/json", body: `[{"message":"Required fields are missing: [LastName]","errorCode":"REQUIRED_FIELD_MISSING","fields":["LastName"]}]`,
			want: Error{Code: "REQUIRED_FIELD_MISSING", Message: "Required fields are missing: [LastName]"}, fields: 1,
		},
		"a bare object": {
			status: 403, contentType: "application/json", body: `{"message":"no","errorCode":"FORBIDDEN"}`,
			want: Error{Code: "FORBIDDEN", Message: "no"},
		},
		"an item's form": {
			status: 400, contentType: "application/json", body: `[{"message":"no","statusCode":"MALFORMED_ID","fields":["Id","Name"]}]`,
			want: Error{Code: "MALFORMED_ID", Message: "no"}, fields: 2,
		},
		"a dead token at userinfo": {status: 403, contentType: "text/plain", body: "Bad_OAuth_Token\n", want: Error{Code: "INVALID_SESSION_ID", Message: "Bad_OAuth_Token"}},
		"a page for nothing": {
			status: 404, contentType: "text/html", body: "<html>URL No Longer Exists</html>",
			want: Error{Message: "HTTP 404 Not Found with an HTML page instead of an API answer; is the address that of an org's My Domain?"},
		},
		"a page without a type": {status: 400, body: "\n <h1>Bad Message 400</h1>", want: Error{Message: "HTTP 400 Bad Request with an HTML page instead of an API answer"}},
		"nothing":               {status: 400, want: Error{Message: "HTTP 400 Bad Request with an empty answer"}},
		"empty array":           {status: 400, body: "[]", want: Error{Message: "HTTP 400 Bad Request with an answer that is not in Salesforce's form"}},
		"null":                  {status: 400, body: "null", want: Error{Message: "HTTP 400 Bad Request with an answer that is not in Salesforce's form"}},
		"cut JSON":              {status: 400, body: `[{"message":"Requi`, want: Error{Message: "HTTP 400 Bad Request with an answer that is not in Salesforce's form"}},
		"a huge page":           {status: 403, contentType: "text/html", body: page, want: Error{Message: "HTTP 403 Forbidden with an HTML page instead of an API answer"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent := 0
			c := scripted(t, func(w http.ResponseWriter, _ *http.Request) {
				sent++
				w.Header().Set("Content-Type", test.contentType)
				w.Header().Set("Sforce-Limit-Info", "api-usage=7/100")
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			})
			err := ask(t.Context(), c)
			refused, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatal(err)
			}
			if refused.Op != "ask" || refused.Status != test.status || refused.Code != test.want.Code || refused.Message != test.want.Message || len(refused.Fields) != test.fields {
				t.Errorf("%+v", refused)
			}
			if refused.Code != "" && refused.Usage != "api-usage=7/100" || c.Usage() != "api-usage=7/100" {
				t.Errorf("usage %q, %q", refused.Usage, c.Usage())
			}
			if sent != 1 || len(err.Error()) > 500 {
				t.Errorf("sent %d times, %d bytes of text", sent, len(err.Error()))
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the token went to %s", r.Host) }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		c := scripted(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) })
		for _, err := range []error{
			ask(t.Context(), c),
			c.do(t.Context(), request{op: "write", method: http.MethodPost, path: "/x", body: Values{"a": "b"}}, nil),
			c.DeleteMetadata(t.Context(), "PermissionSet", "Robots"),
		} {
			if err == nil || !strings.Contains(err.Error(), elsewhere.URL) || uncertain(err) {
				t.Errorf("%d: %v", status, err)
			}
		}
	}
}

// TestGatewaysAreWaitedOut checks that a read survives what a gateway says in Salesforce's place.
func TestGatewaysAreWaitedOut(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{
		"maintenance":            {Status: 503, Body: "<html>Service Unavailable</html>"},
		"bad gateway":            {Status: 502},
		"overload":               {Status: 503, Code: "SERVER_UNAVAILABLE", Message: "try again"},
		"no route":               {Status: 420},
		"a page in place of it":  {Status: 200, Body: "<html>please log in</html>"},
		"half an answer":         {TruncateBody: true},
		"an error of the server": {Status: 500, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				o.Fail(sfmock.Match{Kind: "query"}, 2, fault)
				within(t, 10*time.Second, func() {
					if err := ask(t.Context(), c); err != nil {
						t.Error(err)
					}
				})
				calls(t, o, "query", 3)
				o.Fail(sfmock.Match{Kind: "query"}, -1, fault)
				within(t, 2*time.Minute, func() {
					if err := ask(t.Context(), c); err == nil || uncertain(err) {
						t.Errorf("for ever: %v", err)
					}
				})
				calls(t, o, "query", 3+transportPace.tries)
			})
		})
	}
}

func TestNoMoreRequestsThanSalesforceLikes(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.SetConcurrencyLimit(maxInFlight)
		started := time.Now()
		allSucceed(t, together(3*maxInFlight, func(int) error { return ask(t.Context(), c) }))
		calls(t, o, "query", 3*maxInFlight)
		if took := time.Since(started); took != 3*time.Second {
			t.Errorf("three rounds of a second took %s", took)
		}
	})
}

// TestWaitingForASlotEndsWithTheContext is about a caller whom the others leave no room.
func TestWaitingForASlotEndsWithTheContext(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(sfmock.Match{Kind: "query"}, -1, sfmock.Fault{Delay: time.Minute})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		patient := context.WithoutCancel(ctx)
		results := together(maxInFlight+1, func(i int) error {
			if i > 0 {
				return ask(patient, c)
			}
			for len(c.slots) < maxInFlight { // until all the others are under way
				wait(t, time.Millisecond)
			}
			err := c.do(ctx, request{op: "write", method: http.MethodPost, path: "/x"}, nil)
			if !errors.Is(err, context.DeadlineExceeded) || uncertain(err) {
				t.Error(err)
			}
			return nil
		})
		allSucceed(t, results)
		if sent := o.Requests(sfmock.Match{Path: "/x"}); len(sent) != 0 {
			t.Errorf("sent %d", len(sent))
		}
	})
}

func TestUnwritableRequestsAreNotTriedAgain(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		within(t, 0, func() {
			err := c.do(t.Context(), request{op: "write", method: http.MethodPost, path: "/x", body: make(chan int), idempotent: true}, nil)
			if err == nil || !strings.HasPrefix(err.Error(), "write: ") {
				t.Error(err)
			}
			if err := c.do(t.Context(), request{op: "write", method: "BAD METHOD", path: "/x"}, nil); err == nil || uncertain(err) {
				t.Error(err)
			}
		})
		calls(t, o, "other", 0)
	})
}

// log collects what Trace is told.
type log struct {
	mu        sync.Mutex
	exchanges []Exchange
}

func (l *log) note(_ context.Context, e Exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.exchanges = append(l.exchanges, e)
}

func (l *log) all() []Exchange {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.exchanges
}

// TestTraceShowsEverythingButSecrets makes all kinds of requests, refused ones among them.
func TestTraceShowsEverythingButSecrets(t *testing.T) {
	t.Parallel()
	const password = `Pa55 "word`
	for name, sign := range map[string]func(*testOrg) Config{"JWT": (*testOrg).jwt, "client credentials": (*testOrg).clientCredentials, "access token": func(o *testOrg) Config { return o.token(t) }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			var seen log
			config := sign(o)
			config.Trace = seen.note
			c, err := New(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			_ = ask(t.Context(), c)
			_, _ = c.WhoAmI(t.Context())
			_, _ = c.Users.Find(t.Context(), "Username", administrator)
			_ = c.do(t.Context(), request{
				op: "set password", method: http.MethodPost, path: c.rest("/sobjects/User/005000000000000/password"), body: Values{"NewPassword": password}, idempotent: true,
			}, nil)
			_ = UpsertMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"})
			_, _ = Query[struct{}](t.Context(), c, "bad", "SELECT Nonsense FROM User")
			live, err := c.sessions.get(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			kinds := map[string]bool{}
			for _, e := range seen.all() {
				text := fmt.Sprintf("%+v", e)
				for what, secret := range map[string]string{
					"access token": live.token, "the secret in it": live.token[16:40], "client secret": consumerSecret, "assertion": "eyJ", "password": "Pa55", "key": "PRIVATE KEY",
				} {
					if strings.Contains(text, secret) {
						t.Errorf("the %s is in %s", what, text)
					}
				}
				if e.Method == "" || e.Status == 0 || e.Duration <= 0 || !strings.HasPrefix(e.URL, o.url) {
					t.Errorf("%+v", e)
				}
				switch {
				case strings.HasSuffix(e.URL, "/token"):
					kinds["token"] = e.Request == "" && e.Response == ""
				case strings.HasSuffix(e.URL, "/password"):
					kinds["password"] = strings.Contains(e.Request, `"NewPassword":"***"`)
				case strings.Contains(e.URL, "/Soap/"):
					kinds["SOAP"] = strings.Contains(e.Request, "<sessionId>***</sessionId>") && strings.Contains(e.Request, "<label>Robots</label>") && strings.Contains(e.Response, "Envelope")
				case strings.Contains(e.URL, "Nonsense"):
					kinds["refusal"] = e.Status == 400 && e.Err != nil && strings.Contains(e.Response, "No such column 'Nonsense'")
				}
			}
			for _, kind := range []string{"token", "password", "SOAP", "refusal"} {
				if !kinds[kind] && (kind != "token" || config.AccessToken == "") {
					t.Errorf("the exchange of a %s was not shown as it should be", kind)
				}
			}
		})
	}
}

func TestTraceOfAnswersAndFailures(t *testing.T) {
	t.Parallel()
	var seen log
	config := Config{AccessToken: "t", InstanceURL: "https://example.com", Trace: seen.note}
	var mu sync.Mutex
	broken := false
	config.Transport = roundTripper(func(*http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		if broken {
			return nil, errTest
		}
		w := httptest.NewRecorder()
		fmt.Fprint(w, `[{"version":"68.0","access_token":"hidden"}]`)
		return w.Result(), nil
	})
	c, err := New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if got := seen.all()[0].Response; got != `[{"version":"68.0","access_token":"***"}]` {
		t.Errorf("answers are shown as %s", got)
	}
	broken = true
	_ = c.do(t.Context(), request{op: "write", method: http.MethodPost, path: "/x"}, nil)
	if last := seen.all()[len(seen.all())-1]; !errors.Is(last.Err, errTest) || last.Status != 0 || last.URL != "https://example.com/x" {
		t.Errorf("%+v", last)
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	token := "00D000000000001AAA!AQ0A" + strings.Repeat("x._Y", 20)
	for text, want := range map[string]string{
		`{"access_token":"abc","id":"x"}`:                      `{"access_token":"***","id":"x"}`,
		`{"NewPassword" : "a\"b\\", "Name":"n"}`:               `{"NewPassword" : "***", "Name":"n"}`,
		`{"client_secret":"a`:                                  `{"client_secret":"***"`,
		`{"client_secret":"a\`:                                 `{"client_secret":"***"`,
		`{"consumerSecret":"a","refresh_token":"b"}`:           `{"consumerSecret":"***","refresh_token":"***"}`,
		`<consumerSecret>a</consumerSecret><label>l</label>`:   `<consumerSecret>***</consumerSecret><label>l</label>`,
		"<sessionId>\n" + token + "</sessionId>":               `<sessionId>***</sessionId>`,
		"<privateKey>half":                                     `<privateKey>***`,
		"frontdoor?sid=" + token + "&x=1":                      `frontdoor?sid=***&x=1`,
		"Bearer eyJhbGciOi.eyJpc3Mi.c2ln":                      "Bearer ***",
		`{"PasswordExpirationDate":"2026-01-01","Name":"00D"}`: `{"PasswordExpirationDate":"2026-01-01","Name":"00D"}`,
	} {
		if got := masked([]byte(text)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := masked([]byte(strings.Repeat("a", 3*maxLogged))); len(got) != maxLogged+len("...") {
		t.Errorf("%d bytes go to the log", len(got))
	}
	half := strings.Repeat(`{"password":"`+strings.Repeat("p", 500)+`"}`, 100)
	if got := masked([]byte(half)); strings.Contains(got, "pp") {
		t.Errorf("half a secret at the cut: %s", got[len(got)-100:])
	}
}
