package soql

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestJSON compares what a client sees.
func TestJSON(t *testing.T) {
	t.Parallel()
	attributes := func(typeName, id string) string {
		return `{"attributes":{"type":"` + typeName + `","url":"/services/data/v68.0/sobjects/` + typeName + `/` + id + `"}`
	}
	tests := []struct {
		name, statement string
		want            []string
	}{
		{
			"fields in SELECT order and API case", "select name, ID, level__C, Logins__c, isactive, CreatedDate, birthday__c from user where Name = 'ann'",
			[]string{attributes("User", id("005", 1)) + `,"Name":"Ann","Id":"` + id("005", 1) +
				`","Level__c":5.0,"Logins__c":10,"IsActive":true,"CreatedDate":"2026-03-14T08:00:00.000+0000","Birthday__c":"1990-05-17"}`},
		},
		{
			"parents share one object", "SELECT profile.NAME, Id, Profile.UserLicense.Name FROM User WHERE Name = 'cy'",
			[]string{attributes("User", id("005", 3)) + `,"Profile":` + attributes("Profile", id("00e", 2)) + `,"Name":"Minimum Access","UserLicense":` +
				attributes("UserLicense", id("100", 2)) + `,"Name":"Salesforce Integration"}},"Id":"` + id("005", 3) + `"}`},
		},
		{
			"null parents", "SELECT Manager.Manager.Name FROM User WHERE Name = 'ann' OR Name = 'cy'",
			[]string{
				attributes("User", id("005", 1)) + `,"Manager":null}`,
				attributes("User", id("005", 3)) + `,"Manager":` + attributes("User", id("005", 1)) + `,"Manager":null}}`,
			},
		},
		{
			"empty strings are null", "SELECT Description FROM Profile",
			[]string{attributes("Profile", id("00e", 1)) + `,"Description":null}`, attributes("Profile", id("00e", 2)) + `,"Description":null}`},
		},
		{
			"children", "SELECT Id, (SELECT Name FROM PermissionSetLicenseAssignments ORDER BY Name DESC LIMIT 1) FROM User WHERE IsActive = true ORDER BY Name",
			[]string{
				attributes("User", id("005", 1)) + `,"Id":"` + id("005", 1) + `","PermissionSetLicenseAssignments":{"totalSize":1,"done":true,"records":[` +
					attributes("PermissionSetLicenseAssign", id("2LA", 2)) + `,"Name":"second"}]}}`,
				attributes("User", id("005", 2)) + `,"Id":"` + id("005", 2) + `","PermissionSetLicenseAssignments":{"totalSize":1,"done":true,"records":[` +
					attributes("PermissionSetLicenseAssign", id("2LA", 3)) + `,"Name":"third"}]}}`,
			},
		},
		{
			"children within children", "SELECT (SELECT (SELECT Name FROM User.PermissionSetLicenseAssignments WHERE Name = 'third') FROM Users WHERE Name LIKE 'b%') FROM Profile WHERE Name LIKE 's%'",
			[]string{attributes("Profile", id("00e", 1)) + `,"Users":{"totalSize":1,"done":true,"records":[` + attributes("User", id("005", 2)) +
				`,"PermissionSetLicenseAssignments":{"totalSize":1,"done":true,"records":[` + attributes("PermissionSetLicenseAssign", id("2LA", 3)) + `,"Name":"third"}]}}]}}`},
		},
		{
			"custom parents", "SELECT team__R.name FROM User WHERE Name LIKE 'bob%'",
			[]string{attributes("User", id("005", 2)) + `,"Team__r":` + attributes("Group", id("00G", 1)) + `,"Name":"Queue"}}`},
		},
		{
			"no children", "SELECT (SELECT Id FROM PermissionSetLicenseAssignments) FROM User WHERE Name = 'cy'",
			[]string{attributes("User", id("005", 3)) + `,"PermissionSetLicenseAssignments":null}`},
		},
		{
			"polymorphic parents", "SELECT Owner.Name, Owner.Username FROM Case",
			[]string{
				attributes("Case", id("500", 1)) + `,"Owner":{"attributes":{"type":"Name","url":"/services/data/v68.0/sobjects/Group/` + id("00G", 1) + `"},"Name":"Queue","Username":null}}`,
				attributes("Case", id("500", 2)) + `,"Owner":{"attributes":{"type":"Name","url":"/services/data/v68.0/sobjects/User/` + id("005", 1) + `"},"Name":"Ann","Username":"ann@example.com"}}`,
			},
		},
		{
			"aggregates", "SELECT Profile.Name, COUNT(Id), COUNT_DISTINCT(ManagerId) managers, SUM(Logins__c), AVG(Logins__c) mean, MAX(CreatedDate) FROM User GROUP BY Profile.Name ORDER BY COUNT(Id) DESC",
			[]string{
				`{"attributes":{"type":"AggregateResult"},"Name":"System Administrator","expr0":2,"managers":1,"expr1":10,"mean":10.0,"expr2":"2026-03-14T08:00:00.000+0000"}`,
				`{"attributes":{"type":"AggregateResult"},"Name":"Minimum Access","expr0":1,"managers":1,"expr1":4,"mean":4.0,"expr2":"2026-02-28T23:59:59.000+0000"}`,
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := query(t, newCatalog(), test.statement, options)
			got, err := json.Marshal(result.Records)
			if err != nil {
				t.Fatal(err)
			}
			if want := "[" + strings.Join(test.want, ",") + "]"; string(got) != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// TestRows reads one column of each statement's records.
func TestRows(t *testing.T) {
	t.Parallel()
	const all = "Ann, Bob O'Neil 100%, cy"
	tests := []struct{ statement, path, want string }{
		{"SELECT Name FROM User", "Name", all},
		{"SELECT Name FROM User ORDER BY Name DESC", "Name", "cy, Bob O'Neil 100%, Ann"},
		{"SELECT Name FROM User ORDER BY IsActive DESC, Name DESC", "Name", "Bob O'Neil 100%, Ann, cy"},
		{"SELECT Name FROM User ORDER BY Level__c", "Name", "Bob O'Neil 100%, cy, Ann"},
		{"SELECT Name FROM User ORDER BY Level__c DESC", "Name", "Bob O'Neil 100%, Ann, cy"},
		{"SELECT Name FROM User ORDER BY Level__c ASC NULLS LAST", "Name", "cy, Ann, Bob O'Neil 100%"},
		{"SELECT Name FROM User ORDER BY Level__c DESC NULLS LAST", "Name", "Ann, cy, Bob O'Neil 100%"},
		{"SELECT Name FROM User ORDER BY Level__c DESC NULLS FIRST", "Name", "Bob O'Neil 100%, Ann, cy"},
		{"SELECT Name FROM User ORDER BY Birthday__c NULLS LAST, Name", "Name", all},
		{"SELECT Name FROM User ORDER BY CreatedDate", "Name", "cy, Bob O'Neil 100%, Ann"},
		{"SELECT Name FROM User ORDER BY Profile.Name, Name DESC", "Name", "cy, Bob O'Neil 100%, Ann"},
		{"SELECT Name FROM User ORDER BY Id LIMIT 1", "Name", "Ann"},
		{"SELECT Name FROM User LIMIT 0", "Name", ""},
		{"SELECT Name FROM User LIMIT 2 OFFSET 2", "Name", "cy"},
		{"SELECT Name FROM User OFFSET 2000", "Name", ""},
		{"SELECT u.Name, u.Profile.Name FROM User u WHERE u.IsActive = false", "Profile.Name", "Minimum Access"},
		{"SELECT User.Name FROM User", "Name", all},
		{"SELECT Name FROM Group", "Name", "Queue"},
		{"SELECT DeveloperName, COUNT(Id) FROM Group GROUP BY DeveloperName", "expr0", "1"},
		{"SELECT Name FROM User USING SCOPE everything WHERE Name = 'ann' WITH SECURITY_ENFORCED LIMIT 5 FOR VIEW", "Name", "Ann"},
		{"SELECT Name FROM User WITH USER_MODE FOR VIEW FOR REFERENCE UPDATE TRACKING", "Name", all},
		{"SELECT Name FROM User WHERE Name = 'ann' FOR UPDATE", "Name", "Ann"},
		{"SELECT FIELDS(ALL) FROM User LIMIT 200", "About__c", "<nil>, Likes\nlong texts, <nil>"},
		{"SELECT FIELDS(STANDARD) FROM User", "Username", "ann@example.com, bob@example.com, cy@example.com"},
		{"SELECT FIELDS(STANDARD) FROM User", "Level__c", "<nil>, <nil>, <nil>"},
		{"SELECT Id, FIELDS(CUSTOM) FROM User LIMIT 1", "Level__c", "5"},
		{"SELECT FIELDS(ALL) FROM User WHERE Id IN ('" + id("005", 2) + "')", "Name", "Bob O'Neil 100%"},
		{"SELECT COUNT(Id) FROM User", "expr0", "3"},
		{"SELECT COUNT(Level__c) n FROM User", "n", "2"},
		{"SELECT COUNT(Id) FROM User WHERE Name = 'nobody'", "expr0", "0"},
		{"SELECT MAX(Name) FROM User WHERE Name = 'nobody'", "expr0", "<nil>"},
		{"SELECT Name FROM User GROUP BY Name", "Name", all},
		{"SELECT MIN(Name), MAX(Name) top FROM User", "expr0", "Ann"},
		{"SELECT MIN(Level__c) FROM User", "expr0", "2.5"},
		{"SELECT team__R.name FROM User WHERE Team__r.Name != null", "Team__r.Name", "Queue"},
		{"SELECT MIN(Name), MAX(Name) top FROM User", "top", "cy"},
		{"SELECT SUM(Level__c) FROM User", "expr0", "7.5"},
		{"SELECT AVG(Level__c) FROM User", "expr0", "3.75"},
		{"SELECT COUNT(Id) FROM User WHERE Name = 'nobody' GROUP BY Name", "expr0", ""},
		{"SELECT ManagerId m FROM User GROUP BY ManagerId ORDER BY ManagerId NULLS LAST", "m", id("005", 1) + ", <nil>"},
		{"SELECT IsActive FROM User GROUP BY IsActive HAVING COUNT(Id) > 1", "IsActive", "true"},
		{"SELECT IsActive FROM User GROUP BY IsActive HAVING IsActive = false OR MAX(Name) LIKE 'z%'", "IsActive", "false"},
		{"SELECT Name FROM User GROUP BY Name ORDER BY MIN(CreatedDate) LIMIT 2 OFFSET 1", "Name", "Bob O'Neil 100%, Ann"},
		{"SELECT Profile.UserLicense.Name lic, COUNT(Id) FROM User GROUP BY Profile.UserLicense.Name ORDER BY Profile.UserLicense.Name", "lic", "Salesforce, Salesforce Integration"},
	}
	for _, test := range tests {
		t.Run(test.statement, func(t *testing.T) {
			t.Parallel()
			result := query(t, newCatalog(), test.statement, options)
			if got := values(result, test.path); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if result.TotalSize != len(result.Records) || result.CountOnly {
				t.Errorf("total size %d for %d records", result.TotalSize, len(result.Records))
			}
		})
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	tests := map[string]int{
		"SELECT COUNT() FROM User":                         3,
		"select count ( ) from user where isactive = true": 2,
		"SELECT COUNT() FROM User LIMIT 2":                 2,
		"SELECT COUNT() FROM User LIMIT 2 OFFSET 2":        1,
		"SELECT COUNT() FROM User WHERE Name = 'nobody'":   0,
	}
	for statement, want := range tests {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			result := query(t, newCatalog(), statement, options)
			if !result.CountOnly || result.TotalSize != want || len(result.Records) != 0 {
				t.Errorf("got %+v, want %d and no records", result, want)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	all := options
	all.All = true
	if got := values(query(t, newCatalog(), "SELECT Name FROM User WHERE IsActive = false", all), "Name"); got != "cy, Zoe" {
		t.Errorf("queryAll: got %s, want cy, Zoe", got)
	}
	deleted := "SELECT Name FROM User WHERE Id = '" + id("005", 9) + "'"
	if got := values(query(t, newCatalog(), deleted, all), "Name"); got != "Zoe" {
		t.Errorf("queryAll by id: got %s, want Zoe", got)
	}
	if got := values(query(t, newCatalog(), deleted, options), "Name"); got != "" {
		t.Errorf("query: got %s, want nothing", got)
	}
	abroad := options
	abroad.Now = at("2026-03-01T01:00:00Z").In(time.FixedZone("", -5*60*60)) // still February there, but days are UTC's
	if got := values(query(t, newCatalog(), "SELECT Name FROM User WHERE CreatedDate = THIS_MONTH", abroad), "Name"); got != "Ann, Bob O'Neil 100%" {
		t.Errorf("this month abroad: got %s, want Ann and Bob", got)
	}
	tooling := options
	tooling.Tooling = true
	got, err := json.Marshal(query(t, newCatalog(), "SELECT Metadata FROM Flow WHERE FullName = 'One'", tooling).Records)
	want := `[{"attributes":{"type":"Flow","url":"/services/data/v68.0/tooling/sobjects/Flow/` + id("301", 1) + `"},"Metadata":{"label":"One"}}]`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

func TestRecordValue(t *testing.T) {
	t.Parallel()
	record := query(t, newCatalog(), "SELECT Name, Profile.Name, (SELECT Name FROM PermissionSetLicenseAssignments) FROM User LIMIT 1", options).Records[0]
	if got := record.Type(); got != "User" {
		t.Errorf("type: got %s, want User", got)
	}
	if got := record.Value("profile.name"); got != "System Administrator" {
		t.Errorf("parent: got %v, want System Administrator", got)
	}
	for _, path := range []string{"Nope", "Name.Nope", "Profile.Nope"} {
		if got := record.Value(path); got != nil {
			t.Errorf("%s: got %v, want nil", path, got)
		}
	}
	children, ok := record.Value("PermissionSetLicenseAssignments").(Children)
	if !ok || len(children) != 2 || children[1].Value("Name") != "second" {
		t.Errorf("children: got %v, want two", children)
	}
}

func TestAggregated(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"SELECT Id FROM user":                   false,
		"SELECT COUNT() FROM user":              false,
		"SELECT COUNT(Id) FROM user":            true,
		"SELECT Name FROM user GROUP BY Name":   true,
		"SELECT (SELECT Id FROM Kin) FROM user": false,
	}
	for statement, want := range tests {
		parsed, err := Parse(statement)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.Aggregated(); got != want || parsed.Object() != "user" {
			t.Errorf("%s: got %v on %s, want %v", statement, got, parsed.Object(), want)
		}
	}
}

func TestFullID(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"a0BA0000000L2ZC":    "a0BA0000000L2ZCMA0",
		"001D000000INjVe":    "001D000000INjVeIAL",
		"70130000001tcyI":    "70130000001tcyIAAQ",
		"005x00000012Q9P":    "005x00000012Q9PAAU",
		"005x00000012Q9PAAU": "005x00000012Q9PAAU",
		"005x00000012Q9Paau": "005x00000012Q9PAAU",
	}
	for given, want := range tests {
		if got, ok := fullID(given); !ok || got != want {
			t.Errorf("%s: got %s, %v, want %s", given, got, ok, want)
		}
	}
	for _, given := range []string{"", "005", "005x00000012Q9PAAA", "005x00000012Q9", "005x0000001-Q9P", "005x00000012Q9PA"} {
		if _, ok := fullID(given); ok {
			t.Errorf("%s passes for an id", given)
		}
	}
}
