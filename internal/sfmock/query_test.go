package sfmock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestQueryThroughTheWire(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	r.make("Contact", `{"LastName":"Alice","AccountId":"`+account+`"}`)
	answer := r.query("SELECT Name, Owner.Username, (SELECT LastName FROM Contacts), (SELECT Id FROM ChildAccounts) FROM Account WHERE Id = '" + account[:15] + "'")
	r.equal(answer, map[string]any{"totalSize": 1.0, "done": true, "records": []any{map[string]any{
		"attributes": map[string]any{"type": "Account", "url": data + "/sobjects/Account/" + account},
		"Name":       "Umbrella",
		"Owner":      map[string]any{"attributes": at(answer, "records", 0, "Owner", "attributes"), "Username": "admin@example.com"},
		"Contacts": map[string]any{"totalSize": 1.0, "done": true, "records": []any{map[string]any{
			"attributes": at(answer, "records", 0, "Contacts", "records", 0, "attributes"), "LastName": "Alice",
		}}},
		"ChildAccounts": nil,
	}}})
	r.equal(r.query("SELECT Id FROM Account WHERE Name = 'nobody'"), map[string]any{"totalSize": 0.0, "done": true, "records": []any{}})
	r.equal(r.query("SELECT COUNT() FROM Contact"), map[string]any{"totalSize": 1.0, "done": true, "records": []any{}})
	r.equal(at(r.query("SELECT COUNT(Id) FROM Contact"), "records", 0), map[string]any{"attributes": map[string]any{"type": "AggregateResult"}, "expr0": 1.0})
	r.ask("DELETE", "/sobjects/Account/"+account, "", http.StatusNoContent)
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'Umbrella'"), 0)
	r.equal(at(r.ask("GET", "/queryAll?q="+url.QueryEscape("SELECT COUNT() FROM Account WHERE Name = 'Umbrella'"), "", http.StatusOK), "totalSize"), 1.0)
}

func TestQueryRefusals(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	for soql, code := range map[string]string{
		"":                                "MALFORMED_QUERY",
		"SELECT Id FORM Account":          "MALFORMED_QUERY",
		"SELECT Naem FROM Account":        "INVALID_FIELD",
		"SELECT Id FROM Nothing":          "INVALID_TYPE",
		"SELECT Id FROM User OFFSET 2001": "NUMBER_OUTSIDE_VALID_RANGE",
	} {
		answer := r.ask("GET", "/query?q="+url.QueryEscape(soql), "", http.StatusBadRequest)
		r.equal(at(answer, 0, "errorCode"), code)
	}
	r.refused("POST", "/query?q=x", "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are HEAD,GET")
}

// accounts makes n accounts, through collections.
func (r *restWire) accounts(n int) {
	r.Helper()
	for made := 0; made < n; made += largestCollection {
		records := make([]any, min(largestCollection, n-made))
		for i := range records {
			records[i] = map[string]any{"attributes": map[string]any{"type": "Account"}, "Name": fmt.Sprintf("Page %04d", made+i)}
		}
		r.ask("POST", "/composite/sobjects", toJSON(r.T, map[string]any{"records": records}), http.StatusOK)
	}
}

func TestQueryPages(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	org := New(Options{Now: func() time.Time { return now }})
	r := &restWire{t, org, client(t, org)}
	r.accounts(2050)
	soql := "SELECT Name FROM Account WHERE Name LIKE 'Page %'"
	first := r.query(soql)
	r.equal(at(first, "totalSize"), 2050.0)
	r.equal(at(first, "done"), false)
	next, _ := at(first, "nextRecordsUrl").(string)
	if !strings.HasPrefix(next, data+"/query/0r8") || !strings.HasSuffix(next, "-2000") {
		t.Fatalf("nextRecordsUrl %q", next)
	}
	next = strings.TrimPrefix(next, data)
	second := r.ask("GET", next, "", http.StatusOK)
	r.equal(at(second, "done"), true)
	r.equal(r.ask("GET", next, "", http.StatusOK), second) // the order of a result is settled once
	seen := map[any]bool{}
	for _, page := range []any{first, second} {
		for _, record := range at(page, "records").([]any) {
			seen[at(record, "Name")] = true
		}
	}
	r.equal(len(seen), 2050)

	refused := func(path string) {
		t.Helper()
		r.refused("GET", path, "", 400, "INVALID_QUERY_LOCATOR", unsureQueryLocator)
	}
	refused("/query/0r8000000000000AAA-2000")
	refused("/query/nonsense")
	refused(strings.Replace(next, "-2000", "-9999", 1))
	r.as(r.minimalUser()).refused("GET", next, "", 400, "INVALID_QUERY_LOCATOR", unsureQueryLocator)
	org.Advance(locatorLifetime)
	r = &restWire{t, org, client(t, org)}
	refused(next)
}

func TestQueryPageSizes(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	r.accounts(450)
	path := data + "/query?q=" + url.QueryEscape("SELECT Name FROM Account WHERE Name LIKE 'Page %'")
	for option, want := range map[string]string{"batchSize=200": "-200", "BATCHSIZE = 300": "-300", "batchSize=1": "-200", "batchSize=9999": "", "other": ""} {
		_, _, raw := r.wire.send("GET", path, "", http.Header{"Sforce-Query-Options": {option}})
		if strings.Contains(string(raw), `"nextRecordsUrl"`) != (want != "") || !strings.Contains(string(raw), want+`"`) {
			t.Errorf("%s: %.200s", option, raw)
		}
	}
	answer := r.ask("GET", "/query?q="+url.QueryEscape("SELECT Name, COUNT(Id) FROM Account GROUP BY Name"), "", http.StatusOK)
	r.equal(at(answer, "done"), true)
	status, _, raw := r.wire.send("GET", data+"/query?q="+url.QueryEscape("SELECT Name, COUNT(Id) FROM Account GROUP BY Name"), "", http.Header{"Sforce-Query-Options": {"batchSize=200"}})
	if status != http.StatusBadRequest || !strings.Contains(string(raw), "EXCEEDED_ID_LIMIT") {
		t.Errorf("%d %.200s", status, raw)
	}
}

// The sf CLI asks for a query's columns before it lays out the rows.
// A sub-query's result is paged like a query's.
func TestQueryChildPages(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"Umbrella"}`)
	for i := range 205 {
		if _, err := r.org.Insert("Contact", map[string]any{"LastName": fmt.Sprintf("Page %04d", i), "AccountId": account}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string) (page any) {
		_, _, raw := r.wire.send("GET", path, "", http.Header{"Sforce-Query-Options": {"batchSize=200"}})
		if err := json.Unmarshal(raw, &page); err != nil {
			t.Fatal(err)
		}
		return page
	}
	first := read(data + "/query?q=" + url.QueryEscape("SELECT (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Name = 'Umbrella'"))
	r.equal(at(first, "done"), true)
	contacts := at(first, "records", 0, "Contacts")
	r.equal([]any{at(contacts, "totalSize"), at(contacts, "done"), len(at(contacts, "records").([]any))}, []any{205.0, false, 200})
	rest := read(at(contacts, "nextRecordsUrl").(string))
	r.equal([]any{at(rest, "totalSize"), at(rest, "done"), len(at(rest, "records").([]any))}, []any{205.0, true, 5})
	r.equal(at(rest, "records", 0, "LastName"), "Page 0200")
}

func TestQueryColumns(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	for statement, want := range map[string]string{
		"SELECT username, Profile.UserLicense.Name FROM User":            `"columnName":"Username"`,
		"SELECT Profile.UserLicense.Name FROM User":                      `"joinColumns":[{"aggregate":false,"booleanType":false,"columnName":"Name"`,
		"SELECT COUNT(Id) FROM User":                                     `"columnName":"expr0"`,
		"SELECT COUNT(Id) users FROM User":                               `"columnName":"users"`,
		"SELECT Id, (SELECT Id FROM PermissionSetAssignments) FROM User": `"aggregate":true,"booleanType":false,"columnName":"PermissionSetAssignments"`,
	} {
		status, _, body := w.do(http.MethodGet, "/services/data/v68.0/query?columns=true&q="+url.QueryEscape(statement), "")
		if status != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %s", statement, status, body)
		}
	}
}
