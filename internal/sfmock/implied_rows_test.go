package sfmock

import (
	"net/http"
	"testing"
)

func TestModifyAllDataImpliesRows(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true`)
	rows := "SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Api_Client'"
	p.equal(p.count(rows), 1)
	if err := p.org.Update(p.set, map[string]any{"PermissionsModifyAllData": true, "PermissionsViewAllData": true}); err != nil {
		t.Fatal(err)
	}
	p.equal(p.count(rows), len(p.org.grantableObjects()))
	p.equal(p.count(rows+" AND PermissionsModifyAllRecords = true AND PermissionsDelete = true"), len(p.org.grantableObjects())-1)
	implied, _ := p.one(rows+" AND SobjectType = 'Lead'", "Id").(string)
	p.equal(implied, impliedID)
	p.ask("PATCH", "/sobjects/ObjectPermissions/"+implied, `{"PermissionsDelete":false}`, http.StatusBadRequest)
	p.equal(len(p.org.Records("ObjectPermissions")), p.count("SELECT Id FROM ObjectPermissions WHERE Id != '"+impliedID+"'"))
}
