package soql

import (
	"strings"
	"testing"
)

// TestWhere selects user names by one condition each, in the order of the ids.
func TestWhere(t *testing.T) {
	t.Parallel()
	const ann, bob, cy = "Ann", "Bob O'Neil 100%", "cy"
	everybody := []string{ann, bob, cy}
	tests := []struct {
		where string
		names []string
	}{
		{`Name = 'ANN'`, []string{ann}},
		{`name = 'ann' AND isactive = TRUE`, []string{ann}},
		{`Name != 'ann'`, []string{bob, cy}},
		{`Name <> 'ann'`, []string{bob, cy}},
		{`Name > 'ann'`, []string{bob, cy}},
		{`Name >= 'bob'`, []string{bob, cy}},
		{`Name < 'cy'`, []string{ann, bob}},
		{`Name LIKE 'a%'`, []string{ann}},
		{`Name LIKE '_Y'`, []string{cy}},
		{`Name LIKE 'a'`, nil},
		{`Name LIKE '%100\%'`, []string{bob}},
		{`Name LIKE '%100\_'`, nil},
		{`Name LIKE 'bob o\'neil%'`, []string{bob}},
		{`Name LIKE '%.%'`, nil},
		{`Name = 'Bob O\'Neil 100%'`, []string{bob}},
		{`Name = '\u0041nn'`, []string{ann}},
		{`Name IN ('ann', 'CY', 'nobody')`, []string{ann, cy}},
		{`Name NOT IN ('ann')`, []string{bob, cy}},
		{`NOT Name = 'ann'`, []string{bob, cy}},
		{`NOT (Name = 'ann' OR Name = 'cy')`, []string{bob}},
		{`IsActive = false`, []string{cy}},
		{`IsActive != false`, []string{ann, bob}},
		{`IsActive IN (TRUE, FALSE)`, everybody},
		{`IsActive = true AND (NOT Name LIKE 'b%')`, []string{ann}},
		{`(Name = 'ann' AND IsActive = true) OR Name = 'cy'`, []string{ann, cy}},
		{`((Name = 'ann'))`, []string{ann}},
		{`Level__c = 5`, []string{ann}},
		{`Level__c > 2.4 AND Level__c <= 2.5`, []string{cy}},
		{`Level__c > -1`, []string{ann, cy}},
		{`Level__c != 5`, []string{bob, cy}},  // nulls match !=
		{`Level__c < 100`, []string{ann, cy}}, // and nothing else
		{`Level__c <= 100`, []string{ann, cy}},
		{`Level__c >= 0`, []string{ann, cy}},
		{`CreatedDate = NEXT_N_DAYS:1`, nil},
		{`ManagerId IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`, []string{bob, cy}},
		{`ManagerId NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`, []string{ann}}, // the null assignee is no match
		{`Level__c = null`, []string{bob}},
		{`Level__c != NULL`, []string{ann, cy}},
		{`Level__c > null`, nil},
		{`Level__c IN (5, null)`, []string{ann, bob}},
		{`Level__c NOT IN (5)`, []string{bob, cy}},
		{`Logins__c = 10.0`, []string{ann}},
		{`Token__c = 'abc'`, []string{cy}}, // case sensitive
		{`Token__c LIKE 'A%'`, []string{ann}},
		{`Token__c = ''`, []string{bob}}, // '' is null
		{`Birthday__c = 1990-05-17`, []string{ann}},
		{`Birthday__c > 1990-05-17`, []string{bob}},
		{`Birthday__c = TOMORROW`, []string{bob}},
		{`Birthday__c = NEXT_N_DAYS:1`, []string{bob}},
		{`Birthday__c = THIS_YEAR`, []string{bob}},
		{`CreatedDate = TODAY`, []string{ann}},
		{`CreatedDate != TODAY`, []string{bob, cy}},
		{`CreatedDate = yesterday`, []string{bob}},
		{`CreatedDate < TODAY`, []string{bob, cy}},
		{`CreatedDate <= TODAY`, everybody},
		{`CreatedDate > YESTERDAY`, []string{ann}},
		{`CreatedDate >= YESTERDAY`, []string{ann, bob}},
		{`CreatedDate IN (TODAY, YESTERDAY)`, []string{ann, bob}},
		{`CreatedDate = N_DAYS_AGO:1`, []string{bob}},
		{`CreatedDate = LAST_N_DAYS:1`, []string{ann, bob}},
		{`CreatedDate = LAST_N_DAYS:14`, []string{ann, bob, cy}},
		{`CreatedDate = LAST_N_DAYS:13`, []string{ann, bob}},
		{`CreatedDate = THIS_MONTH`, []string{ann, bob}},
		{`CreatedDate = LAST_MONTH`, []string{cy}},
		{`CreatedDate = 2026-03-13T00:00:00Z`, []string{bob}},
		{`CreatedDate = 2026-03-13T01:00:00+01:00`, []string{bob}},
		{`CreatedDate = 2026-03-13T01:00:00.000+0100`, []string{bob}},
		{`CreatedDate > 2026-03-13t00:00:00.000z`, []string{ann}},
		{`Skills__c INCLUDES ('go')`, []string{ann}},
		{`Skills__c INCLUDES ('Go;SOQL')`, []string{ann}},
		{`Skills__c INCLUDES ('Go;SOQL', 'SOQL')`, []string{ann, bob}},
		{`Skills__c EXCLUDES ('Go')`, []string{bob, cy}},
		{`Skills__c = 'SOQL'`, []string{bob}},
		{`ProfileId = '` + id("00e", 2) + `'`, []string{cy}},
		{`ProfileId = '` + id("00e", 2)[:15] + `'`, []string{cy}},
		{`ManagerId = ''`, []string{ann}},
		{`ManagerId != '` + id("005", 2) + `'`, everybody},
		{`Id = '` + id("005", 2)[:15] + `'`, []string{bob}},
		{`Id > '` + id("005", 1) + `'`, []string{bob, cy}},
		{`Id IN ('` + id("005", 3) + `', '` + id("005", 1)[:15] + `', '` + id("005", 77) + `')`, []string{ann, cy}},
		{`Profile.Name = 'minimum access'`, []string{cy}},
		{`Profile.UserLicense.Name = 'Salesforce'`, []string{ann, bob}},
		{`Manager.Name = 'Ann'`, []string{bob, cy}},
		{`Manager.Name = null`, []string{ann}}, // through a null look-up
		{`Manager.Profile.Name != 'x'`, everybody},
		{`User.Name = 'Ann'`, []string{ann}},
		{`Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`, []string{ann, bob}},
		{`Id NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`, []string{cy}},
		{`Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign WHERE Name LIKE 's%')`, []string{ann}},
		{`IsActive = true AND Id NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign WHERE Name = 'third')`, []string{ann}},
		{`ProfileId IN (SELECT Id FROM Profile WHERE UserLicense.Name = 'Salesforce')`, []string{ann, bob}},
	}
	for _, test := range tests {
		t.Run(test.where, func(t *testing.T) {
			t.Parallel()
			result := query(t, newCatalog(), "SELECT Name FROM User WHERE "+test.where, options)
			if got := values(result, "Name"); got != strings.Join(test.names, ", ") {
				t.Errorf("got %s, want %s", got, strings.Join(test.names, ", "))
			}
		})
	}
}

// TestRowsByID makes sure that pinned ids are looked up, not searched for.
func TestRowsByID(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ scans, size int }{
		`Id = '` + id("005", 1) + `'`: {0, 1},
		`Id IN ('` + id("005", 1) + `', '` + id("005", 2) + `') AND Name = 'ann'`: {0, 1},
		`Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`:               {0, 2},
		`Id = '` + id("005", 1) + `' OR Name = 'cy'`:                              {1, 2},
		`NOT Id = '` + id("005", 1) + `'`:                                         {1, 2},
		`ManagerId = '` + id("005", 1) + `'`:                                      {1, 2},
		`Manager.Id = '` + id("005", 1) + `'`:                                     {1, 2},
		`Id != '` + id("005", 1) + `'`:                                            {1, 2},
	}
	for where, want := range tests {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			c := newCatalog()
			result := query(t, c, "SELECT Id FROM User WHERE "+where, options)
			if got := c["user"].scans; got != want.scans || result.TotalSize != want.size {
				t.Errorf("got %d scans and %d rows, want %+v", got, result.TotalSize, want)
			}
		})
	}
}
