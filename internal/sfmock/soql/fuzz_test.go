package soql

import (
	"errors"
	"testing"
)

// FuzzParse feeds anything to the parser, and what parses to the evaluator: neither may
// panic, and an error must be an *Error.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"SELECT Id, Profile.UserLicense.Name FROM User WHERE Name LIKE 'a\\%_%' AND (NOT IsActive = true) ORDER BY Name DESC NULLS LAST LIMIT 5 OFFSET 1",
		"SELECT COUNT() FROM User WHERE CreatedDate >= LAST_N_DAYS:30 OR Birthday__c = 1990-05-17",
		"SELECT Profile.Name, COUNT(Id) n FROM User u GROUP BY Profile.Name HAVING COUNT(Id) > 1 ORDER BY MAX(Name)",
		"SELECT Name, (SELECT Id FROM ManagedUsers LIMIT 1) FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)",
		"SELECT FIELDS(ALL) FROM User WHERE Skills__c INCLUDES ('Go;SOQL', 'x') LIMIT 200 FOR VIEW",
		"SELECT Owner.Name FROM Case USING SCOPE mine WHERE Level__c != null WITH USER_MODE",
		"SELECT Id FROM User WHERE Name = '\\u00e9\\n\\'' AND CreatedDate < 2026-03-13T01:00:00.5+0100",
		"SELECT\n\tNaem FROM User", "SELECT Id FROM User WHERE Name = 'é", "((((", "SELECT Id FROM Group GROUP BY Id",
	} {
		f.Add(seed)
	}
	catalog := newCatalog()
	f.Fuzz(func(t *testing.T, statement string) {
		parsed, err := Parse(statement)
		if err == nil {
			_, err = parsed.Run(catalog, options)
		}
		if refused := (*Error)(nil); err != nil && !errors.As(err, &refused) {
			t.Errorf("%T is not an *Error", err)
		}
	})
}
