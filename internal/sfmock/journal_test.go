package sfmock

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"
)

func TestKinds(t *testing.T) {
	t.Parallel()
	const base = "/services/data/v68.0"
	soap := func(operation string) string {
		return `<?xml version="1.0"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><x/></Header><Body><` + operation + `/></Body></Envelope>`
	}
	for _, test := range []struct{ method, path, body, want string }{
		{"POST", "/services/oauth2/token", "", "token"},
		{"POST", "/services/oauth2/revoke", "", "other"},
		{"GET", "/services/data", "", "other"},
		{"GET", base + "/query", "", "query"},
		{"GET", base + "/queryAll", "", "query"},
		{"GET", base + "/query/0r8xx-2000", "", "query"},
		{"POST", base + "/composite/sobjects", "", "collection"},
		{"PATCH", base + "/composite/sobjects/User/Ext__c", "", "collection"},
		{"POST", base + "/composite", "", "composite"},
		{"POST", base + "/composite/batch", "", "composite"},
		{"POST", base + "/composite/graph", "", "graph"},
		{"GET", base + "/sobjects", "", "describe"},
		{"GET", base + "/sobjects/User/describe", "", "describe"},
		{"POST", base + "/sobjects/User", "", "record"},
		{"GET", base + "/sobjects/User/005", "", "record"},
		{"GET", base + "/tooling/query", "", "tooling"},
		{"GET", base + "/limits", "", "other"},
		{"GET", base + "/metadata/deployRequest/0Af", "", "deploy"},
		{"POST", base + "/metadata/deployRequest", "", "deploy"},
		{"POST", "/services/Soap/m/68.0", soap("deploy"), "deploy"},
		{"POST", "/services/Soap/m/68.0", soap("checkDeployStatus"), "deploy"},
		{"POST", "/services/Soap/m/68.0", soap("retrieve"), "metadata read"},
		{"POST", "/services/Soap/m/68.0", soap("readMetadata"), "metadata read"},
		{"POST", "/services/Soap/m/68.0", soap("upsertMetadata"), "metadata write"},
		{"POST", "/services/Soap/m/68.0", "no XML", "metadata read"},
	} {
		if got := requestKind(test.path, []byte(test.body)); got != test.want {
			t.Errorf("%s %s is %q, want %q", test.method, test.path, got, test.want)
		}
	}
}

func TestJournal(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	w.do("GET", resources+"query?q="+url.QueryEscape("SELECT Id FROM User WHERE Name = 'x'"), "")
	w.do("PATCH", resources+"nothing", `{"a":"b c"}`)
	w.do("GET", "/services/data", "")

	all := o.Requests(Match{})
	if len(all) != 3 {
		t.Fatalf("%d requests", len(all))
	}
	if got := all[1]; got.Method != http.MethodPatch || got.Path != "/services/data/v68.0/nothing" || string(got.Body) != `{"a":"b c"}` || got.Status != http.StatusNotFound ||
		got.Header.Get("Content-Type") != "application/json" || got.Time.IsZero() || "http://"+got.Host != w.url {
		t.Errorf("%+v", got)
	}
	for want, match := range map[string]Match{
		"by method":      {Method: "patch"},
		"by path":        {Path: "/nothing"},
		"by body":        {Contains: `"b c"`},
		"by query":       {Contains: "FROM User WHERE Name = 'x'"},
		"by kind":        {Kind: "query"},
		"by all of them": {Method: "GET", Path: "query", Contains: "SELECT", Kind: "query"},
	} {
		if got := o.Requests(match); len(got) != 1 {
			t.Errorf("%s: %d requests", want, len(got))
		}
	}
	if got := o.Requests(Match{Method: "PATCH", Kind: "query"}); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got, want := o.Calls(), map[string]int{"query": 1, "other": 2}; !maps.Equal(got, want) {
		t.Errorf("calls %v, want %v", got, want)
	}
	o.ResetRequests()
	if len(o.Requests(Match{})) != 0 || len(o.Calls()) != 0 {
		t.Error("the journal is not empty")
	}
}

func TestParallelMetadataWrites(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	const path = resources + "tooling/sobjects/CustomField"
	for range 2 {
		w.do("POST", path, "{}")
		w.do("GET", path, "")
	}
	if got := o.MaxParallelMetadataWrites(); got != 1 {
		t.Errorf("one after the other: %d", got)
	}
	o.Fail(Match{Method: "POST"}, -1, Fault{Delay: time.Minute}) // the client gives up before
	ctx, cancel := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for range 3 {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		writers.Go(func() {
			if response, err := w.client.Do(request); err == nil {
				_ = response.Body.Close()
			}
		})
	}
	for o.MaxParallelMetadataWrites() < 3 {
		w.do("GET", "/services/data", "")
	}
	o.ResetRequests()
	if got := o.MaxParallelMetadataWrites(); got != 3 {
		t.Errorf("%d writes are under way, want 3", got)
	}
	cancel()
	writers.Wait()
}
