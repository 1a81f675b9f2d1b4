package sfmock

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestListenStaysOnLoopback(t *testing.T) {
	t.Parallel()
	o := New(Options{Empty: true})
	for _, address := range []string{":0", "0.0.0.0:0", "192.0.2.1:0", "[::]:0", "example.com:80", "8765", ""} {
		if server, err := o.Listen(address); err == nil {
			server.Close()
			t.Errorf("the org listens on %q", address)
		}
	}
	server, err := o.Listen("localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if _, err := o.Listen(strings.TrimPrefix(server.URL, "http://")); err == nil {
		t.Error("two servers on one port")
	}
}

func TestClosedServersAnswerNobody(t *testing.T) {
	t.Parallel()
	o := New(Options{Empty: true})
	server, err := o.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	w := &wire{t: t, url: server.URL, client: &http.Client{Timeout: time.Minute}}
	if _, _, _, err := w.try("GET", "/services/data", "", nil); err == nil {
		t.Error("a closed server answers")
	}
}

func TestTransport(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	o.AddApp(connectedApp())
	transport := o.Transport()
	t.Cleanup(transport.(*http.Transport).CloseIdleConnections)
	w := &wire{t: t, url: "https://login.salesforce.com", client: &http.Client{Transport: transport}}
	status, answer := w.form(w.url+tokenPath, jwtForm(t, w, nil))
	if status != http.StatusOK || answer["instance_url"] != myDomain {
		t.Fatalf("%d %v", status, answer)
	}
	w.token = answer["access_token"].(string)
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	w.url = myDomain
	if status, _, body := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	o.Fail(Match{}, 1, Fault{Reset: true})
	if _, _, _, err := w.try("POST", resources, "", nil); err == nil {
		t.Error("a reset connection answers")
	}
}

func TestAdminRoutes(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	admin := func(method, path, body string, want int) any {
		t.Helper()
		status, _, raw := w.do(method, "/_sfmock"+path, body)
		if status != want {
			t.Fatalf("%s %s: %d %s", method, path, status, raw)
		}
		var answer any
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, &answer); err != nil {
				t.Fatal(err)
			}
		}
		return answer
	}
	w.do("GET", resources+"query?q="+url.QueryEscape("SELECT Id FROM User"), "")
	w.do("GET", "/services/data", "")
	list := admin("GET", "/requests?kind=query", "", http.StatusOK).([]any)
	if len(list) != 1 || list[0].(map[string]any)["query"] != "q=SELECT Id FROM User" {
		t.Errorf("%v", list)
	}
	if calls := admin("GET", "/calls", "", http.StatusOK).(map[string]any); calls["query"] != 1.0 || calls["other"] != 1.0 {
		t.Errorf("%v", calls)
	}
	admin("DELETE", "/requests", "", http.StatusNoContent)
	if list := admin("GET", "/requests", "", http.StatusOK).([]any); len(list) != 0 {
		t.Errorf("%v", list)
	}

	admin("POST", "/faults", `{"path":"/v68.0","times":2,"status":503,"code":"SERVER_UNAVAILABLE","delay":"1ms"}`, http.StatusNoContent)
	for range 2 {
		w.wants("GET", resources, "", http.StatusServiceUnavailable, `[{"message":"","errorCode":"SERVER_UNAVAILABLE"}]`)
	}
	admin("POST", "/faults", `{"status":500}`, http.StatusNoContent)
	w.wants("GET", resources, "", http.StatusInternalServerError, "")
	admin("DELETE", "/faults", "", http.StatusNoContent)
	if status, _, _ := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	admin("POST", "/faults", `{"stauts":503}`, http.StatusBadRequest)

	id := admin("POST", "/records/Account", newAccount, http.StatusOK).(map[string]any)["id"].(string)
	admin("PATCH", "/records/"+id, `{"NumberOfEmployees":7}`, http.StatusNoContent)
	if got := o.Record(id); got["Name"] != "Umbrella" || got["NumberOfEmployees"] != int64(7) {
		t.Errorf("%v", got)
	}
	if list := admin("GET", "/records/Account", "", http.StatusOK).([]any); len(list) != accounts(o) {
		t.Errorf("%v", list)
	}
	admin("DELETE", "/records/"+id, "", http.StatusNoContent)
	admin("DELETE", "/records/"+id, "", http.StatusBadRequest)

	admin("POST", "/advance?seconds=7200", "", http.StatusNoContent)
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	w.token = w.tokenOf(o, administrator)
	admin("POST", "/sessions/expire", "", http.StatusNoContent)
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	if len(o.Requests(Match{Path: "_sfmock"})) != 0 {
		t.Error("admin requests are in the journal")
	}
}

func TestSOAPLoginIsOff(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	const envelope = `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><login/></Body></Envelope>`
	for version, want := range map[string]string{
		"64.0": "SOAP API login() is disabled by default in this org", "65.0": "No operation available for request", "30.0": "UNSUPPORTED_API_VERSION",
	} {
		status, _, body := w.send("POST", "/services/Soap/u/"+version, envelope, http.Header{"Content-Type": {"text/xml"}})
		if status != http.StatusInternalServerError || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %s", version, status, body)
		}
	}
}
