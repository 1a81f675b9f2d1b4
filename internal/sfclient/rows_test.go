package sfclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// contacts makes an account with n contacts.
func (o *testOrg) contacts(t *testing.T, account string, n int) {
	t.Helper()
	id, err := o.Insert("Account", map[string]any{"Name": account})
	for i := 0; i < n && err == nil; i++ {
		_, err = o.Insert("Contact", map[string]any{"LastName": fmt.Sprintf("%s %04d", account, i), "AccountId": id})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestQueryAny(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.contacts(t, "Umbrella", 2)
	o.contacts(t, "Alone", 0)
	c := o.connect(t, o.token(t))
	for statement, want := range map[string]string{
		"SELECT Name, AnnualRevenue, Owner.Username, Parent.Name, Owner.IsActive FROM Account WHERE Name = 'Umbrella'":                  `[{"AnnualRevenue":null,"Name":"Umbrella","Owner":{"IsActive":true,"Username":"admin@example.com"},"Parent":null}]`,
		"SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Name IN ('Alone', 'Umbrella') ORDER BY Name": `[{"Contacts":[],"Name":"Alone"},{"Contacts":[{"LastName":"Umbrella 0000"},{"LastName":"Umbrella 0001"}],"Name":"Umbrella"}]`,
		"SELECT COUNT(Id), Account.Name company FROM Contact GROUP BY Account.Name":                                                     `[{"company":"Umbrella","expr0":2}]`,
		"SELECT COUNT() FROM Contact":                  `[]`,
		"SELECT Id FROM Account WHERE Name = 'nobody'": `[]`,
	} {
		result, err := c.QueryAny(t.Context(), false, 10, statement)
		got, _ := json.Marshal(result.Records)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", statement, got, err)
		}
	}
	if count, err := c.QueryAny(t.Context(), false, 1, "SELECT COUNT() FROM Contact"); err != nil || count.TotalSize != 2 {
		t.Errorf("the contacts are %d, %v", count.TotalSize, err)
	}
	if tooling, err := c.QueryAny(t.Context(), true, 1, "SELECT Permission FROM PermissionDependency LIMIT 1"); err != nil || len(tooling.Records) != 1 {
		t.Errorf("the Tooling API says %v, %v", tooling, err)
	}
}

// Numbers are as Salesforce writes them, whatever a float64 holds.
func TestQueryAnyNumbers(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.token(t))
	o.Fail(sfmock.Match{Contains: "FROM Account"}, 1, sfmock.Fault{
		Status: http.StatusOK, ContentType: "application/json",
		Body: `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Account"},"A":12345678901234567890.123456789,"B":5.0,"C":{"attributes":["no row's"],"D":[1,{"attributes":{"type":"X"},"E":2}]}}]}`,
	})
	got, err := c.QueryAny(t.Context(), false, 1, "SELECT A, B, C FROM Account")
	want := []any{map[string]any{"A": json.Number("12345678901234567890.123456789"), "B": json.Number("5.0"), "C": map[string]any{
		"attributes": []any{"no row's"}, "D": []any{json.Number("1"), map[string]any{"E": json.Number("2")}},
	}}}
	if difference := cmp.Diff(want, got.Records); err != nil || difference != "" {
		t.Errorf("%s, %v", difference, err)
	}
}

// Results are read to their end, those of sub-queries too, and never more than the caller wants.
func TestQueryAnyPages(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.contacts(t, "Umbrella", 4100)
	c := o.connect(t, o.token(t))
	lastNames := func(rows []any) []string {
		var names []string
		for _, row := range rows {
			names = append(names, row.(map[string]any)["LastName"].(string))
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	const flat, nested = "SELECT LastName FROM Contact", "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Umbrella'"
	all, err := c.QueryAny(t.Context(), false, 4100, flat)
	if err != nil || len(lastNames(all.Records)) != 4100 || all.TotalSize != 4100 {
		t.Errorf("%d of %d contacts, %v", len(all.Records), all.TotalSize, err)
	}
	all, err = c.QueryAny(t.Context(), false, 4101, nested)
	if err != nil || len(lastNames(all.Records[0].(map[string]any)["Contacts"].([]any))) != 4100 {
		t.Errorf("the sub-query has other contacts, %v", err)
	}
	for statement, most := range map[string]int{flat: 4099, nested: 4100} {
		o.ResetRequests()
		_, err := c.QueryAny(t.Context(), false, most, statement)
		if tooMany, ok := errors.AsType[*TooManyRowsError](err); !ok || tooMany.Total != most+1 || tooMany.AtLeast != (statement == nested) {
			t.Errorf("%s is not too much: %v", statement, err)
		}
		if asked := len(o.Requests(sfmock.Match{Path: "/query"})); asked != 1 {
			t.Errorf("it took %d requests to know that %s is too much", asked, statement)
		}
	}
	o.Fail(sfmock.Match{Path: "/query/"}, 1, sfmock.Fault{Status: http.StatusOK, ContentType: "application/json", Body: `{"totalSize":4100,"done":false,"nextRecordsUrl":"/services/data/v68.0/query/0r8-2000","records":[]}`})
	if _, err := c.QueryAny(t.Context(), false, 4100, flat); err == nil || !strings.Contains(err.Error(), "page without rows") {
		t.Errorf("a result that does not go on: %v", err)
	}
	o.Fail(sfmock.Match{Path: "/query/"}, 1, sfmock.Fault{Code: "INVALID_QUERY_LOCATOR", Message: "invalid query locator"})
	if _, err := c.QueryAny(t.Context(), false, 4100, flat); err == nil {
		t.Error("half a result is no error")
	}
}

// Several statements are one query.
func TestQueryAnyStatements(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.contacts(t, "Umbrella", 3)
	c := o.connect(t, o.token(t))
	const one, two = "SELECT LastName FROM Contact WHERE LastName = 'Umbrella 0000'", "SELECT LastName FROM Contact WHERE LastName > 'Umbrella 0000'"
	got, err := c.QueryAny(t.Context(), false, 3, one, two)
	if err != nil || len(got.Records) != 3 || got.TotalSize != 3 {
		t.Errorf("%v, %v", got, err)
	}
	for statements, atLeast := range map[[2]string]bool{{two, one}: true, {one, two}: false} {
		_, err := c.QueryAny(t.Context(), false, 1, statements[:]...)
		if tooMany, ok := errors.AsType[*TooManyRowsError](err); !ok || tooMany.AtLeast != atLeast {
			t.Errorf("%q: %v", statements, err)
		}
	}
	if none, err := c.QueryAny(t.Context(), false, 1); err != nil || none.Records == nil || len(none.Records) != 0 {
		t.Errorf("no statement gives %v, %v", none, err)
	}
}

func TestQueryAnyTooLong(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.token(t))
	o.ResetRequests()
	_, err := c.QueryAny(t.Context(), false, 1, "SELECT Id FROM User WHERE Name IN ('"+strings.Repeat("x", maxStatement)+"')")
	if err == nil || len(o.Requests(sfmock.Match{})) != 0 {
		t.Errorf("it was sent: %v", err)
	}
}

func TestCheckStatement(t *testing.T) {
	t.Parallel()
	for statement, problem := range map[string]string{
		"SELECT Id FROM User":       "",
		"\n select\tId\nFROM User ": "",
		`SELECT Id FROM User WHERE Name = 'a;b(' AND Alias = 'O\'Hara\\'`: "",
		"":                        "begins with SELECT",
		"SELECTED FROM User":      "begins with SELECT",
		"FIND {x} IN ALL FIELDS":  "begins with SELECT",
		"DELETE FROM User":        "begins with SELECT",
		"SELECT Id FROM User;":    "without a semicolon",
		"SELECT Id FROM User; --": "without a semicolon",
		"SELECT Id FROM User WHERE Name = 'O'Hara'": "has no end",
		"SELECT COUNT( FROM User":                   "parentheses",
	} {
		err := CheckStatement(statement)
		if (err == nil) != (problem == "") || err != nil && !strings.Contains(err.Error(), problem) {
			t.Errorf("%q: %v", statement, err)
		}
	}
}

func TestChildNames(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string][]string{
		"SELECT Id, (SELECT Id FROM Contacts WHERE Name = ') FROM Nobody') FROM Account":                 {"Contacts"},
		"SELECT (SELECT Id, (SELECT Id FROM Cases) FROM Contacts), (select Id from Orders) FROM Account": {"Cases", "Contacts", "Orders"},
		"SELECT COUNT(Id) FROM Account WHERE Id IN (SELECT AccountId FROM Contact)":                      nil,
		"SELECT": nil,
	} {
		got := childNames(statement)
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %v", statement, got)
		}
	}
}

// What is asked for stands in one statement, or in as many as requests have room for.
func TestSelect(t *testing.T) {
	t.Parallel()
	one := Select([]string{"Id", "Name"}, "User", []string{"IsActive = true"}, In{"Name", []string{"O'Hara", "Lee"}}, In{"UserType", []string{"Standard"}})
	if want := []string{`SELECT Id,Name FROM User WHERE IsActive = true AND Name IN ('O\'Hara','Lee') AND UserType IN ('Standard')`}; !slices.Equal(one, want) {
		t.Errorf("%q", one)
	}
	if all := Select([]string{"Id"}, "User", nil); !slices.Equal(all, []string{"SELECT Id FROM User"}) {
		t.Errorf("%q", all)
	}
	for _, nobody := range [][]string{{}, {strings.Repeat("x", maxLiteral)}} {
		if none := Select([]string{"Id"}, "User", nil, In{"Name", nobody}); len(none) != 0 {
			t.Errorf("%.100q", none)
		}
	}
	names := make([]string, 1000)
	for i := range names {
		names[i] = fmt.Sprintf("é'%d", i)
	}
	pairs := 0
	for _, statement := range Select([]string{"Id"}, "User", nil, In{"Name", names}, In{"Alias", names}) {
		if length := len(url.QueryEscape(statement)); length > maxStatement {
			t.Errorf("a statement of %d bytes", length)
		}
		names, aliases, _ := strings.Cut(statement, "Alias")
		pairs += (strings.Count(names, ",") + 1) * (strings.Count(aliases, ",") + 1)
	}
	if pairs != len(names)*len(names) {
		t.Errorf("%d combinations are asked for", pairs)
	}
}
