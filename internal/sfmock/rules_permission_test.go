package sfmock

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// permissionWorld is an org with a set, and with ids to write about.
type permissionWorld struct {
	*restWire
	set, admin, machine string
}

func permissions(t *testing.T) *permissionWorld {
	t.Helper()
	p := &permissionWorld{restWire: restClient(t)}
	p.set = p.make("PermissionSet", `{"Name":"Api_Client","Label":"Api Client"}`)
	p.admin = p.org.find("User", "Username", administrator).id
	profile := p.org.find("Profile", "Name", "Minimum Access - API Only Integrations").id
	p.machine = p.make("User", `{"Username":"machine@example.com","LastName":"Machine","Email":"machine@example.com","Alias":"machine","TimeZoneSidKey":"GMT","LocaleSidKey":"en_US",`+
		`"EmailEncodingKey":"UTF-8","LanguageLocaleKey":"en_US","ProfileId":"`+profile+`"}`)
	return p
}

func (p *permissionWorld) grant(object, more string) string {
	p.Helper()
	return p.make(object, `{"ParentId":"`+p.set+`",`+more+`}`)
}

func (p *permissionWorld) assign(user string) string {
	p.Helper()
	return p.make("PermissionSetAssignment", `{"AssigneeId":"`+user+`","PermissionSetId":"`+p.set+`"}`)
}

func TestPermissionRefusals(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	owned := p.org.find("PermissionSet", "ProfileId", p.org.find("Profile", "Name", "System Administrator").id).id
	ownAssignment := p.org.indexed("PermissionSetAssignment", "AssigneeId PermissionSetId", p.admin, owned)[0].id
	field := p.grant("FieldPermissions", `"SobjectType":"Account","Field":"Account.Parent","PermissionsRead":true`)
	object := p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true`)
	class := p.org.find("ApexClass", "Name", "BillingApi").id
	access := p.grant("SetupEntityAccess", `"SetupEntityId":"`+class+`"`)
	tab := p.grant("PermissionSetTabSetting", `"Name":"standard-Account","Visibility":"DefaultOn"`)
	in := func(more string) string { return `{"ParentId":"` + p.set + `",` + more + `}` }
	for _, test := range []struct {
		method, path, body string
		status             int
		code, message      string
	}{
		{"POST", "PermissionSet", `{}`, 400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Name, Label]"},
		{"POST", "PermissionSet", `{"Name":"1Api","Label":"A"}`, 400, unsureSetNameCode, unsureSetName},
		{"POST", "PermissionSet", `{"Name":"Api__Client","Label":"A"}`, 400, unsureSetNameCode, unsureSetName},
		{"POST", "PermissionSet", `{"Name":"Api_","Label":"A"}`, 400, unsureSetNameCode, unsureSetName},
		{"POST", "PermissionSet", `{"Name":"api_client","Label":"A"}`, 400, "DUPLICATE_VALUE", "duplicate value found: Name duplicates value on record with id: " + p.set},
		{"POST", "PermissionSet", `{"Name":"B","Label":"B","PermissionsCustomizeApplication":true}`, 400, "FIELD_INTEGRITY_EXCEPTION", "Permission CustomizeApplication depends on permission(s): ManageCustomPermissions, ViewSetup"},
		{"PATCH", "PermissionSet/" + p.set, `{"PermissionsAuthorApex":true}`, 400, "FIELD_INTEGRITY_EXCEPTION", "Permission AuthorApex depends on permission(s): ViewSetup"},
		{"PATCH", "PermissionSet/" + p.set, `{"LicenseId":"` + p.org.find("UserLicense", "Name", "Salesforce").id + `"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", errNotWritable("LicenseId").Message},
		{"PATCH", "PermissionSet/" + owned, `{"Label":"Mine"}`, 400, unsureOwnedSetCode, unsureOwnedSet},
		{"DELETE", "PermissionSet/" + owned, "", 400, unsureOwnedSetCode, unsureOwnedSet},
		{"DELETE", "PermissionSetAssignment/" + ownAssignment, "", 400, unsureOwnedSetCode, unsureProfileAssignment},
		{"POST", "PermissionSetAssignment", `{"AssigneeId":"` + p.admin + `","PermissionSetId":"` + owned + `"}`, 400, unsureOwnedSetCode, unsureProfileAssignment},
		{"POST", "PermissionSetAssignment", `{"AssigneeId":"` + p.admin + `"}`, 400, unsureAssignOneCode, unsureAssignOne},
		{"POST", "PermissionSetAssignment", `{"PermissionSetId":"` + p.set + `"}`, 400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [AssigneeId]"},
		{"POST", "ObjectPermissions", in(`"SobjectType":"Contact","PermissionsEdit":true`), 400, "FIELD_INTEGRITY_EXCEPTION", "Permission Edit Contact depends on permission(s): Read Contact"},
		{"POST", "ObjectPermissions", in(`"SobjectType":"Account","PermissionsRead":true`), 400, "DUPLICATE_VALUE", "Duplicate row exists in ObjectPermissions"},
		{"POST", "ObjectPermissions", in(`"SobjectType":"Nope","PermissionsRead":true`), 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "SObject Type Name: bad value for restricted picklist field: Nope"},
		{"POST", "ObjectPermissions", `{"ParentId":"` + owned + `","SobjectType":"Account","PermissionsRead":true}`, 400, unsureOwnedSetCode, unsureStandardProfileObjects},
		{"PATCH", "ObjectPermissions/" + object, `{"SobjectType":"Contact"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", errNotWritable("SobjectType").Message},
		{"POST", "FieldPermissions", in(`"SobjectType":"Account","Field":"Account.ParentId","PermissionsRead":true`), 400, "DUPLICATE_VALUE", "Duplicate row exists in FieldPermissions"},
		{"POST", "FieldPermissions", in(`"SobjectType":"Account","Field":"Account.Name","PermissionsRead":true`), 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Field: bad value for restricted picklist field: Account.Name"},
		{"POST", "FieldPermissions", in(`"SobjectType":"Contact","Field":"Account.Phone","PermissionsRead":true`), 400, "FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureFieldOfOther, "Account.Phone", "Contact")},
		{"PATCH", "FieldPermissions/" + field, `{"PermissionsEdit":true,"PermissionsRead":false}`, 400, "FIELD_INTEGRITY_EXCEPTION", "Permission Edit Account.ParentId depends on permission(s): Read Account.ParentId"},
		{"POST", "SetupEntityAccess", in(`"SetupEntityId":"` + class + `"`), 400, "DUPLICATE_VALUE", "Duplicate row exists in SetupEntityAccess"},
		{"POST", "SetupEntityAccess", in(`"SetupEntityId":"` + p.admin + `"`), 400, "MALFORMED_ID", "Setup Entity ID: id value of incorrect type: " + p.admin},
		{"POST", "SetupEntityAccess", in(`"SetupEntityId":"` + class + `","SetupEntityType":"ApexClass"`), 400, "INVALID_FIELD_FOR_INSERT_UPDATE", errNotWritable("SetupEntityType").Message},
		{"POST", "PermissionSetTabSetting", in(`"Name":"standard-Lead","Visibility":"None"`), 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Visibility: bad value for restricted picklist field: None"},
		{"PATCH", "PermissionSetTabSetting/" + tab, `{"Name":"standard-Lead"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", errNotWritable("Name").Message},
	} {
		p.refused(test.method, "/sobjects/"+test.path, test.body, test.status, test.code, test.message)
	}
	p.equal(at(p.ask("PATCH", "/sobjects/SetupEntityAccess/"+access, `{}`, http.StatusMethodNotAllowed), 0, "errorCode"), "METHOD_NOT_ALLOWED")
	p.equal(at(p.ask("POST", "/sobjects/UserPermissionAccess", `{}`, http.StatusMethodNotAllowed), 0, "errorCode"), "METHOD_NOT_ALLOWED")
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	row := p.assign(p.admin)
	p.refused("POST", "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+p.admin+`","PermissionSetId":"`+p.set+`"}`, 400, "DUPLICATE_VALUE",
		"Duplicate PermissionSetAssignment. Assignee: "+p.admin[:15]+"; Permission Set: "+p.set[:15])
	p.refused("DELETE", "/sobjects/PermissionSet/"+p.set, "", 400, unsureSetInUseCode, fmt.Sprintf(unsureSetInUse, "Api Client", 1))
	p.refused("PATCH", "/sobjects/PermissionSetAssignment/"+row, `{"AssigneeId":"`+p.machine+`"}`, 400, "INVALID_FIELD_FOR_INSERT_UPDATE", errNotWritable("AssigneeId").Message)

	// One row more than the set: that of the profile.
	p.equal(p.count("SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '"+p.admin+"'"), 2)
	p.equal(p.count("SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = 'admin@example.com' AND PermissionSet.IsOwnedByProfile = false AND IsActive = true"), 1)
	p.equal(at(p.query("SELECT Id, (SELECT Id FROM PermissionSetAssignments) FROM User WHERE Id = '"+p.admin+"'"), "records", 0, "PermissionSetAssignments", "totalSize"), 2.0)
	p.equal(at(p.query("SELECT Id, (SELECT Id FROM Assignments) FROM PermissionSet WHERE Id = '"+p.set+"'"), "records", 0, "Assignments", "totalSize"), 1.0)

	standard := p.org.find("Profile", "Name", "Minimum Access - Salesforce").id
	sam := p.org.find("User", "Username", "sam.seller@example.com").id
	p.ask("PATCH", "/sobjects/User/"+sam, `{"ProfileId":"`+standard+`"}`, http.StatusNoContent)
	p.equal(p.count("SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '"+sam+"'"), 1)
	p.equal(p.count("SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '"+sam+"' AND PermissionSet.ProfileId = '"+standard+"'"), 1)
}

func TestLicenceCeiling(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true`)
	p.refused("POST", "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+p.machine+`","PermissionSetId":"`+p.set+`"}`, 400, "FIELD_INTEGRITY_EXCEPTION",
		"The user license doesn't allow the permission: Read Accounts")
	licence := p.org.find("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl").id
	p.make("PermissionSetLicenseAssign", `{"AssigneeId":"`+p.machine+`","PermissionSetLicenseId":"`+licence+`"}`)
	p.assign(p.machine)
	p.refused("PATCH", "/sobjects/PermissionSet/"+p.set, `{"PermissionsAllowLightningLogin":true}`, 400, "FIELD_INTEGRITY_EXCEPTION",
		"Can't save permission set Api Client, which is assigned to a user with user license Salesforce Integration. The user license doesn't allow the permission: Allow Lightning Login")
}

func TestSetWithLicence(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	licence := p.org.find("PermissionSetLicense", "DeveloperName", "SalesforceAPIIntegrationPsl").id
	p.set = p.make("PermissionSet", `{"Name":"Licensed","Label":"Licensed","LicenseId":"`+licence+`"}`)
	p.refused("POST", "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+p.machine+`","PermissionSetId":"`+p.set+`"}`, 400, "FIELD_INTEGRITY_EXCEPTION",
		fmt.Sprintf(unsureLicenceMismatch, "Licensed", "machine@example.com"))
	p.make("PermissionSetLicenseAssign", `{"AssigneeId":"`+p.machine+`","PermissionSetLicenseId":"`+licence+`"}`)
	p.assign(p.machine)

	p.set = p.make("PermissionSet", `{"Name":"For_People","Label":"For people","LicenseId":"`+p.org.find("UserLicense", "Name", "Salesforce").id+`"}`)
	p.refused("POST", "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+p.machine+`","PermissionSetId":"`+p.set+`"}`, 400, "FIELD_INTEGRITY_EXCEPTION",
		fmt.Sprintf(unsureLicenceMismatch, "For people", "machine@example.com"))
	p.assign(p.admin)
}

func TestEmptyGrantsGo(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	object := p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true,"PermissionsCreate":true`)
	p.ask("PATCH", "/sobjects/ObjectPermissions/"+object, `{"PermissionsRead":false,"PermissionsCreate":false}`, http.StatusNoContent)
	p.equal(p.count("SELECT Id FROM ObjectPermissions WHERE ParentId = '"+p.set+"'"), 0)
	p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true`)

	field := p.grant("FieldPermissions", `"SobjectType":"Account","Field":"Account.Phone","PermissionsRead":true,"PermissionsEdit":true`)
	p.ask("PATCH", "/sobjects/FieldPermissions/"+field, `{"PermissionsEdit":false}`, http.StatusNoContent)
	p.equal(p.count("SELECT Id FROM FieldPermissions WHERE Id = '"+field+"'"), 1)
	p.ask("PATCH", "/sobjects/FieldPermissions/"+field, `{"PermissionsRead":false}`, http.StatusNoContent)
	p.equal(p.count("SELECT Id FROM FieldPermissions WHERE Id = '"+field+"'"), 0)
}

func TestDetailsNeedTheirMaster(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	if err := p.org.SetComponent("CustomField", "Contact.Agency__c", map[string]any{"label": "Agency", "type": "MasterDetail", "referenceTo": "Account", "relationshipName": "Agents"}); err != nil {
		t.Fatal(err)
	}
	p.refused("POST", "/sobjects/ObjectPermissions", `{"ParentId":"`+p.set+`","SobjectType":"Contact","PermissionsRead":true}`, 400, "FIELD_INTEGRITY_EXCEPTION",
		"Permission Read Contact depends on permission(s): Read Account")
	account := p.grant("ObjectPermissions", `"SobjectType":"Account","PermissionsRead":true`)
	p.grant("ObjectPermissions", `"SobjectType":"Contact","PermissionsRead":true`)
	p.refused("DELETE", "/sobjects/ObjectPermissions/"+account, "", 400, "FIELD_INTEGRITY_EXCEPTION", "Permission Read Contact depends on permission(s): Read Account")
	p.equal(p.count("SELECT Id FROM ObjectPermissions WHERE ParentId = '"+p.set+"'"), 2)

	s := &soapWire{p.wire, p.org, "68.0"}
	s.wants(setXML("updateMetadata", rightsXML("Contact", "allowRead")), 200,
		notSaved("updateMetadata", "Api_Client", "FIELD_INTEGRITY_EXCEPTION", "Permission Read Contact depends on permission(s): Read Account"))
	s.wants(setXML("updateMetadata", rightsXML("Contact", "allowRead")+rightsXML("Account", "allowRead")), 200, savedXML("updateMetadata", "Api_Client"))
}

func TestComputedFieldsStayReadOnly(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	if err := p.org.SetComponent("CustomField", "Account.Number__c", map[string]any{"label": "Number", "type": "AutoNumber"}); err != nil {
		t.Fatal(err)
	}
	p.refused("POST", "/sobjects/FieldPermissions", `{"ParentId":"`+p.set+`","SobjectType":"Account","Field":"Account.Number__c","PermissionsRead":true,"PermissionsEdit":true}`, 400,
		"FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureReadOnlyField, "Account.Number__c"))
	p.grant("FieldPermissions", `"SobjectType":"Account","Field":"Account.Number__c","PermissionsRead":true`)
	if err := p.org.RemoveComponent("CustomField", "Account.Number__c"); err != nil {
		t.Fatal(err)
	}
	p.equal(p.count("SELECT Id FROM FieldPermissions WHERE ParentId = '"+p.set+"'"), 0)
}

func TestGrantsFollowWhatTheyOpen(t *testing.T) {
	t.Parallel()
	p := permissions(t)
	class := p.org.find("ApexClass", "Name", "BillingApi").id
	p.grant("SetupEntityAccess", `"SetupEntityId":"`+class+`"`)
	p.equal(p.one("SELECT SetupEntityType FROM SetupEntityAccess WHERE ParentId = '"+p.set+"'", "SetupEntityType"), "ApexClass")
	if err := p.org.RemoveComponent("ApexClass", "BillingApi"); err != nil {
		t.Fatal(err)
	}
	p.equal(p.count("SELECT Id FROM SetupEntityAccess WHERE ParentId = '"+p.set+"'"), 0)
}

func TestEffectivePermissions(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	org := New(Options{Now: func() time.Time { return now }})
	r := &restWire{t, org, client(t, org)}
	sam := org.find("User", "Username", "sam.seller@example.com")
	set := r.make("PermissionSet", `{"Name":"Viewer","Label":"Viewer","PermissionsViewAllUsers":true}`)
	session := r.make("PermissionSet", `{"Name":"On_Demand","Label":"On demand","HasActivationRequired":true,"PermissionsViewAllProfiles":true}`)
	r.equal(r.one("SELECT Type FROM PermissionSet WHERE Id = '"+session+"'", "Type"), "Session")

	seller := *r.wire
	seller.token = r.wire.tokenOf(org, "sam.seller@example.com")
	mine := func(column string) any {
		t.Helper()
		return (&restWire{t, org, &seller}).one("SELECT "+column+" FROM UserPermissionAccess", column)
	}
	r.equal(mine("PermissionsViewAllUsers"), false)
	r.equal(mine("PermissionsApiEnabled"), true)
	r.make("PermissionSetAssignment", `{"AssigneeId":"`+sam.id+`","PermissionSetId":"`+session+`"}`)
	row := r.make("PermissionSetAssignment", `{"AssigneeId":"`+sam.id+`","PermissionSetId":"`+set+`","ExpirationDate":"2026-11-23T11:00:00.000Z"}`)
	r.equal(mine("PermissionsViewAllUsers"), true)
	r.equal(mine("PermissionsViewAllProfiles"), false)

	org.Advance(time.Hour)
	r.equal(mine("PermissionsViewAllUsers"), false)
	r.equal(r.one("SELECT IsActive FROM PermissionSetAssignment WHERE Id = '"+row+"'", "IsActive"), false)
	r.ask("PATCH", "/sobjects/PermissionSetAssignment/"+row, `{"ExpirationDate":null}`, http.StatusNoContent)
	r.equal(mine("PermissionsViewAllUsers"), true)
}

func TestPermissionDependencyRows(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	ask := func(where string) any {
		t.Helper()
		return r.ask("GET", "/tooling/query?q="+url.QueryEscape("SELECT Permission, RequiredPermission, RequiredPermissionType FROM PermissionDependency WHERE "+where), "", http.StatusOK)
	}
	answer := ask("Permission = 'ResetPasswords' AND PermissionType = 'User Permission'")
	r.equal(at(answer, "totalSize"), 2.0)
	answer = ask("Permission = 'Account<create>'")
	r.equal(at(answer, "totalSize"), 1.0)
	r.equal(at(answer, "records", 0, "RequiredPermission"), "Account<read>")
	r.equal(at(answer, "records", 0, "RequiredPermissionType"), "Object Permission")
	r.equal(at(ask("Permission = 'ModifyAllData'"), "totalSize"), 0.0)
}

// Every permission of the tables has to be one, or the rules about it would never apply.
func TestDependenciesNameRealPermissions(t *testing.T) {
	t.Parallel()
	set := New(Options{Empty: true}).object("PermissionSet")
	for _, d := range userDependencies {
		if set.field(permissionColumn+d.Permission) == nil {
			t.Errorf("no user permission %s", d.Permission)
		}
	}
}

func TestIndexFollowsRollback(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	set, refusal := o.insert(nil, o.object("PermissionSet"), map[string]any{"Name": "A", "Label": "A"})
	if refusal != nil {
		t.Fatal(refusal)
	}
	row, refusal := o.insert(nil, o.object("FieldPermissions"), map[string]any{"ParentId": set.id, "SobjectType": "Account", "Field": "Account.Phone", "PermissionsRead": true})
	if refusal != nil {
		t.Fatal(refusal)
	}
	failure := refuse("X", "x")
	if err := o.atomically(func() *apiError {
		if err := o.update(nil, set, map[string]any{"Name": "B"}); err != nil {
			return err
		}
		if err := o.remove(nil, row); err != nil {
			return err
		}
		if _, err := o.insert(nil, o.object("PermissionSet"), map[string]any{"Name": "C", "Label": "C"}); err != nil {
			return err
		}
		return failure
	}); err != failure {
		t.Fatal(err)
	}
	if o.find("PermissionSet", "Name", "a") != set || o.find("PermissionSet", "Name", "B") != nil || o.find("PermissionSet", "Name", "C") != nil {
		t.Error("names are found where a transaction that failed put them")
	}
	if rows := o.indexed("FieldPermissions", "ParentId Field", set.id, "account.phone"); len(rows) != 1 || rows[0] != row {
		t.Errorf("rows %v", rows)
	}
}
