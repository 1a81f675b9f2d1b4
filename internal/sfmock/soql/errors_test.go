package soql

import (
	"errors"
	"strings"
	"testing"
)

const (
	customField  = " If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
	customEntity = " If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
	customParent = " If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
)

// refusal parses and runs a statement that must fail.
func refusal(t *testing.T, statement string, o Options) *Error {
	t.Helper()
	parsed, err := Parse(statement)
	if err == nil {
		_, err = parsed.Run(newCatalog(), o)
	}
	var refused *Error
	if !errors.As(err, &refused) {
		t.Fatalf("%s: got %v, want an *Error", statement, err)
	}
	return refused
}

// TestMessages compares whole messages with what Salesforce answers.
func TestMessages(t *testing.T) {
	t.Parallel()
	tests := []struct{ statement, code, message string }{
		{
			"SELECT Naem FROM User", "INVALID_FIELD",
			"\nSELECT Naem FROM User\n       ^\nERROR at Row:1:Column:8\nNo such column 'Naem' on entity 'User'." + customField,
		},
		{
			"SELECT Id, Profile.Naem FROM User", "INVALID_FIELD",
			"\nSELECT Id, Profile.Naem FROM User\n           ^\nERROR at Row:1:Column:12\nNo such column 'Naem' on entity 'Profile'." + customField,
		},
		{
			"SELECT Id FROM Nope__c", "INVALID_TYPE",
			"\nSELECT Id FROM Nope__c\n               ^\nERROR at Row:1:Column:16\nsObject type 'Nope__c' is not supported." + customEntity,
		},
		{
			"SELECT Id,\n  Team.Name\nFROM User", "INVALID_FIELD",
			"\n  Team.Name\n  ^\nERROR at Row:2:Column:3\nDidn't understand relationship 'Team' in field path." + customParent,
		},
		{
			"SELECT Id, (SELECT Id FROM Contacts) FROM User", "INVALID_TYPE",
			"\nSELECT Id, (SELECT Id FROM Contacts) FROM User\n                           ^\nERROR at Row:1:Column:28\n" +
				"Didn't understand relationship 'Contacts' in FROM part of query call." + customParent,
		},
		{ // the excerpt is 30 characters to either side, widened to whole tokens
			"SELECT Id, DeveloperName FROM Group WHERE DeveloperName = 3999 AND Name = 'something that is quite long'", "INVALID_FIELD",
			"\nDeveloperName FROM Group WHERE DeveloperName = 3999 AND Name =\n                               ^\nERROR at Row:1:Column:43\n" +
				"value of filter criterion for field 'DeveloperName' must be of type string and should be enclosed in quotes",
		},
		{
			"SELECT Id FROM User WHERE Id = 'ZZZ'", "INVALID_QUERY_FILTER_OPERATOR",
			"\nSELECT Id FROM User WHERE Id = 'ZZZ'\n                          ^\nERROR at Row:1:Column:27\ninvalid ID field: ZZZ",
		},
		{
			"SELECT Id FROM User WHERE IsActive = 'true'", "INVALID_FIELD",
			"\nSELECT Id FROM User WHERE IsActive = 'true'\n                          ^\nERROR at Row:1:Column:27\n" +
				"value of filter criterion for field 'IsActive' must be of type boolean and should not be enclosed in quotes",
		},
		{
			"SELECT Id FROM UserLicense WHERE UsedLicenses > 1", "INVALID_FIELD",
			"\nSELECT Id FROM UserLicense WHERE UsedLicenses > 1\n                                 ^\nERROR at Row:1:Column:34\nfield 'UsedLicenses' can not be filtered in a query call",
		},
		{
			"SELECT Id FROM User WHERE Name = 'a' AND IsActive = true OR Name = 'b'", "MALFORMED_QUERY",
			"\nName = 'a' AND IsActive = true OR Name = 'b'\n                               ^\nERROR at Row:1:Column:58\nunexpected token: 'OR'",
		},
		{ // a comma ends a token, too, and 30 characters are just enough for Username
			"SELECT Name,Username,IsActive,CreatedDate,Naem,ManagerId FROM User", "INVALID_FIELD",
			"\nUsername,IsActive,CreatedDate,Naem,ManagerId FROM User\n                              ^\nERROR at Row:1:Column:43\n" +
				"No such column 'Naem' on entity 'User'." + customField,
		},
		{ // columns count characters
			"SELECT Id FROM User WHERE Name = 'é' AND Naem = 1", "INVALID_FIELD",
			"\nFROM User WHERE Name = 'é' AND Naem = 1\n                               ^\nERROR at Row:1:Column:42\n" +
				"No such column 'Naem' on entity 'User'." + customField,
		},
		{"SELECT Id FROM User WHERE", "MALFORMED_QUERY", "unexpected token: '<EOF>'"},
		{"SELECT Id, Id FROM User", "INVALID_FIELD", "duplicate field selected: Id"},
		{"SELECT Id FROM User LIMIT 5 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"},
		{"SELECT FIELDS(ALL) FROM User", "MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200"},
		{"SELECT Id from $user WHERE IsActive = false", "MALFORMED_QUERY", "line 1:15 unexpected token: '$'"},
		{" ", "MALFORMED_QUERY", "A query string has to be specified"},
	}
	for _, test := range tests {
		t.Run(test.statement, func(t *testing.T) {
			t.Parallel()
			refused := refusal(t, test.statement, options)
			if refused.Code != test.code || refused.Message != test.message {
				t.Errorf("got %s: %s\nwant %s: %s", refused.Code, refused.Message, test.code, test.message)
			}
		})
	}
}

// TestRefusals looks only at the code and the last line of the message.
func TestRefusals(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxStringLiteral+1)
	tests := []struct{ statement, code, reason string }{
		// syntax
		{"SELECT Id FORM User", malformedQuery, "unexpected token: 'User'"},
		{"SELECT FROM User", malformedQuery, "unexpected token: 'SELECT FROM'"},
		{"SELECT Id, FROM User", malformedQuery, "unexpected token: 'FROM'"},
		{"DELETE FROM User", malformedQuery, "unexpected token: 'DELETE'"},
		{"SELECT Id FROM User;", malformedQuery, "line 1:19 unexpected token: ';'"},
		{"SELECT Id FROM User WHERE Name = \"ann\"", malformedQuery, `line 1:33 unexpected token: '"'`},
		{"SELECT Id FROM User WHERE Name = 'ann", malformedQuery, "line 1:33 mismatched character '<EOF>' expecting '''"},
		{"SELECT Id FROM User WHERE Name = 'a\nb'", malformedQuery, "line breaks not allowed in string literals"},
		{"SELECT Id FROM User WHERE Name = 'O'Brien'", malformedQuery, "line 1:41 mismatched character '<EOF>' expecting '''"},
		{"SELECT Id FROM User WHERE Name IS NULL", malformedQuery, "unexpected token: 'IS'"},
		{"SELECT Id FROM User WHERE Name = 'a' 'b'", malformedQuery, "unexpected token: ''b''"},
		{"SELECT Id FROM User WHERE Name = Username", malformedQuery, "unexpected token: 'Username'"},
		{"SELECT Id FROM User WHERE Name = :name", malformedQuery, "Bind variables only allowed in Apex code"},
		{"SELECT Id FROM User WHERE Name IN :names", malformedQuery, "Bind variables only allowed in Apex code"},
		{"SELECT Id FROM User WHERE Name IN ()", malformedQuery, "unexpected token: 'Name IN ()'"},
		{"SELECT Id FROM User WHERE Name IN 'a'", malformedQuery, "unexpected token: ''a''"},
		{"SELECT Id FROM User WHERE Name LIKE NULL", malformedQuery, "unexpected token: 'NULL'"},
		{"SELECT Id FROM User WHERE Name LIKE 5", malformedQuery, "unexpected token: '5'"},
		{"SELECT Id FROM User WHERE (Name = 'a'", malformedQuery, "unexpected token: '<EOF>'"},
		{"SELECT Id FROM User WHERE Name = 'a')", malformedQuery, "unexpected token: ')'"},
		{"SELECT Id FROM User WHERE Name = 'a' OR Name = 'b' AND Name = 'c'", malformedQuery, "unexpected token: 'AND'"},
		{"SELECT Id FROM User WHERE Name = 'a' AND NOT (Name = 'b')", malformedQuery, "unexpected token: 'NOT'"},
		{"SELECT Id FROM User WHERE NOT Name = 'a' AND Name = 'b'", malformedQuery, "unexpected token: 'AND'"},
		{"SELECT Id FROM User WHERE COUNT(Id) > 1", malformedQuery, "unexpected token: '('"},
		{"SELECT Id FROM User WHERE CreatedDate = SOMEDAY", malformedQuery, "unexpected token: 'SOMEDAY'"},
		{"SELECT Id FROM User WHERE CreatedDate = TODAY:1", malformedQuery, "unexpected token: 'TODAY'"},
		{"SELECT Id FROM User WHERE CreatedDate = LAST_N_DAYS:-1", malformedQuery, "unexpected token: '-1'"},
		{"SELECT Id FROM User WHERE CreatedDate = LAST_N_DAYS", malformedQuery, "unexpected token: 'LAST_N_DAYS'"},
		{"SELECT Id FROM User WHERE CreatedDate > 2020-12-12t12:12:00-25:00", malformedQuery, "Invalid datetime: 2020-12-12t12:12:00-25:00"},
		{"SELECT Id FROM User WHERE CreatedDate > 2020-12-12T12:12:00", malformedQuery, "Invalid datetime: 2020-12-12T12:12:00"},
		{"SELECT Id FROM User WHERE Birthday__c > 2020-52-12", malformedQuery, "Invalid date: 2020-52-12"},
		{"SELECT toLabel(Name) FROM User", malformedQuery, "unexpected token: '('"},
		{"SELECT FIELDS(SOME) FROM User", malformedQuery, "unexpected token: 'SOME'"},
		{"SELECT Profile..Name FROM User", malformedQuery, "unexpected token: 'Profile..Name'"},
		{"SELECT Id FROM User LIMIT -1", malformedQuery, "unexpected token: '-1'"},
		{"SELECT Id FROM User LIMIT 1.5", malformedQuery, "unexpected token: '1.5'"},
		{"SELECT Id FROM User LIMIT ten", malformedQuery, "unexpected token: 'ten'"},
		{"SELECT Id FROM User OFFSET 1 LIMIT 1", malformedQuery, "unexpected token: 'LIMIT'"},
		{"SELECT Id FROM User ORDER BY Name WHERE Name = 'a'", malformedQuery, "unexpected token: 'WHERE'"},
		{"SELECT Id FROM User ORDER BY Name NULLS", malformedQuery, "unexpected token: '<EOF>'"},
		{"SELECT Id FROM User USING everything", malformedQuery, "unexpected token: 'everything'"},
		{"SELECT Id FROM User USING SCOPE somewhere", malformedQuery, "unexpected token: 'somewhere'"},
		{"SELECT Id FROM User WITH LOVE", malformedQuery, "unexpected token: 'LOVE'"},
		{"SELECT Id FROM User FOR FREE", malformedQuery, "unexpected token: 'FREE'"},
		{"SELECT Id, (SELECT Id FROM ManagedUsers FOR VIEW) FROM User", malformedQuery, "unexpected token: 'FOR'"},
		{"SELECT Id FROM User UPDATE NOTHING", malformedQuery, "unexpected token: 'NOTHING'"},
		{"SELECT Id FROM User ALL ROWS", malformedQuery, "ALL ROWS not allowed in this context"},
		{"SELECT COUNT(), Id FROM User", malformedQuery, "unexpected token: ','"},
		{"SELECT Id, COUNT() FROM User", malformedQuery, "unexpected token: ')'"},
		{"SELECT COUNT() FROM User ORDER BY Name", malformedQuery, "unexpected token: 'ORDER'"},
		{"SELECT Name FROM User HAVING COUNT(Id) > 1", malformedQuery, "unexpected token: 'HAVING'"},
		{`SELECT Id FROM User WHERE Name = 'a\z'`, malformedQuery, `Invalid string literal 'a\z'. Illegal character sequence '\z' in string literal.`},
		{`SELECT Id FROM User WHERE Name = 'a\%'`, malformedQuery, `Invalid string literal 'a\%'. Illegal character sequence '\%' in string literal.`},
		{`SELECT Id FROM User WHERE Name LIKE '\u12'`, malformedQuery, `Invalid string literal '\u12'. Illegal character sequence '\u12' in string literal.`},
		// limits
		{"SELECT Id FROM User WHERE Name = '" + long + "'", malformedQuery, "string literal exceeds the maximum length of 4000 characters"},
		{"SELECT Id FROM User " + strings.Repeat(" ", maxStatement), malformedQuery, "SOQL statements cannot be longer than 100000 characters."},
		{"SELECT Id" + strings.Repeat(", (SELECT Id FROM ManagedUsers)", 21) + " FROM User", malformedQuery, "SOQL statements cannot have more than 20 sub-queries."},
		{
			"SELECT " + strings.Repeat("(SELECT ", 5) + "Id" + strings.Repeat(" FROM ManagedUsers)", 5) + " FROM User", malformedQuery,
			"SOQL statements cannot query aggregate relationships more than 4 levels away from the root entity object.",
		},
		{
			"SELECT " + strings.Repeat("Manager.", 6) + "Id FROM User", invalidField,
			"SOQL statements cannot query parent relationships more than 5 levels away from the root entity object.",
		},
		{
			"SELECT Id FROM User WHERE " + strings.Repeat("(", 9999), tooComplicated,
			"Query is either selecting too many fields or the filter conditions are too complicated.",
		},
		{"SELECT FIELDS(CUSTOM) FROM User LIMIT 201", malformedQuery, "The SOQL FIELDS function must have a LIMIT of at most 200"},
		{"SELECT Id, (SELECT FIELDS(ALL) FROM ManagedUsers) FROM User", malformedQuery, "The SOQL FIELDS function must have a LIMIT of at most 200"},
		// names
		{"SELECT Id, FIELDS(STANDARD) FROM User", invalidField, "duplicate field selected: Id"},
		{"SELECT Profile.Name, profile.name FROM User", invalidField, "duplicate field selected: profile.name"},
		{"SELECT (SELECT Id FROM ManagedUsers), (SELECT Name FROM ManagedUsers) FROM User", invalidField, "duplicate field selected: ManagedUsers"},
		{"SELECT Name n FROM User", malformedQuery, "only aggregate expressions use field aliasing"},
		{"SELECT Owner.Username2 FROM Case", invalidField, "No such column 'Username2' on entity 'User'." + customField},
		{"SELECT Id FROM User ORDER BY Nope", invalidField, "No such column 'Nope' on entity 'User'." + customField},
		{"SELECT Id FROM User WHERE Profile.Nope = 'a'", invalidField, "No such column 'Nope' on entity 'Profile'." + customField},
		// types
		{"SELECT Id FROM User WHERE IsActive = 1", invalidField, "value of filter criterion for field 'IsActive' must be of type boolean and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE IsActive LIKE 't%'", invalidField, "value of filter criterion for field 'IsActive' must be of type boolean and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Level__c IN (1, '2')", invalidField, "value of filter criterion for field 'Level__c' must be of type double and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Logins__c = true", invalidField, "value of filter criterion for field 'Logins__c' must be of type int and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Name = true", invalidField, "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Name = TODAY", invalidField, "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes"},
		{"SELECT Id FROM User WHERE ProfileId = 5", invalidField, "value of filter criterion for field 'ProfileId' must be of type ID and should be enclosed in quotes"},
		{"SELECT Id FROM User WHERE CreatedDate = '2026-01-01'", invalidField, "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE CreatedDate = 2026-01-01", invalidField, "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Birthday__c = 2026-01-01T00:00:00Z", invalidField, "value of filter criterion for field 'Birthday__c' must be of type date and should not be enclosed in quotes"},
		{"SELECT Id FROM User WHERE Id LIKE '005%'", invalidOperator, "invalid operator on id field"},
		{"SELECT Id FROM User WHERE Skills__c LIKE 'G%'", invalidOperator, "invalid operator on multipicklist field"},
		{"SELECT Id FROM User WHERE Name INCLUDES ('a')", invalidOperator, "invalid operator on string field"},
		{"SELECT Id FROM User WHERE IsActive > false", invalidOperator, "invalid operator on boolean field"},
		{"SELECT Id FROM User WHERE Id = '" + id("005", 1)[:15] + "ABC'", invalidOperator, "invalid ID field: " + id("005", 1)[:15] + "ABC"},
		{"SELECT Id FROM User WHERE About__c != null", invalidField, "field 'About__c' can not be filtered in a query call"},
		{"SELECT Id FROM LoginHistory WHERE Status = 'Success'", invalidField, "field 'Status' can not be filtered in a query call"},
		{"SELECT Id FROM User ORDER BY Bytes__c", malformedQuery, "field 'Bytes__c' can not be sorted in a query call"},
		{"SELECT About__c FROM User GROUP BY About__c", malformedQuery, "field 'About__c' can not be grouped in a query call"},
		// semi-joins
		{"SELECT Id FROM User WHERE Name IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)", malformedQuery, "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'"},
		{"SELECT Id FROM User WHERE Id IN (SELECT Name FROM PermissionSetLicenseAssign)", malformedQuery, "semi join sub-selects can only query id fields, cannot use: 'Name'"},
		{"SELECT Id FROM User WHERE Id IN (SELECT ManagerId FROM User)", malformedQuery, "The inner and outer selects should not be on the same object type"},
		{"SELECT Id FROM User WHERE Id IN (SELECT Id, Name FROM Profile)", malformedQuery, "unexpected token: ','"},
		{"SELECT Id FROM User WHERE Id IN (SELECT Id FROM Profile LIMIT 1)", malformedQuery, "unexpected token: 'LIMIT'"},
		{"SELECT Id FROM User WHERE Id IN (SELECT Id FROM Nope)", invalidType, "sObject type 'Nope' is not supported." + customEntity},
		{"SELECT Id FROM User WHERE Name = 'a' OR Id IN (SELECT Id FROM Profile)", malformedQuery, "Semi join sub-selects are not allowed with the 'OR' operator"},
		{
			"SELECT Id FROM User WHERE (Name = 'a' AND Id IN (SELECT Id FROM Profile)) AND Name = 'b'", malformedQuery,
			"Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
		},
		{
			"SELECT Id FROM User WHERE Id IN (SELECT Id FROM Profile WHERE UserLicenseId IN (SELECT Id FROM UserLicense))", malformedQuery,
			"Nesting of semi join sub-selects is not supported",
		},
		{
			"SELECT Id FROM User WHERE " + strings.Repeat("Id IN (SELECT Id FROM Profile) AND ", 2) + "Id IN (SELECT Id FROM Profile)",
			tooManySemiJoins, "Maximum 2 semi join sub-selects are allowed",
		},
		// aggregates
		{"SELECT Name, COUNT(Id) FROM User", malformedQuery, "Field must be grouped or aggregated: Name"},
		{"SELECT COUNT(Id) FROM User GROUP BY Name ORDER BY Username", malformedQuery, "Ordered field must be grouped or aggregated: Username"},
		{"SELECT Name, COUNT(Name) FROM User GROUP BY Name", malformedQuery, "Grouped field should not be aggregated: Name"},
		{"SELECT SUM(Name) FROM User", malformedQuery, "field Name does not support aggregate operator SUM"},
		{"SELECT COUNT(IsActive) FROM User", malformedQuery, "field IsActive does not support aggregate operator COUNT"},
		{"SELECT COUNT(About__c) FROM User", malformedQuery, "field About__c does not support aggregate operator COUNT"},
		{"SELECT COUNT(Id) n, MAX(Name) N FROM User", malformedQuery, "duplicate alias: N"},
		{"SELECT Name, Profile.Name, COUNT(Id) FROM User GROUP BY Name, Profile.Name", malformedQuery, "duplicate alias: Name"},
		{"SELECT MAX(Name) FROM User LIMIT 1", malformedQuery, "Non-grouped query that uses overall aggregate functions cannot also use LIMIT"},
		{"SELECT Id, (SELECT COUNT(Id) FROM ManagedUsers) FROM User", malformedQuery, "only root queries support aggregate expressions"},
		{"SELECT COUNT(Id), (SELECT Id FROM ManagedUsers) FROM User", malformedQuery, "Grouped queries can only select grouped fields and aggregate expressions"},
	}
	for _, test := range tests {
		t.Run(shortened(test.statement), func(t *testing.T) {
			t.Parallel()
			refused := refusal(t, test.statement, options)
			lines := strings.Split(refused.Message, "\n")
			if got := lines[len(lines)-1]; refused.Code != test.code || got != test.reason {
				t.Errorf("got %s: %s\nwant %s: %s", refused.Code, got, test.code, test.reason)
			}
		})
	}
}

func shortened(statement string) string { return statement[:min(len(statement), 100)] }

func TestOneMetadataRowAtATime(t *testing.T) {
	t.Parallel()
	tooling := Options{Path: options.Path, Tooling: true}
	refused := refusal(t, "SELECT Metadata FROM Flow", tooling)
	if want := "When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: 2"; refused.Message != want {
		t.Errorf("got %s, want %s", refused.Message, want)
	}
	result := query(t, newCatalog(), "SELECT FullName FROM Flow LIMIT 1", tooling)
	if got := values(result, "FullName"); got != "One" {
		t.Errorf("got %s, want One", got)
	}
}
