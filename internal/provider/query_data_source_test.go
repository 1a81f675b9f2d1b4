package provider

import (
	"fmt"
	"math/big"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// contacts makes an account with contacts of these names.
func (o *testOrg) contacts(t *testing.T, account string, lastNames ...string) {
	t.Helper()
	id := o.insert(t, "Account", map[string]any{"Name": account})
	for _, name := range lastNames {
		o.insert(t, "Contact", map[string]any{"LastName": name, "AccountId": id})
	}
}

// queried is the configuration of a query.
func queried(statement string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"query": tfText(statement)}
}

// Rows of different types can be walked through, and a second plan is empty.
func TestAccQueryDataSource(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.contacts(t, "Umbrella", "Alice", "Bob")
	o.insert(t, "Contact", map[string]any{"LastName": "Loner"})
	outputs := func(values map[string]knownvalue.Check) (checks []statecheck.StateCheck) {
		for name, want := range values {
			checks = append(checks, statecheck.ExpectKnownOutputValue(name, want))
		}
		return checks
	}
	o.test(t, nothing, resource.TestStep{
		Config: `
data "salesforce_query" "contacts" {
  query = "SELECT LastName, Account.Name, Account.Owner.IsActive FROM Contact ORDER BY LastName"
}
data "salesforce_query" "accounts" {
  query = <<-SOQL
    SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName)
    FROM Account
    WHERE Name IN ('Umbrella', 'Acme')
    ORDER BY Name
  SOQL
}
data "salesforce_query" "numbers" {
  query = "SELECT Account.Name company, COUNT(Id) FROM Contact GROUP BY Account.Name ORDER BY Account.Name NULLS LAST"
}
data "salesforce_query" "count" {
  query = "SELECT COUNT() FROM Contact"
}
output "names" { value = [for r in data.salesforce_query.contacts.rows : r.LastName] }
output "companies" { value = tolist([for r in data.salesforce_query.contacts.rows : try(r.Account.Name, "none")]) }
output "owned" { value = [for r in data.salesforce_query.contacts.rows : r.LastName if r.Account != null && try(r.Account.Owner.IsActive, false)] }
output "by_company" { value = { for a in data.salesforce_query.accounts.rows : a.Name => [for c in a.Contacts : c.LastName] } }
output "how_many" { value = { for r in data.salesforce_query.numbers.rows : coalesce(r.company, "none") => r.expr0 + 1 } }
output "count" { value = data.salesforce_query.count.total_size }
output "none" { value = length(data.salesforce_query.count.rows) }
`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		ConfigStateChecks: outputs(map[string]knownvalue.Check{
			"names":      knownvalue.TupleExact([]knownvalue.Check{exactly("Alice"), exactly("Bob"), exactly("Loner")}),
			"companies":  knownvalue.ListExact([]knownvalue.Check{exactly("Umbrella"), exactly("Umbrella"), exactly("none")}),
			"owned":      knownvalue.TupleExact([]knownvalue.Check{exactly("Alice"), exactly("Bob")}),
			"by_company": knownvalue.ObjectExact(map[string]knownvalue.Check{"Acme": knownvalue.TupleExact(nil), "Umbrella": knownvalue.TupleExact([]knownvalue.Check{exactly("Alice"), exactly("Bob")})}),
			"how_many":   knownvalue.ObjectExact(map[string]knownvalue.Check{"Umbrella": knownvalue.Int64Exact(3), "none": knownvalue.Int64Exact(2)}),
			"count":      knownvalue.Int64Exact(3), "none": knownvalue.Int64Exact(0),
		}),
	}, resource.TestStep{
		Config:      `data "salesforce_query" "it" { query = "SELECT Naem FROM User" }`,
		ExpectError: regexp.MustCompile(`(?s)query\s+=.*No such\s+column\s+'Naem'.*INVALID_FIELD`),
	})
}

// Values keep their types, and numbers every digit.
func TestQueryValues(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.Fail(sfmock.Match{Contains: "FROM Account"}, 1, sfmock.Fault{
		Status: http.StatusOK, ContentType: "application/json",
		Body: `{"totalSize":2,"done":true,"records":[{"attributes":{"type":"Account"},"Yes":true,"Text":"1","Number":0.1,"Long":12345678901234567890123,"Nothing":null},{"attributes":{"type":"Account"},"Yes":null,"Parent":{"attributes":{"type":"User"},"Name":"x"}}]}`,
	})
	got, diags := o.speak(t).readData(t, "salesforce_query", queried("SELECT Anything FROM Account"))
	failed(t, nil, diags)
	number := func(text string) tftypes.Value {
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		return tftypes.NewValue(tftypes.Number, n)
	}
	null := tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	want := tupleOf(
		objectOf(map[string]tftypes.Value{"Yes": tftypes.NewValue(tftypes.Bool, true), "Text": tfText("1"), "Number": number("0.1"), "Long": number("12345678901234567890123"), "Nothing": null}),
		objectOf(map[string]tftypes.Value{"Yes": null, "Parent": objectOf(map[string]tftypes.Value{"Name": tfText("x")})}),
	)
	if !got["rows"].Equal(want) {
		t.Errorf("the rows are %s, not %s", got["rows"], want)
	}
}

func objectOf(values map[string]tftypes.Value) tftypes.Value {
	kinds := map[string]tftypes.Type{}
	for name, value := range values {
		kinds[name] = value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
}

func tupleOf(values ...tftypes.Value) tftypes.Value {
	kinds := make([]tftypes.Type, len(values))
	for i, value := range values {
		kinds[i] = value.Type()
	}
	return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, values)
}

// What can't be a query is refused before Salesforce is asked; what Salesforce refuses is reported on the statement.
func TestQueryRefused(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	o.ResetRequests()
	for statement, message := range map[string]string{
		"DELETE FROM User":      "A query begins with SELECT.",
		"SELECT Id FROM User;":  "without a semicolon",
		"SELECT Id FROM 'User":  "has no end",
		"SELECT (Id FROM User":  "parentheses",
		"FIND {x} RETURNING y":  "begins with SELECT",
		"":                      "begins with SELECT",
		"SELECT Id FROM User; ": "without a semicolon",
	} {
		_, diags := p.readData(t, "salesforce_query", queried(statement))
		refused(t, diags, "Not a SOQL query", message)
		onAttribute(t, diags, "query")
	}
	if asked := o.Requests(sfmock.Match{}); len(asked) != 0 {
		t.Errorf("%d requests were sent", len(asked))
	}
	for statement, code := range map[string]string{
		"SELECT Id FROM User trailing garbage":                         "MALFORMED_QUERY",
		"SELECT Naem FROM User":                                        "INVALID_FIELD",
		"SELECT Id FROM Nothing":                                       "INVALID_TYPE",
		"SELECT Id FROM LoginHistory WHERE Status = 'x'":               "INVALID_FIELD",
		"SELECT Id FROM User OFFSET 2001":                              "NUMBER_OUTSIDE_VALID_RANGE",
		fmt.Sprintf("SELECT Id FROM User WHERE Name = '%12000s'", "x"): "bytes of a request's address",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			_, diags := p.readData(t, "salesforce_query", queried(statement))
			refused(t, diags, "Unable to run the query", code)
			onAttribute(t, diags, "query")
		})
	}
}

// What has nothing to do with the statement is not reported on it.
func TestQueryLimitExceeded(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	o.Fail(sfmock.Match{Contains: "FROM User"}, 1, sfmock.Fault{Status: http.StatusForbidden, Code: "REQUEST_LIMIT_EXCEEDED", Message: "TotalRequests Limit exceeded."})
	_, diags := p.readData(t, "salesforce_query", queried("SELECT Id FROM User"))
	refused(t, diags, "REQUEST_LIMIT_EXCEEDED")
	if diags[0].Attribute != nil && len(diags[0].Attribute.Steps()) > 0 {
		t.Error("the statement is blamed for the limit")
	}
}

// More rows than the configuration is prepared for are an error, and tell how many there are.
func TestQueryTooManyRows(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.contacts(t, "Umbrella", "Alice", "Bob", "Carol")
	p := o.speak(t)
	capped := func(statement string, most int) map[string]tftypes.Value {
		return map[string]tftypes.Value{"query": tfText(statement), "max_rows": tftypes.NewValue(tftypes.Number, most)}
	}
	const flat, nested = "SELECT Id FROM Contact", "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'Umbrella'"
	for statement, says := range map[string]string{flat: "There are 3 rows; this data source takes 2. Set max_rows = 3 or higher", nested: "There are at least 4 rows"} {
		_, diags := p.readData(t, "salesforce_query", capped(statement, 2))
		refused(t, diags, "Too many rows", says)
		onAttribute(t, diags, "max_rows")
		_, diags = p.readData(t, "salesforce_query", capped(statement, 4))
		failed(t, nil, diags)
	}
	for _, most := range []int{0, -1, mostRows + 1} {
		_, diags := p.readData(t, "salesforce_query", capped(flat, most))
		refused(t, diags, "max_rows")
	}
	o.Fail(sfmock.Match{Contains: "FROM Contact"}, 1, sfmock.Fault{Status: http.StatusOK, ContentType: "application/json", Body: `{"totalSize":60000,"done":false,"nextRecordsUrl":"/x","records":[{"Id":"a"}]}`})
	_, diags := p.readData(t, "salesforce_query", queried(flat))
	refused(t, diags, "There are 60000 rows; this data source takes 2000. No more than 50000 can be read")
}

func TestQueryTooling(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	p := o.speak(t)
	tooling := map[string]tftypes.Value{"tooling": tftypes.NewValue(tftypes.Bool, true)}
	got, diags := p.readData(t, "salesforce_query", merge(queried("SELECT Permission FROM PermissionDependency LIMIT 2"), tooling))
	failed(t, nil, diags)
	if !got["total_size"].Equal(tftypes.NewValue(tftypes.Number, 2)) {
		t.Errorf("there are %s rows", got["total_size"])
	}
	_, diags = p.readData(t, "salesforce_query", merge(queried("SELECT Id FROM Account"), tooling))
	refused(t, diags, "INVALID_TYPE") // which the Tooling API does not have
}
