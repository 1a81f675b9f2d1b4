package sfmock

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEverythingSurvivesASnapshot(t *testing.T) {
	t.Parallel()
	s := livedIn(t)
	o := s.org
	raw, err := o.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	other := New(Options{Now: o.options.Now})
	if err := other.Restore(raw); err != nil {
		t.Fatal(err)
	}
	if again, err := other.Snapshot(); err != nil || !bytes.Equal(again, withRequests(t, raw, other.requests)) {
		t.Errorf("the snapshot of the restored org differs (%v)\n%.3000s\n%.3000s", err, raw, again)
	}
	compareRecords(t, o, other)
	compareComponents(t, o, other)
	compareSchemas(t, o, other)
	if got, want := len(other.apps), len(o.apps); got != want || other.AppSecret("Robot") != o.AppSecret("Robot") {
		t.Errorf("%d apps, want %d", got, want)
	}
	if a, b := o.newID("001"), other.newID("001"); a != b {
		t.Errorf("next ids %s and %s", a, b)
	}
}

// A snapshot mirrors the fields of these types. Whoever adds one decides what becomes of it.
func TestSnapshotsForgetNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		of    any
		saved string // fields that a snapshot has
		other string // that are built anew, or not worth keeping
	}{
		{
			state{},
			"pod lastID offset objects reshaped tables byID components hidden deployPolls locksNoSetup recalculations recalculationTime recalculationFails mfa " +
				"apiAccessControl appPropagation pkceKept connectedAppsCreatable requests defaultPolicies usernamesElsewhere sessions tokens apps usage assertions instance source newest",
			"indexes deployments retrievals locators",
		},
		{record{}, "object id values sections deleted", ""},
		{stored{}, "fullName content stamp", ""},
		{stamp{}, "id created modified", ""},
		{element{}, "name typ null text children", "space line column"},
		{session{}, "token user app scopes issued lastUsed expires source anywhere row kind parent login", "era"},
		{stagedPair{}, "id key secret state createdBy created expires", ""},
		{oauthToken{}, "user app refresh delete made used uses", ""},
		{recalculation{}, "since failed", ""},
		{usage{}, "used max", ""},
	} {
		decided := strings.Fields(kind.saved + " " + kind.other)
		of := reflect.TypeOf(kind.of)
		for f := range of.Fields() {
			if !slices.Contains(decided, f.Name) {
				t.Errorf("is %s.%s a part of snapshots?", of.Name(), f.Name)
			}
		}
	}
	for f := range reflect.TypeFor[App]().Fields() {
		if !f.IsExported() && !slices.Contains([]string{"entity", "highAssurance", "approved", "since", "used", "staged"}, f.Name) {
			t.Errorf("is App.%s a part of snapshots?", f.Name)
		}
	}
}

func TestSessionsOutliveASnapshot(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	o.AddApp(connectedApp())
	form := jwtForm(t, w, map[string]any{"jti": "once"})
	_, answer := w.form(w.url+tokenPath, form)
	token, _ := answer["access_token"].(string)
	expired := w.tokenOf(o, administrator)
	o.ExpireSessions()
	late := *w
	late.token = w.tokenOf(o, administrator)
	raw, err := o.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte(expired)) {
		t.Error("a session that is over is in the snapshot")
	}
	if err := o.Restore(raw); err != nil {
		t.Fatal(err)
	}
	if status, _, answer := late.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, answer)
	}
	w.token = token
	w.wants("GET", resources, "", http.StatusUnauthorized, sessionGone)
	if status, answer := w.form(w.url+tokenPath, form); status == http.StatusOK {
		t.Errorf("a used assertion works again: %v", answer)
	}
}

func TestNamedSnapshots(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	admin := func(method, path, body string, want int) string {
		t.Helper()
		status, _, raw := w.do(method, "/_sfmock"+path, body)
		if status != want {
			t.Fatalf("%s %s: %d %s", method, path, status, raw)
		}
		return strings.TrimSpace(string(raw))
	}
	before := accounts(o)
	admin("POST", "/snapshots/fresh", "", http.StatusNoContent)
	for range 2 {
		admin("POST", "/records/Account", newAccount, http.StatusOK)
		admin("POST", "/snapshots/fresh/restore", "", http.StatusNoContent)
		if accounts(o) != before {
			t.Fatalf("%d accounts, want %d", accounts(o), before)
		}
	}
	admin("POST", "/records/Account", newAccount, http.StatusOK)
	admin("POST", "/snapshots/fresh", "", http.StatusNoContent) // in place of the first
	admin("POST", "/records/Account", newAccount, http.StatusOK)
	admin("POST", "/snapshots/fresh/restore", "", http.StatusNoContent)
	if before++; accounts(o) != before {
		t.Errorf("%d accounts, want %d", accounts(o), before)
	}
	if got := admin("GET", "/snapshots", "", http.StatusOK); got != `["fresh"]` {
		t.Errorf("snapshots %s", got)
	}
	if got := admin("POST", "/snapshots/other/restore", "", http.StatusBadRequest); !strings.Contains(got, `there is no snapshot \"other\"`) {
		t.Errorf("%s", got)
	}
	taken := admin("GET", "/snapshot", "", http.StatusOK)
	admin("POST", "/records/Account", newAccount, http.StatusOK)
	admin("PUT", "/snapshot", taken, http.StatusNoContent)
	if accounts(o) != before {
		t.Errorf("%d accounts, want %d", accounts(o), before)
	}
	if status, _, answer := w.do("GET", resources, ""); status != http.StatusOK {
		t.Errorf("%d %s", status, answer)
	}
	if routes := admin("GET", "/", "", http.StatusOK); !strings.Contains(routes, `"POST /_sfmock/snapshots/{name}/restore"`) {
		t.Errorf("routes %s", routes)
	}
}

func TestDeploymentsEndBeforeASnapshot(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	id := s.deploy(usual, robotPackage())
	raw, err := s.org.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if status := s.status(id).value("status"); status != "Succeeded" {
		t.Errorf("the deployment is %s", status)
	}
	if !bytes.Contains(raw, []byte("Robot")) {
		t.Error("what was deployed is not in the snapshot")
	}
}

func TestBrokenSnapshots(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	raw, err := o.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ old, new, want string }{
		"no JSON":           {`{`, ``, "read the snapshot: "},
		"half a file":       {`"Records":[`, "", "read the snapshot: "},
		"another version":   {`"sfmockSnapshot":1`, `"sfmockSnapshot":2`, "it has version 2 of the form"},
		"no snapshot":       {`"sfmockSnapshot":1`, `"a":1`, "0 is no snapshot at all"},
		"an unknown part":   {`"Pod":`, `"Pot":`, `unknown field "Pot"`},
		"an unknown object": {`"Object":"Account"`, `"Object":"Acount"`, `there is no object "Acount"`},
		"an unknown column": {`"Industry":`, `"Industrie":`, `Account has no column "Industrie"`},
		"a broken date":     {`"CreatedDate":"`, `"CreatedDate":"x`, "column CreatedDate"},
		"a wrong value":     {`"Industry":"Technology"`, `"Industry":[]`, "a value is a text, a number or a boolean"},
		"a broken id":       {`"ID":"001`, `"ID":"01`, "malformed or used twice"},
		"broken content":    {`<content xmlns`, `<contend xmlns`, "the content of "},
		"a broken lookup":   {`"ProfileId":"00e`, `"ProfileId":"00d`, "column ProfileId: there is no record"},
		"a standard object": {`"CustomObjects":null`, `"CustomObjects":[{"Name":"User","Prefix":"a00"}]`, "a custom object has no name or a standard one's"},
		"no custom object":  {`"CustomObjects":null`, `"CustomObjects":[null]`, "a custom object has no name"},
		"no column":         {`"Columns":{}`, `"Columns":{"Account":[null]}`, `"Account" is no object, or has an empty column`},
		"a short pod":       {`"Pod":"Hs0"`, `"Pod":"H"`, `the pod "H" is not one of 3 characters`},
		"no user":           {`"Sessions":null`, `"Sessions":[{"User":"x"}]`, `is of user "x"`},
		"no organization":   {`"Object":"Organization"`, `"Object":"Account"`, ""},
	} {
		broken := strings.Replace(strings.ReplaceAll(string(raw), `\u003c`, "<"), test.old, test.new, 1)
		err := o.Restore([]byte(broken))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	if after, err := o.Snapshot(); err != nil || !bytes.Equal(after, withRequests(t, raw, o.requests)) {
		t.Errorf("a broken snapshot changed the org: %v", err)
	}
}

// What a session or a recalculation refers to has to be there, and of its kind.
func TestBrokenReferencesOfSnapshots(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	must(t, o.OpenPages(administrator))
	o.SetRecalculation(time.Hour)
	group, err := o.Insert("PermissionSetGroup", map[string]any{"DeveloperName": "Desk", "MasterLabel": "Desk"})
	must(t, err)
	raw, err := o.Snapshot()
	must(t, err)
	user := o.Find("User", "Username", administrator)["Id"]
	for name, test := range map[string]struct {
		want   string
		tamper func(first, second, recalculations map[string]any)
	}{
		"nothing":                 {"", func(_, _, _ map[string]any) {}},
		"a circle of sessions":    {"opened by none that is there, or by itself", func(a, b, _ map[string]any) { a["Parent"], b["Parent"] = b["Token"], a["Token"] }},
		"a session of its own":    {"opened by none that is there, or by itself", func(a, _, _ map[string]any) { a["Parent"] = a["Token"] }},
		"a parent that is gone":   {"opened by none that is there, or by itself", func(a, _, _ map[string]any) { a["Parent"] = "gone" }},
		"a row of another object": {"no session and log-in", func(a, _, _ map[string]any) { a["Row"] = user }},
		"no log-in":               {"no session and log-in", func(a, _, _ map[string]any) { a["LoginHistory"] = user }},
		"no user":                 {"which are not there", func(a, _, _ map[string]any) { a["User"] = group }},
		"no group":                {"no permission set group with a set behind it", func(_, _, r map[string]any) { r[user.(string)] = r[group] }},
	} {
		var saved map[string]any
		must(t, json.Unmarshal(raw, &saved))
		sessions := saved["Sessions"].([]any)
		test.tamper(sessions[0].(map[string]any), sessions[1].(map[string]any), saved["Recalculations"].(map[string]any))
		broken, err := json.Marshal(saved)
		must(t, err)
		switch err := New(Options{}).Restore(broken); {
		case test.want == "" && err != nil, test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
