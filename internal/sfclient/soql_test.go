package sfclient

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock/soql"
)

// literals is a catalogue of one object with one column, whose rows have these values.
type literals []string

func (l literals) Object(string) (soql.Object, bool)             { return l, true }
func (l literals) Name() string                                  { return "Literal" }
func (l literals) Field(string) (soql.Field, bool)               { return l.Fields()[0], true }
func (l literals) Parent(string) (_ string, _ []string, ok bool) { return "", nil, false }
func (l literals) Child(string) (_, _ string, ok bool)           { return "", "", false }
func (l literals) Row(string) (_ soql.Row, ok bool)              { return nil, false }
func (l literals) Fields() []soql.Field {
	return []soql.Field{{Name: "Value", Type: "string", Filterable: true, CaseSensitive: true}}
}

func (l literals) Rows() []soql.Row {
	var rows []soql.Row
	for _, value := range l {
		rows = append(rows, literal(value))
	}
	return rows
}

type literal string

func (l literal) Value(string) any { return string(l) }

// nastyValues try to end a literal, a statement or an element.
var nastyValues = []string{
	`O'Hara`, `\`, `\'`, `\\'`, `' OR Name != '`, `') OR (Name LIKE '%`, "line\nline", "\r\n\t\b\f", "\v\x00\x1b", `"quoted"`, `%_`, `\n`, `\u0027`,
	"é漢😀", " trimmed ", "--", "a,b", ":bind", "{0}", "<a>&amp;</a>", "]]>", "<![CDATA[", strings.Repeat("'", 300),
}

func FuzzQuote(f *testing.F) {
	for _, value := range nastyValues {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		t.Helper()
		if value == "" || !utf8.ValidString(value) || len(Quote(value)) > maxLiteral {
			t.Skip("an empty literal means null; text is UTF-8; Salesforce limits literals")
		}
		parsed, err := soql.Parse("SELECT Value FROM Literal WHERE Value = " + Quote(value))
		if err != nil {
			t.Fatalf("%q is written as %s: %v", value, Quote(value), err)
		}
		found, err := parsed.Run(literals{value, value + "x", "x" + value}, soql.Options{})
		if err != nil || len(found.Records) != 1 || found.Records[0].Value("Value") != value {
			t.Errorf("%q is written as %s and found as %v, %v", value, Quote(value), found, err)
		}
	})
}

func TestSelectOneList(t *testing.T) {
	t.Parallel()
	ids := make([]string, 1000)
	for i := range ids {
		ids[i] = ID18(fmt.Sprintf("005Zz00000%05d", i))
	}
	nasty := make([]string, 1000)
	for i := range nasty {
		nasty[i] = fmt.Sprintf("%d %s", i, nastyValues[i%len(nastyValues)])
	}
	for name, test := range map[string]struct {
		filter, key string
		values      []string
		most        int
	}{
		"none":                 {"", "Id", nil, 0},
		"one":                  {"", "Id", ids[:1], 1},
		"ids":                  {"", "Id", ids, 3},
		"ids behind a filter":  {"IsActive = true", "AssigneeId", ids, 3},
		"nasty values":         {"", "Name", nasty, 20},
		"one longer than fits": {"", "Name", []string{"a", strings.Repeat("é", maxLiteral-100), "b"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var conditions []string
			if test.filter != "" {
				conditions = append(conditions, test.filter)
			}
			statements := Select([]string{"Id", "Name"}, "User", conditions, In{test.key, test.values})
			if len(statements) > test.most || len(test.values) > 0 == (len(statements) == 0) {
				t.Errorf("%d statements", len(statements))
			}
			condition := test.key + " IN ("
			if test.filter != "" {
				condition = test.filter + " AND " + condition
			}
			var written []string
			for _, s := range statements {
				list, found := strings.CutPrefix(s, "SELECT Id,Name FROM User WHERE "+condition)
				if !found || !strings.HasSuffix(list, ")") {
					t.Fatalf("%.200s", s)
				}
				if _, err := soql.Parse(s); err != nil {
					t.Errorf("%.200s: %v", s, err)
				}
				if escaped := len(url.QueryEscape(s)); escaped > maxStatement+10 && strings.Contains(list, ",") && name != "one longer than fits" {
					t.Errorf("a statement of %d bytes, escaped", escaped)
				}
				written = append(written, strings.TrimSuffix(list, ")"))
			}
			var quoted []string
			for _, value := range test.values {
				quoted = append(quoted, Quote(value))
			}
			if got := strings.Join(written, ","); got != strings.Join(quoted, ",") {
				t.Errorf("%.300s", got)
			}
		})
	}
}

// TestLongListsFitTheURI sends what Select makes of a thousand values to an org that measures.
func TestLongListsFitTheURI(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for _, key := range []string{"Username", "Id"} {
			results := together(keysPerBatch, func(i int) error {
				value := fmt.Sprintf("%d %s", i, append(nastyValues, strings.Repeat("x", maxLiteral))[i%(len(nastyValues)+1)])
				if key == "Id" {
					value = ID18(fmt.Sprintf("005Zz00000%05d", i))
				}
				rows, err := c.Users.All(t.Context(), key, value)
				if err == nil && len(rows) > 0 {
					err = fmt.Errorf("%q found %+v", value, rows)
				}
				return err
			})
			allSucceed(t, results)
		}
		for _, r := range o.Requests(sfmock.Match{Kind: "query"}) {
			if r.Status != 200 {
				t.Errorf("%d for a URI of %d bytes", r.Status, len(url.QueryEscape(r.Query)))
			}
		}
	})
}

func TestQueriesFollowEveryPage(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		before := len(o.Records("Account"))
		for i := range 2500 {
			insert(t, o, "Account", map[string]any{"Name": fmt.Sprintf("Account %d", i)})
		}
		type account struct{ ID, Name string }
		rows, err := Query[account](t.Context(), c, "read", "SELECT Id, Name FROM Account")
		names := map[string]bool{}
		for _, row := range rows {
			names[row.Name] = true
		}
		if err != nil || len(rows) != before+2500 || len(names) != before+2500 {
			t.Errorf("%d rows, %d names, %v", len(rows), len(names), err)
		}
		calls(t, o, "query", 2)

		rows, complete, err := queryUpTo[account](t.Context(), c, "read", c.rest("/query"), "SELECT Id, Name FROM Account", 2000)
		if err != nil || complete || len(rows) != 0 {
			t.Errorf("%d rows, complete: %t, %v", len(rows), complete, err)
		}
		calls(t, o, "query", 3)
		o.Fail(sfmock.Match{Kind: "query", Path: "-2000"}, 1, sfmock.Fault{Code: "INVALID_QUERY_LOCATOR", Message: "invalid query locator"})
		if rows, err := Query[account](t.Context(), c, "read", "SELECT Id, Name FROM Account"); err == nil || rows != nil {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

func TestQueryTooling(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	c := o.connect(t, o.jwt())
	needs, err := c.PermissionDependencies(t.Context())
	if err != nil || !slices.ContainsFunc(needs, func(d PermissionDependency) bool {
		return d.Permission == "AuthorApex" && d.RequiredPermission == "ViewSetup"
	}) {
		t.Errorf("%d, %v", len(needs), err)
	}
	if again, err := c.PermissionDependencies(t.Context()); err != nil || len(again) != len(needs) {
		t.Errorf("%d, %v", len(again), err)
	}
	calls(t, o.Org, "tooling", 1)
}
