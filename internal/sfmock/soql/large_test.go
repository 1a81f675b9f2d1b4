package soql

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestLargeTables bounds the work on tables of 10,000 rows: what grew with the square of
// that would take minutes.
func TestLargeTables(t *testing.T) {
	t.Parallel()
	const size = 10_000
	c := newCatalog()
	users, assignments := c["user"], c["permissionsetlicenseassign"]
	var names []string
	for n := range size {
		users.insert(testRow{"Id": id("005", 100+n), "Name": fmt.Sprintf("user %d", n), "ProfileId": id("00e", 1), "ManagerId": id("005", 100+n/2)})
		assignments.insert(testRow{"Id": id("2LA", 100+n), "AssigneeId": id("005", 100+n), "Name": "a"})
		if n < 2000 {
			names = append(names, fmt.Sprintf("'user %d'", n))
		}
	}
	list := strings.Join(names, ",")
	tests := map[string]int{
		"SELECT Id FROM User WHERE Name IN (" + list + ")":                                                          2000,
		"SELECT Id, Manager.Name FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetLicenseAssign)":         size + 2,
		"SELECT Id, (SELECT Id FROM PermissionSetLicenseAssignments) FROM User ORDER BY Manager.Name, Name":         size + 3,
		"SELECT ManagerId, COUNT(Id), COUNT_DISTINCT(Name) FROM User GROUP BY ManagerId HAVING COUNT(Id) >= 1":      size/2 + 2,
		"SELECT Id FROM User WHERE Name LIKE '%9%' OR Name LIKE '%user%' ORDER BY Name DESC, Id LIMIT 100 OFFSET 7": 100,
	}
	started := time.Now()
	for statement, want := range tests {
		if got := query(t, c, statement, options).TotalSize; got != want {
			t.Errorf("%s: got %d rows, want %d", shortened(statement), got, want)
		}
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}
