package sfmock

import (
	"testing"
)

func TestProfiles(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	licence := s.id("UserLicense", "Name", "Salesforce Integration")
	_, err := s.try("Profile", map[string]any{"Name": "Robots"})
	refused(t, err, "REQUIRED_FIELD_MISSING", "UserLicenseId")
	_, err = s.try("Profile", map[string]any{"Name": "standard user", "UserLicenseId": licence})
	refused(t, err, "DUPLICATE_VALUE")
	_, err = s.try("Profile", map[string]any{"Name": "Robots", "UserLicenseId": licence, "PermissionsModifyAllData": true})
	refused(t, err, "FIELD_INTEGRITY_EXCEPTION")
	if want := "The user license doesn't allow the permission: Modify All Data"; err.Message != want {
		t.Errorf("message %q, want %q", err.Message, want)
	}

	robots := s.create("Profile", map[string]any{"Name": "Robots", "UserLicenseId": licence})
	for column, v := range s.org.Record(robots) {
		forced := column == "PermissionsApiEnabled" || column == "PermissionsApiUserOnly" || column == "PermissionsChatterInternalUser"
		if granted, isFlag := v.(bool); isFlag && granted != forced {
			t.Errorf("%s = %v at a new profile of the integration licence", column, v)
		}
	}
	refused(t, s.patch(robots, map[string]any{"PermissionsApiUserOnly": false}), "FIELD_INTEGRITY_EXCEPTION", "PermissionsApiUserOnly")
	refused(t, s.patch(robots, map[string]any{"UserLicenseId": s.id("UserLicense", "Name", "Salesforce")}), "INVALID_FIELD_FOR_INSERT_UPDATE", "UserLicenseId")
	refused(t, s.patch(robots, map[string]any{"Description": "Machines"}), "")

	set := s.org.Find("PermissionSet", "ProfileId", robots)
	if set == nil || set["IsOwnedByProfile"] != true {
		t.Fatalf("the profile's own set is %v", set)
	}
	user := s.create("User", s.user("robot@example.com", map[string]any{"ProfileId": robots, "IsActive": false}))
	refused(t, s.erase(robots), unsureInUseCode)
	refused(t, s.patch(user, map[string]any{"ProfileId": s.profile("Minimum Access - API Only Integrations")}), "")
	refused(t, s.erase(robots), "")
	if s.org.Record(set["Id"].(string)) != nil {
		t.Error("the set outlived its profile")
	}
}

func TestStandardProfilesStay(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	minimum := s.profile("Minimum Access - Salesforce")
	refused(t, s.erase(minimum), unsureStandardDeleteCode)
	refused(t, s.patch(minimum, map[string]any{"Name": "Mine"}), "FIELD_INTEGRITY_EXCEPTION", "Name")
}

func TestLicencesAreReadOnly(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	for objectName, column := range map[string]string{"UserLicense": "Name", "PermissionSetLicense": "DeveloperName"} {
		_, err := s.try(objectName, map[string]any{column: "More"})
		refused(t, err, "METHOD_NOT_ALLOWED")
		id := s.org.Records(objectName)[0]["Id"].(string)
		refused(t, s.patch(id, map[string]any{column: "More"}), "METHOD_NOT_ALLOWED")
		refused(t, s.erase(id), "METHOD_NOT_ALLOWED")
	}
	if !s.org.object("UserLicense").field("UsedLicenses").NoFilter {
		t.Error("UserLicense.UsedLicenses can be filtered on")
	}
}

func TestPermissionSetLicenceAssignments(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	must(t, s.org.SetSeats("SalesforceAPIIntegrationPsl", 1))
	licence := s.id("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl")
	one, two := s.create("User", s.user("one@example.com", nil)), s.create("User", s.user("two@example.com", nil))
	assign := func(user string) map[string]any {
		return map[string]any{"AssigneeId": user, "PermissionSetLicenseId": licence}
	}
	_, err := s.try("PermissionSetLicenseAssign", map[string]any{})
	refused(t, err, "REQUIRED_FIELD_MISSING", "PermissionSetLicenseId", "AssigneeId")
	held := s.create("PermissionSetLicenseAssign", assign(one))
	_, err = s.try("PermissionSetLicenseAssign", assign(one))
	refused(t, err, "DUPLICATE_VALUE")
	_, err = s.try("PermissionSetLicenseAssign", assign(two))
	refused(t, err, "LICENSE_LIMIT_EXCEEDED")
	refused(t, s.patch(held, map[string]any{"AssigneeId": two}), "METHOD_NOT_ALLOWED")
	if used := s.org.Record(licence)["UsedLicenses"]; used != int64(1) {
		t.Errorf("UsedLicenses = %v, want 1", used)
	}
	refused(t, s.patch(one, map[string]any{"IsActive": false}), "")
	if s.org.Record(held) == nil {
		t.Error("deactivation took the licence away")
	}
	refused(t, s.erase(held), "")
	s.create("PermissionSetLicenseAssign", assign(two))
}

func TestLicenceStaysWhilePermissionSetNeedsIt(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	robot := s.create("User", s.user("robot@example.com", nil))
	set := s.create("PermissionSet", map[string]any{"Name": "Reader", "Label": "Reader"})
	s.create("ObjectPermissions", map[string]any{"ParentId": set, "SobjectType": "Opportunity", "PermissionsRead": true})
	grant := map[string]any{"AssigneeId": robot, "PermissionSetId": set}

	_, err := s.try("PermissionSetAssignment", grant)
	refused(t, err, "FIELD_INTEGRITY_EXCEPTION")
	if want := "The user license doesn't allow the permission: Read Opportunities"; err.Message != want {
		t.Errorf("message %q, want %q", err.Message, want)
	}
	held := s.create("PermissionSetLicenseAssign", map[string]any{
		"AssigneeId": robot, "PermissionSetLicenseId": s.id("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl"),
	})
	granted := s.create("PermissionSetAssignment", grant)
	refused(t, s.erase(held), unsureLicenceNeededCode)
	refused(t, s.erase(granted), "")
	refused(t, s.erase(held), "")
}

func TestCeilings(t *testing.T) {
	t.Parallel()
	s := newSetup(t)
	robot := s.create("User", s.user("robot@example.com", nil))
	for _, test := range []struct {
		username, permission, object string
		permits, covers              bool
	}{
		{"admin@example.com", "ModifyAllData", "Lead", true, true},
		{"robot@example.com", "ApiUserOnly", "Account", true, false},
		{"robot@example.com", "ManageUsers", "Invoice__c", false, false},
	} {
		user := s.org.find("User", "Username", test.username)
		if got := s.org.ceiling(user)(test.permission); got != test.permits {
			t.Errorf("%s: ceiling of %s is %v", test.username, test.permission, got)
		}
		if got := s.org.objectCeiling(user)(test.object); got != test.covers {
			t.Errorf("%s: ceiling of %s is %v", test.username, test.object, got)
		}
	}
	s.create("PermissionSetLicenseAssign", map[string]any{
		"AssigneeId": robot, "PermissionSetLicenseId": s.id("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl"),
	})
	user := s.org.live(robot)
	if !s.org.ceiling(user)("ManageUsers") || !s.org.objectCeiling(user)("Invoice__c") {
		t.Error("the permission set licence does not raise the ceiling")
	}
}
