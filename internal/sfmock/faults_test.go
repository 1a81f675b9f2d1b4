package sfmock

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestFaultsRefuse(t *testing.T) {
	t.Parallel()
	const busy = `[{"message":"locked","errorCode":"UNABLE_TO_LOCK_ROW","fields":["Id"]}]`
	o := New(Options{})
	w := client(t, o)
	o.Fail(Match{Path: "/v68.0"}, 2, Fault{After: 2, Code: "UNABLE_TO_LOCK_ROW", Message: "locked", Fields: []string{"Id"}})
	served := func() {
		t.Helper()
		if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
			t.Errorf("%d %s", status, body)
		}
	}
	served()
	served()
	w.wants("GET", resources, "", http.StatusBadRequest, busy)
	if status, _, _ := w.do("GET", "/services/data/v67.0/", ""); status != http.StatusOK {
		t.Errorf("another path: %d", status)
	}
	w.wants("GET", resources, "", http.StatusBadRequest, busy)
	served()
	if got := o.Usage(); got != 4 {
		t.Errorf("refused requests were counted: %d", got)
	}
	if got := o.Requests(Match{Path: "/v68.0"}); len(got) != 5 || got[2].Status != http.StatusBadRequest {
		t.Errorf("%v", got)
	}
	o.Fail(Match{}, -1, Fault{Status: http.StatusServiceUnavailable, Code: "SERVER_UNAVAILABLE"})
	for range 5 {
		w.wants("GET", resources, "", http.StatusServiceUnavailable, `[{"message":"","errorCode":"SERVER_UNAVAILABLE"}]`)
	}
	o.Heal()
	served()
}

func TestFaultsSpeakLikeTheEndpoint(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.Fail(Match{}, -1, Fault{Status: http.StatusServiceUnavailable, Code: "server_error", Message: "try again"})
	if status, answer := w.form(w.url+tokenPath, url.Values{}); status != http.StatusServiceUnavailable || refusal(answer) != "server_error: try again" {
		t.Errorf("%d %v", status, answer)
	}
	_, header, body := w.send("POST", "/services/Soap/m/68.0", "<x/>", http.Header{"Content-Type": {"text/xml"}})
	if !strings.HasPrefix(header.Get("Content-Type"), "text/xml") || !strings.Contains(string(body), "server_error") {
		t.Errorf("%v %s", header, body)
	}
	o.Heal()
	o.Fail(Match{}, 1, Fault{Status: http.StatusBadGateway, Body: "<html>Bad Gateway</html>"})
	header = w.wants("GET", resources, "", http.StatusBadGateway, "<html>Bad Gateway</html>")
	if header.Get("Content-Type") != "text/html; charset=UTF-8" {
		t.Errorf("%v", header)
	}
	o.Fail(Match{}, 1, Fault{Status: http.StatusTemporaryRedirect, Header: map[string]string{"Location": "https://example.com/"}})
	if header := w.wants("GET", resources, "", http.StatusTemporaryRedirect, ""); header.Get("Location") != "https://example.com/" {
		t.Errorf("%v", header)
	}
}

func TestFaultKillsSessions(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.Fail(Match{}, 1, Fault{After: 1, KillSessions: true})
	if status, _, _ := w.do("GET", resources, ""); status != http.StatusOK {
		t.Fatalf("%d", status)
	}
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	w.token = w.tokenOf(o, administrator)
	if status, _, _ := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

const newAccount = `{"Name":"Umbrella"}`

func accounts(o *Org) int { return len(o.Records("Account")) }

func TestResets(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	before := accounts(o)
	post := http.Header{"Content-Type": {"application/json"}}
	for name, test := range map[string]struct {
		fault Fault
		more  int
	}{
		"before": {Fault{Reset: true}, 0},
		"after":  {Fault{ResetAfterCommit: true}, 1},
	} {
		o.Fail(Match{Method: "POST"}, 1, test.fault)
		if _, _, _, err := w.try("POST", resources+"sobjects/Account", newAccount, post); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%s: %v", name, err)
		}
		if got := accounts(o) - before; got != test.more {
			t.Errorf("%s: %d accounts were created", name, got)
		}
		before = accounts(o)
	}
}

func TestTruncatedAnswer(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	before := accounts(o)
	o.Fail(Match{Method: "POST"}, 1, Fault{TruncateBody: true})
	status, _, body, err := w.try("POST", resources+"sobjects/Account", newAccount, http.Header{"Content-Type": {"application/json"}})
	if status != http.StatusCreated || !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
		t.Errorf("%d %s %v", status, body, err)
	}
	if got := accounts(o) - before; got != 1 {
		t.Errorf("%d accounts were created", got)
	}
}

func TestDelays(t *testing.T) {
	t.Parallel()
	o := New(Options{Latency: 20 * time.Millisecond})
	w := client(t, o)
	o.Fail(Match{}, 1, Fault{Delay: 30 * time.Millisecond})
	start := time.Now()
	if status, _, _ := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	if took := time.Since(start); took < 50*time.Millisecond {
		t.Errorf("the answer took %s", took)
	}
}
