package soql

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// now is a Saturday, late enough for time zones to matter.
var now = time.Date(2026, time.March, 14, 22, 30, 0, 0, time.UTC)

type testRow map[string]any

func (r testRow) Value(field string) any { return r[field] }

type testObject struct {
	name     string
	fields   []Field
	parents  map[string][]string  // relationship -> foreign key, targets...
	children map[string][2]string // relationship -> object, foreign key
	rows     []Row
	byID     map[string]Row
	deleted  []Row
	scans    int
}

func (o *testObject) Name() string       { return o.name }
func (o *testObject) Fields() []Field    { return o.fields }
func (o *testObject) DeletedRows() []Row { return o.deleted }
func (o *testObject) Rows() []Row        { o.scans++; return o.rows }

func (o *testObject) Row(id string) (Row, bool) {
	row, ok := o.byID[id]
	return row, ok
}

func (o *testObject) Field(name string) (Field, bool) {
	i := slices.IndexFunc(o.fields, func(f Field) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return Field{}, false
	}
	return o.fields[i], true
}

func (o *testObject) Parent(relationship string) (string, []string, bool) {
	for name, parent := range o.parents {
		if strings.EqualFold(name, relationship) {
			return parent[0], parent[1:], true
		}
	}
	return "", nil, false
}

func (o *testObject) Child(relationship string) (string, string, bool) {
	for name, child := range o.children {
		if strings.EqualFold(name, relationship) {
			return child[0], child[1], true
		}
	}
	return "", "", false
}

type testCatalog map[string]*testObject

func (c testCatalog) Object(name string) (Object, bool) {
	object, ok := c[strings.ToLower(name)]
	return object, ok
}

// define adds an object. Columns are "Name type [flags]": f is not filterable, s not
// sortable, g not groupable, c case sensitive.
func (c testCatalog) define(name string, columns ...string) *testObject {
	object := &testObject{name: name, byID: make(map[string]Row)}
	for _, column := range append([]string{"Id id"}, columns...) {
		parts := strings.Fields(column + " -")
		flags := parts[2]
		object.fields = append(object.fields, Field{
			Name: parts[0], Type: parts[1], Custom: strings.HasSuffix(parts[0], "__c"),
			Filterable: !strings.Contains(flags, "f"), Sortable: !strings.Contains(flags, "s"),
			Groupable: !strings.Contains(flags, "g"), CaseSensitive: strings.Contains(flags, "c"),
		})
	}
	c[strings.ToLower(name)] = object
	return object
}

func (o *testObject) insert(rows ...testRow) {
	for _, row := range rows {
		o.rows = append(o.rows, row)
		o.byID[row["Id"].(string)] = row
	}
}

// id makes the 18-character id number n behind a key prefix.
func id(prefix string, n int) string {
	full, _ := fullID(fmt.Sprintf("%s%012d", prefix, n))
	return full
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// newCatalog is a small org: users with profiles, licences and assignments, cases and accounts.
func newCatalog() testCatalog {
	c := testCatalog{}
	license := c.define("UserLicense", "Name string", "UsedLicenses int f")
	license.insert(
		testRow{"Id": id("100", 1), "Name": "Salesforce", "UsedLicenses": int64(2)},
		testRow{"Id": id("100", 2), "Name": "Salesforce Integration", "UsedLicenses": int64(1)},
	)
	profile := c.define("Profile", "Name string", "UserLicenseId reference", "Description string")
	profile.parents = map[string][]string{"UserLicense": {"UserLicenseId", "UserLicense"}}
	profile.children = map[string][2]string{"Users": {"User", "ProfileId"}}
	profile.insert(
		testRow{"Id": id("00e", 1), "Name": "System Administrator", "UserLicenseId": id("100", 1)},
		testRow{"Id": id("00e", 2), "Name": "Minimum Access", "UserLicenseId": id("100", 2), "Description": ""},
	)
	user := c.define("User", "Username string", "Name string", "IsActive boolean", "ProfileId reference",
		"ManagerId reference", "CreatedDate datetime", "Birthday__c date", "Level__c double", "Skills__c multipicklist",
		"About__c textarea fsg", "Token__c string c", "Logins__c int", "Bytes__c string s", "Team__c reference")
	user.parents = map[string][]string{"Profile": {"ProfileId", "Profile"}, "Manager": {"ManagerId", "User"}, "Team__r": {"Team__c", "Group"}}
	user.children = map[string][2]string{
		"PermissionSetLicenseAssignments": {"PermissionSetLicenseAssign", "AssigneeId"},
		"ManagedUsers":                    {"User", "ManagerId"},
	}
	user.insert(
		testRow{
			"Id": id("005", 3), "Username": "cy@example.com", "Name": "cy", "IsActive": false, "ProfileId": id("00e", 2),
			"ManagerId": id("005", 1), "CreatedDate": at("2026-02-28T23:59:59Z"), "Level__c": 2.5, "Logins__c": int64(4),
			"Token__c": "abc",
		},
		testRow{
			"Id": id("005", 1), "Username": "ann@example.com", "Name": "Ann", "IsActive": true, "ProfileId": id("00e", 1),
			"CreatedDate": at("2026-03-14T08:00:00Z"), "Birthday__c": Date("1990-05-17"), "Level__c": 5.0,
			"Skills__c": "Go;SOQL", "Logins__c": int64(10), "Token__c": "ABC",
		},
		testRow{
			"Id": id("005", 2), "Username": "bob@example.com", "Name": "Bob O'Neil 100%", "IsActive": true, "ProfileId": id("00e", 1),
			"ManagerId": id("005", 1), "CreatedDate": at("2026-03-13T00:00:00Z"), "Birthday__c": Date("2026-03-15"),
			"Skills__c": "SOQL", "About__c": "Likes\nlong texts", "Team__c": id("00G", 1),
		},
	)
	user.deleted = []Row{testRow{"Id": id("005", 9), "Name": "Zoe", "IsActive": false}}
	assign := c.define("PermissionSetLicenseAssign", "AssigneeId reference", "Name string")
	assign.parents = map[string][]string{"Assignee": {"AssigneeId", "User"}}
	assign.insert(
		testRow{"Id": id("2LA", 1), "AssigneeId": id("005", 1), "Name": "first"},
		testRow{"Id": id("2LA", 2), "AssigneeId": id("005", 1), "Name": "second"},
		testRow{"Id": id("2LA", 3), "AssigneeId": id("005", 2), "Name": "third"},
		testRow{"Id": id("2LA", 4), "AssigneeId": nil, "Name": "nobody's"},
	)
	group := c.define("Group", "Name string", "DeveloperName string")
	group.insert(testRow{"Id": id("00G", 1), "Name": "Queue", "DeveloperName": "Queue"})
	cases := c.define("Case", "Subject string", "OwnerId reference")
	cases.parents = map[string][]string{"Owner": {"OwnerId", "Group", "User"}}
	cases.insert(
		testRow{"Id": id("500", 1), "Subject": "queued", "OwnerId": id("00G", 1)},
		testRow{"Id": id("500", 2), "Subject": "taken", "OwnerId": id("005", 1)},
	)
	login := c.define("LoginHistory", "UserId reference", "LoginTime datetime", "Status string f", "ApiType string f")
	login.insert(testRow{"Id": id("0Ya", 1), "UserId": id("005", 1), "LoginTime": now, "Status": "Success"})
	flow := c.define("Flow", "FullName string", "Metadata complexvalue")
	flow.insert(
		testRow{"Id": id("301", 1), "FullName": "One", "Metadata": map[string]any{"label": "One"}},
		testRow{"Id": id("301", 2), "FullName": "Two"},
	)
	return c
}

var options = Options{Now: now, Path: "/services/data/v68.0"}

// query runs a statement that must succeed.
func query(t *testing.T, c Catalog, statement string, o Options) *Result {
	t.Helper()
	parsed, err := Parse(statement)
	if err != nil {
		t.Fatalf("Parse(%s): %v", statement, err)
	}
	result, err := parsed.Run(c, o)
	if err != nil {
		t.Fatalf("Run(%s): %v", statement, err)
	}
	return result
}

// values reads one column of a result as text.
func values(result *Result, path string) string {
	var texts []string
	for _, record := range result.Records {
		texts = append(texts, fmt.Sprint(record.Value(path)))
	}
	return strings.Join(texts, ", ")
}
