package sfmock

import (
	"net/http"
	"net/url"
	"testing"
)

// Least privilege shows: an object that an integration was not granted does not exist for it.
func TestObjectsNeedReadAccess(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	profile := o.Find("Profile", "Name", "Minimum Access - API Only Integrations")["Id"]
	user, err := o.Insert("User", map[string]any{
		"Username": "sync@example.com", "LastName": "Sync", "Email": "sync@example.com", "Alias": "sync", "TimeZoneSidKey": "GMT", "LocaleSidKey": "en_US",
		"EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US", "ProfileId": profile,
	})
	if err != nil {
		t.Fatal(err)
	}
	w := client(t, o)
	w.token = w.tokenOf(o, "sync@example.com")
	ask := func(statement string) int {
		status, _, _ := w.do(http.MethodGet, "/services/data/v68.0/query?q="+url.QueryEscape(statement), "")
		return status
	}
	const accounts = "SELECT Name FROM Account"
	if status := ask(accounts); status != http.StatusBadRequest {
		t.Errorf("without any grant the answer is %d", status)
	}
	set, err := o.Insert("PermissionSet", map[string]any{"Name": "Reader", "Label": "Reader"})
	if err != nil {
		t.Fatal(err)
	}
	for _, grant := range []struct {
		object string
		values map[string]any
	}{
		{"PermissionSetLicenseAssign", map[string]any{"AssigneeId": user, "PermissionSetLicenseId": o.Find("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl")["Id"]}},
		{"ObjectPermissions", map[string]any{"ParentId": set, "SobjectType": "Account", "PermissionsRead": true}},
		{"PermissionSetAssignment", map[string]any{"AssigneeId": user, "PermissionSetId": set}},
	} {
		if _, err := o.Insert(grant.object, grant.values); err != nil {
			t.Fatal(err)
		}
	}
	if status := ask(accounts); status != http.StatusOK {
		t.Errorf("with read access to accounts the answer is %d", status)
	}
	if status := ask("SELECT LastName FROM Contact"); status != http.StatusBadRequest {
		t.Errorf("contacts were not granted, but the answer is %d", status)
	}
	if status, _, _ := w.do(http.MethodGet, "/services/data/v68.0/sobjects/Contact/describe", ""); status != http.StatusNotFound {
		t.Errorf("the description of contacts answers %d", status)
	}
}

func TestProfileFilteringHidesProfiles(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	const profiles = "SELECT Id FROM Profile WHERE Name IN ('System Administrator', 'Standard User')"
	sam := r.as(robot)
	r.equal(sam.count(profiles), 2)
	s.wants(`<updateMetadata><metadata xsi:type="UserManagementSettings"><fullName>UserManagement</fullName><enableProfileFiltering>true</enableProfileFiltering></metadata></updateMetadata>`, 200, savedXML("updateMetadata", "UserManagement"))
	r.equal(sam.count(profiles), 1)
	r.equal(r.count(profiles), 2)
}
