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
	tests := map[string][]string{
		`Name = 'ANN'`:                             {ann},
		`name = 'ann' AND isactive = TRUE`:         {ann},
		`Name != 'ann'`:                            {bob, cy},
		`Name <> 'ann'`:                            {bob, cy},
		`Name > 'ann'`:                             {bob, cy},
		`Name >= 'bob'`:                            {bob, cy},
		`Name < 'cy'`:                              {ann, bob},
		`Name LIKE 'a%'`:                           {ann},
		`Name LIKE '_Y'`:                           {cy},
		`Name LIKE 'a'`:                            nil,
		`Name LIKE '%100\%'`:                       {bob},
		`Name LIKE '%100\_'`:                       nil,
		`Name LIKE 'bob o\'neil%'`:                 {bob},
		`Name LIKE '%.%'`:                          nil,
		`Name = 'Bob O\'Neil 100%'`:                {bob},
		`Name = '\u0041nn'`:                        {ann},
		`Name IN ('ann', 'CY', 'nobody')`:          {ann, cy},
		`Name NOT IN ('ann')`:                      {bob, cy},
		`NOT Name = 'ann'`:                         {bob, cy},
		`NOT (Name = 'ann' OR Name = 'cy')`:        {bob},
		`IsActive = false`:                         {cy},
		`IsActive != false`:                        {ann, bob},
		`IsActive IN (TRUE, FALSE)`:                everybody,
		`IsActive = true AND (NOT Name LIKE 'b%')`: {ann},
		`(Name = 'ann' AND IsActive = true) OR Name = 'cy'`: {ann, cy},
		`((Name = 'ann'))`:                   {ann},
		`Level__c = 5`:                       {ann},
		`Level__c > 2.4 AND Level__c <= 2.5`: {cy},
		`Level__c > -1`:                      {ann, cy},
		`Level__c != 5`:                      {bob, cy}, // nulls match !=
		`Level__c < 100`:                     {ann, cy}, // and nothing else
		`Level__c <= 100`:                    {ann, cy},
		`Level__c >= 0`:                      {ann, cy},
		`CreatedDate = NEXT_N_DAYS:1`:        nil,
		`ManagerId IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`:     {bob, cy},
		`ManagerId NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`: {ann}, // the null assignee is no match
		`Level__c = null`:                            {bob},
		`Level__c != NULL`:                           {ann, cy},
		`Level__c > null`:                            nil,
		`Level__c IN (5, null)`:                      {ann, bob},
		`Level__c NOT IN (5)`:                        {bob, cy},
		`Logins__c = 10.0`:                           {ann},
		`Token__c = 'abc'`:                           {cy}, // case sensitive
		`Token__c LIKE 'A%'`:                         {ann},
		`Token__c = ''`:                              {bob}, // '' is null
		`Birthday__c = 1990-05-17`:                   {ann},
		`Birthday__c > 1990-05-17`:                   {bob},
		`Birthday__c = TOMORROW`:                     {bob},
		`Birthday__c = NEXT_N_DAYS:1`:                {bob},
		`Birthday__c = THIS_YEAR`:                    {bob},
		`CreatedDate = TODAY`:                        {ann},
		`CreatedDate != TODAY`:                       {bob, cy},
		`CreatedDate = yesterday`:                    {bob},
		`CreatedDate < TODAY`:                        {bob, cy},
		`CreatedDate <= TODAY`:                       everybody,
		`CreatedDate > YESTERDAY`:                    {ann},
		`CreatedDate >= YESTERDAY`:                   {ann, bob},
		`CreatedDate IN (TODAY, YESTERDAY)`:          {ann, bob},
		`CreatedDate = N_DAYS_AGO:1`:                 {bob},
		`CreatedDate = LAST_N_DAYS:1`:                {ann, bob},
		`CreatedDate = LAST_N_DAYS:14`:               {ann, bob, cy},
		`CreatedDate = LAST_N_DAYS:13`:               {ann, bob},
		`CreatedDate = THIS_MONTH`:                   {ann, bob},
		`CreatedDate = LAST_MONTH`:                   {cy},
		`CreatedDate = 2026-03-13T00:00:00Z`:         {bob},
		`CreatedDate = 2026-03-13T01:00:00+01:00`:    {bob},
		`CreatedDate = 2026-03-13T01:00:00.000+0100`: {bob},
		`CreatedDate > 2026-03-13t00:00:00.000z`:     {ann},
		`Skills__c INCLUDES ('go')`:                  {ann},
		`Skills__c INCLUDES ('Go;SOQL')`:             {ann},
		`Skills__c INCLUDES ('Go;SOQL', 'SOQL')`:     {ann, bob},
		`Skills__c EXCLUDES ('Go')`:                  {bob, cy},
		`Skills__c = 'SOQL'`:                         {bob},
		`ProfileId = '` + id("00e", 2) + `'`:         {cy},
		`ProfileId = '` + id("00e", 2)[:15] + `'`:    {cy},
		`ManagerId = ''`:                             {ann},
		`ManagerId != '` + id("005", 2) + `'`:        everybody,
		`Id = '` + id("005", 2)[:15] + `'`:           {bob},
		`Id > '` + id("005", 1) + `'`:                {bob, cy},
		`Id IN ('` + id("005", 3) + `', '` + id("005", 1)[:15] + `', '` + id("005", 77) + `')`: {ann, cy},
		`Profile.Name = 'minimum access'`:                                                {cy},
		`Profile.UserLicense.Name = 'Salesforce'`:                                        {ann, bob},
		`Manager.Name = 'Ann'`:                                                           {bob, cy},
		`Manager.Name = null`:                                                            {ann}, // through a null look-up
		`Manager.Profile.Name != 'x'`:                                                    everybody,
		`User.Name = 'Ann'`:                                                              {ann},
		`Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`:                      {ann, bob},
		`Id NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)`:                  {cy},
		`Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign WHERE Name LIKE 's%')`: {ann},
		`IsActive = true AND Id NOT IN (SELECT AssigneeId FROM PermissionSetLicenseAssign WHERE Name = 'third')`: {ann},
		`ProfileId IN (SELECT Id FROM Profile WHERE UserLicense.Name = 'Salesforce')`:                            {ann, bob},
	}
	for where, want := range tests {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			result := query(t, newCatalog(), "SELECT Name FROM User WHERE "+where, options)
			if got := values(result, "Name"); got != strings.Join(want, ", ") {
				t.Errorf("got %s, want %s", got, strings.Join(want, ", "))
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
