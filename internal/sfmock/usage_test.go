package sfmock

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestUsage(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.SetDailyLimit(97, 100)
	for _, want := range []string{"api-usage=98/100", "api-usage=99/100", "api-usage=100/100"} {
		if _, header, _ := w.do("GET", resources, ""); header.Get("Sforce-Limit-Info") != want {
			t.Errorf("Sforce-Limit-Info %q, want %q", header.Get("Sforce-Limit-Info"), want)
		}
	}
	header := w.wants("GET", resources, "", http.StatusForbidden, quotaExceeded)
	if header.Get("Sforce-Limit-Info") != "api-usage=100/100" || o.Usage() != 100 {
		t.Errorf("Sforce-Limit-Info %q, usage %d", header.Get("Sforce-Limit-Info"), o.Usage())
	}
}

func TestConcurrencyLimit(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.SetConcurrencyLimit(1)
	o.Fail(Match{Path: "/limits"}, 1, Fault{Delay: time.Minute}) // the client gives up before
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	slow := &http.Client{Transport: transport}
	var waiting sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/services/data/v68.0/limits", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	waiting.Go(func() {
		if response, err := slow.Do(request); err == nil {
			_ = response.Body.Close()
		}
	})
	for len(o.Requests(Match{Path: "/limits"})) == 0 {
		w.do("GET", "/services/data", "")
	}
	w.wants("GET", resources, "", http.StatusForbidden,
		`[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`)
	o.SetConcurrencyLimit(2)
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	cancel()
	waiting.Wait()
}
