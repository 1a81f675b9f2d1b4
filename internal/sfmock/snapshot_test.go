package sfmock

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// livedIn is an org with something of everything that a snapshot keeps.
func livedIn(t *testing.T) *soapWire {
	t.Helper()
	s := deployClient(t)
	if result := s.deployed(usual, setupFiles()); result.value("status") != "Succeeded" {
		t.Fatalf("deployed: %s\n%s", result.value("status"), strings.Join(rows(result), "\n"))
	}
	o := s.org
	o.AddApp(connectedApp())
	if status, answer := s.form(s.url+tokenPath, jwtForm(t, s.wire, map[string]any{"jti": "once", "sub": o.AdministratorUsername()})); status != http.StatusOK {
		t.Fatalf("sign in: %v", answer)
	}
	gone, err := o.Insert("Account", map[string]any{"Name": "Gone"})
	account := map[string]any{"Name": "Kept", "NumberOfEmployees": json.Number("7"), "AnnualRevenue": json.Number("1.5")}
	for _, do := range []func() error{
		func() error { return err },
		func() error { return o.Delete(gone) },
		func() error { return o.AddCustomObject("Shipment__c", "Carrier__c") },
		func() error { return o.OpenPages(o.AdministratorUsername()) },
		func() error {
			_, err := o.AddOAuthToken(connectedApp().Name, o.AdministratorUsername())
			return err
		},
		func() error {
			_, err := o.Insert("Shipment__c", map[string]any{"Name": "S1", "Carrier__c": "Slow"})
			return err
		},
		func() error { _, err := o.Insert("Account", account); return err },
		func() error {
			return o.SetComponent("CustomField", "Account.Crew__c", map[string]any{"label": "Crew", "type": "Text", "length": 10})
		},
		func() error {
			return o.SetComponent("CustomField", "Account.BillingCode__c", map[string]any{"label": "Code", "type": "Text", "length": 5})
		},
		func() error { return o.RemoveComponent("CustomField", "Account.BillingCode__c") },
		func() error { return o.ExpirePassword("sam.seller@example.com.sandbox") },
		func() error { return o.SetSeats("Salesforce Integration", 1) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	o.HideComponent("PermissionSet", "Api_Client", true)
	o.TakeUsername("taken@example.com")
	o.SetDeployPolls(3)
	o.SetDeployLock(false)
	o.SetRecalculation(time.Hour)
	o.FailRecalculations(true)
	o.LockMFA(true)
	o.SetAPIAccessControl(true)
	o.SetAppPropagation(time.Minute)
	o.KeepPKCE(true)
	o.AllowConnectedAppCreation(true)
	o.SetNewestVersion(67)
	o.SetDailyLimit(12, 5000)
	o.Advance(3 * time.Minute)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.outdate(o.find("PermissionSetGroup", "DeveloperName", "Team").id)
	return s
}

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

// withRequests sets the number of requests, which taking a snapshot raises.
func withRequests(t *testing.T, raw []byte, n int) []byte {
	t.Helper()
	var s snapshot
	if err := decodeStrictly(bytes.NewReader(raw), &s); err != nil {
		t.Fatal(err)
	}
	s.Requests = n
	changed, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func compareRecords(t *testing.T, a, b *Org) {
	t.Helper()
	plain := func(rec *record) any {
		values := maps.Clone(rec.values)
		maps.DeleteFunc(values, func(column string, v any) bool { return v == nil || rec.object.field(column) == nil })
		return []any{rec.object.Name, rec.id, rec.deleted, values, rec.sections}
	}
	if len(a.byID) != len(b.byID) {
		t.Errorf("%d records, want %d", len(b.byID), len(a.byID))
	}
	for id, rec := range a.byID {
		restored := b.byID[id]
		if restored == nil {
			t.Errorf("no record %s %s", rec.object.Name, id)
			continue
		}
		if !reflect.DeepEqual(plain(rec), plain(restored)) {
			t.Errorf("%#v\nwant %#v", plain(restored), plain(rec))
		}
		if (b.tables[strings.ToLower(rec.object.Name)][id] == restored) == rec.deleted {
			t.Errorf("%s is live: %v", id, rec.deleted)
		}
	}
	for table, byColumns := range a.indexes {
		for columns, places := range byColumns {
			for key, recs := range places {
				if got := b.indexes[table][columns][key]; !slices.Equal(sortedIDs(got), sortedIDs(recs)) {
					t.Errorf("index %s %s %q: %v, want %v", table, columns, key, sortedIDs(got), sortedIDs(recs))
				}
			}
		}
	}
}

func sortedIDs(recs []*record) []string {
	var ids []string
	for _, rec := range recs {
		ids = append(ids, rec.id)
	}
	slices.Sort(ids)
	return ids
}

func compareComponents(t *testing.T, a, b *Org) {
	t.Helper()
	for typeName, byName := range a.components {
		for key, s := range byName {
			restored := b.components[typeName][key]
			if restored == nil {
				t.Errorf("no %s %s", typeName, key)
				continue
			}
			if restored.fullName != s.fullName || restored.stamp != s.stamp || a.defaultPolicies[s] != b.defaultPolicies[restored] || !reflect.DeepEqual(bare(s.content), bare(restored.content)) {
				t.Errorf("%s %s: %+v, want %+v", typeName, key, restored, s)
			}
		}
	}
}

// bare is an element without what is only kept while reading.
func bare(e element) element {
	e.space, e.line, e.column = "", 0, 0
	children := e.children
	e.children = nil
	for _, c := range children {
		e.children = append(e.children, bare(c))
	}
	return e
}

func compareSchemas(t *testing.T, a, b *Org) {
	t.Helper()
	for name, ob := range a.objects {
		names := func(ob *object) (list []string) {
			for _, f := range ob.Fields {
				list = append(list, f.Name+" "+f.Type)
			}
			return list
		}
		restored := b.objects[name]
		if restored == nil || restored.Prefix != ob.Prefix || !slices.Equal(names(restored), names(ob)) {
			t.Errorf("object %s: %+v, want %+v", name, restored, ob)
		}
	}
	if b.object("Invoice__c").field("OpenAmount__c").Compute == nil {
		t.Error("a formula is not computed any more")
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
		{state{}, "pod lastID offset objects reshaped tables byID components hidden deployPolls locksNoSetup recalculations recalculationTime recalculationFails mfa " +
			"apiAccessControl appPropagation pkceKept connectedAppsCreatable requests defaultPolicies usernamesElsewhere sessions tokens apps usage assertions instance source newest",
			"indexes deployments retrievals locators"},
		{record{}, "object id values sections deleted", ""},
		{stored{}, "fullName content stamp", ""},
		{stamp{}, "id created modified", ""},
		{element{}, "name typ null text children", "space line column"},
		{session{}, "token user app scopes issued lastUsed expires source anywhere row kind parent", "era"},
		{stagedPair{}, "id key secret state createdBy created expires", ""},
		{oauthToken{}, "user app refresh delete made used uses", ""},
		{recalculation{}, "since failed", ""},
		{usage{}, "used max", ""},
	} {
		decided := strings.Fields(kind.saved + " " + kind.other)
		of := reflect.TypeOf(kind.of)
		for i := range of.NumField() {
			if name := of.Field(i).Name; !slices.Contains(decided, name) {
				t.Errorf("is %s.%s a part of snapshots?", of.Name(), name)
			}
		}
	}
	of := reflect.TypeFor[App]()
	for i := range of.NumField() {
		if f := of.Field(i); !f.IsExported() && !slices.Contains([]string{"entity", "highAssurance", "approved", "since", "used", "staged"}, f.Name) {
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

func TestSnapshotsAreDeploymentsEnd(t *testing.T) {
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
