package sfclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// canned is what a server answers, or that none does.
type canned struct {
	status int
	body   io.Reader
	err    error
}

func (s canned) response() (*http.Response, error) {
	if s.err != nil {
		return nil, s.err
	}
	return &http.Response{StatusCode: s.status, Header: http.Header{"Sforce-Limit-Info": {"api-usage=15000/15000"}}, Body: io.NopCloser(s.body)}, nil
}

// answer is a whole answer, as often as it is asked for.
func answer(status int, body string) func() canned {
	return func() canned { return canned{status: status, body: strings.NewReader(body)} }
}

func refusalOf(code, message string) string {
	return fmt.Sprintf(`[{"errorCode":%q,"message":%q}]`, code, message)
}

func failing(err error) func() canned { return func() canned { return canned{err: err} } }

// inProcess is a client with an access token whose API is a function.
func inProcess(t *testing.T, serve func(*http.Request) (*http.Response, error)) *Client {
	t.Helper()
	c, err := New(t.Context(), Config{AccessToken: "t", InstanceURL: "https://example.com", Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/services/data" {
			return answer(200, `[{"version":"68.0"}]`)().response()
		}
		return serve(r)
	})})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWhatIsRepeated crosses what can go wrong with what was asked for. An idempotent request is repeated where the answer may be
// another one a moment later; any other only where nothing can have been done.
func TestWhatIsRepeated(t *testing.T) {
	t.Parallel()
	const never, idempotent, always = 0, 1, 2
	lost := func() canned {
		return canned{status: 200, body: io.MultiReader(strings.NewReader(`{"rec`), brokenReader{})}
	}
	for name, test := range map[string]struct {
		serve    func() canned
		repeated int
	}{
		"429":                            {answer(429, ""), always},
		"concurrency":                    {answer(403, refusalOf("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")), always},
		"no connection":                  {failing(&net.OpError{Op: "dial", Err: errTest}), always},
		"no address":                     {failing(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "example.com"}}), always},
		"420":                            {answer(420, ""), idempotent},
		"500 in words":                   {answer(500, refusalOf("UNKNOWN_EXCEPTION", "An unexpected error occurred.")), idempotent},
		"500":                            {answer(500, "<html>"), idempotent},
		"502":                            {answer(502, "<html>"), idempotent},
		"503 in words":                   {answer(503, refusalOf("SERVER_UNAVAILABLE", "busy")), idempotent},
		"503":                            {answer(503, "<html>"), idempotent},
		"504":                            {answer(504, ""), idempotent},
		"a page":                         {answer(200, "<html>"), idempotent},
		"an empty answer":                {answer(200, ""), idempotent},
		"half an answer":                 {lost, idempotent},
		"a broken connection":            {failing(&net.OpError{Op: "read", Err: errTest}), idempotent},
		"an early end":                   {failing(io.EOF), idempotent},
		"the quota of the day":           {answer(403, refusalOf("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), never},
		"a lock":                         {answer(400, refusalOf("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")), never},
		"400":                            {answer(400, refusalOf("MALFORMED_QUERY", "unexpected token")), never},
		"400 without words":              {answer(400, ""), never},
		"401":                            {answer(401, refusalOf("INVALID_SESSION_ID", "Session expired or invalid")), never},
		"403":                            {answer(403, refusalOf("API_DISABLED_FOR_ORG", "no")), never},
		"404":                            {answer(404, refusalOf("NOT_FOUND", "The requested resource does not exist")), never},
		"404 page":                       {answer(404, "<html>"), never},
		"405":                            {answer(405, refusalOf("METHOD_NOT_ALLOWED", "no")), never},
		"410":                            {answer(410, refusalOf("UNSUPPORTED_API_VERSION", "no")), never},
		"414":                            {answer(414, ""), never},
		"a refusal with HTTP status 500": {answer(500, refusalOf("INVALID_TYPE", "not available")), never},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inFakeTime(t, func(t *testing.T) {
				t.Helper()
				for level, r := range map[int]request{
					idempotent: {op: "try", method: http.MethodGet, path: "/x", idempotent: true},
					always:     {op: "try", method: http.MethodPost, path: "/x", body: Values{"a": "b"}},
				} {
					sent := 0
					c := inProcess(t, func(*http.Request) (*http.Response, error) {
						sent++
						return test.serve().response()
					})
					var result struct{}
					started := time.Now()
					err := c.do(t.Context(), r, &result)
					want := 1
					if test.repeated >= level {
						want = transportPace.tries
					}
					if sent != want || err == nil {
						t.Errorf("%s was sent %d times, want %d: %v", r.method, sent, want, err)
					}
					if r.idempotent == uncertain(err) && r.idempotent || !r.idempotent && uncertain(err) != (test.repeated == idempotent) {
						t.Errorf("%s is uncertain: %t: %v", r.method, uncertain(err), err)
					}
					if took := time.Since(started); took > 10*time.Second || sent == 1 && took > 0 {
						t.Errorf("%s took %s", r.method, took)
					}
				}
			})
		})
	}
}

// brokenReader is a connection that breaks.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errTest }

func TestTheQuotaOfTheDay(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	o.SetDailyLimit(15000, 15000)
	err := ask(t.Context(), c)
	refused, ok := errors.AsType[*Error](err)
	if !ok || !errors.Is(err, ErrLimit) || refused.Usage != "api-usage=15000/15000" {
		t.Errorf("%+v", err)
	}
	calls(t, o.Org, "query", 1)
}

func TestSuccessAfterFailures(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		sent := 0
		c := inProcess(t, func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			if sent++; err != nil || !bytes.Equal(body, []byte(`{"a":"b"}`)) {
				t.Errorf("try %d has the body %q, %v", sent, body, err)
			}
			if sent < transportPace.tries {
				return answer(429, "")().response()
			}
			return answer(200, `{"id":"1"}`)().response()
		})
		var result struct{ ID string }
		err := c.do(t.Context(), request{op: "try", method: http.MethodPost, path: "/x", body: Values{"a": "b"}}, &result)
		if err != nil || result.ID != "1" {
			t.Errorf("%+v, %v", result, err)
		}
	})
}

// TestTheDeadlineDoesNotHideTheFailure wants to know what kept failing.
func TestTheDeadlineDoesNotHideTheFailure(t *testing.T) {
	t.Parallel()
	keyPair()
	for name, test := range map[string]func(ctx context.Context, sent int) (*http.Response, error){
		"while waiting": func(context.Context, int) (*http.Response, error) { return answer(429, "")().response() },
		"while trying": func(ctx context.Context, sent int) (*http.Response, error) {
			if sent > 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return answer(429, "")().response()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inFakeTime(t, func(t *testing.T) {
				t.Helper()
				sent := 0
				c := inProcess(t, func(r *http.Request) (*http.Response, error) {
					sent++
					return test(r.Context(), sent)
				})
				ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
				defer cancel()
				err := retried(ctx, c)
				if refused, ok := errors.AsType[*Error](err); !ok || refused.Status != 429 || !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		})
	}
}

// retried asks until the context has ended, whatever the pace says.
func retried(ctx context.Context, c *Client) error {
	var err error
	for ctx.Err() == nil {
		err = ask(ctx, c)
	}
	return err
}

// TestAWriteCutByTheDeadlineIsUncertain even if an earlier try of it was refused for certain.
func TestAWriteCutByTheDeadlineIsUncertain(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		sent := 0
		c := inProcess(t, func(r *http.Request) (*http.Response, error) {
			if sent++; sent == 1 {
				return answer(429, "")().response()
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := c.do(ctx, request{op: "try", method: http.MethodPost, path: "/x"}, nil); !uncertain(err) || sent != 2 {
			t.Errorf("sent %d: %v", sent, err)
		}
	})
}

func TestLocksAreWaitedFor(t *testing.T) {
	t.Parallel()
	locked := sfmock.Fault{Code: "UNABLE_TO_LOCK_ROW", Message: "unable to obtain exclusive access to this record"}
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(sfmock.Match{Kind: "collection"}, 12, locked)
		id, err := c.UserRoles.Create(t.Context(), role("Robots"))
		if err != nil || o.Record(id) == nil {
			t.Fatal(err)
		}
		calls(t, o, "collection", 13)

		o.Fail(sfmock.Match{Kind: "collection"}, -1, locked)
		for name, write := range map[string]func(context.Context) error{
			"create": func(ctx context.Context) error { _, err := c.UserRoles.Create(ctx, role("Others")); return err },
			"update": func(ctx context.Context) error { return c.UserRoles.Update(ctx, id, Values{"Name": "R"}) },
			"delete": func(ctx context.Context) error { return c.UserRoles.Delete(ctx, id) },
		} {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			started := time.Now()
			err := write(ctx)
			cancel()
			if !errors.Is(err, ErrLocked) || !errors.Is(err, context.DeadlineExceeded) || uncertain(err) || time.Since(started) != 10*time.Minute {
				t.Errorf("%s: after %s: %v", name, time.Since(started), err)
			}
		}
	})
}

func TestFullJitter(t *testing.T) {
	t.Parallel()
	j := &fullJitter{pace: pace{base: time.Second, limit: 5 * time.Second}}
	for range 2 {
		for _, seconds := range []int{1, 2, 4, 5, 5} {
			ceiling := time.Duration(seconds) * time.Second
			if d := j.NextBackOff(); d <= 0 || d > ceiling+time.Millisecond {
				t.Errorf("%s, want at most %s", d, ceiling)
			}
		}
		j.Reset()
	}
}
