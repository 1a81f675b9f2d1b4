package sfmock

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

const groupRefusal = `You can only assign users to permission set groups that have the "Updated" status.`

func groupXML(operation, content string) string {
	return "<" + operation + `><metadata xsi:type="PermissionSetGroup"><fullName>Team</fullName><label>The Team</label>` + content + "</metadata></" + operation + ">"
}

func mutingXML(content string) string {
	return `<upsertMetadata><metadata xsi:type="MutingPermissionSet"><fullName>Quiet</fullName><label>Quiet</label>` + content + "</metadata></upsertMetadata>"
}

// groupWire is an org with a clock that only Advance moves, and the permission sets One and Two.
func groupWire(t *testing.T) (*soapWire, *restWire) {
	t.Helper()
	now := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	org := New(Options{Now: func() time.Time { return now }})
	w := client(t, org)
	s := &soapWire{w, org, "68.0"}
	s.wants(`<createMetadata>`+
		`<metadata xsi:type="PermissionSet"><fullName>One</fullName><label>One</label>`+
		`<fieldPermissions><editable>true</editable><field>Account.Phone</field><readable>true</readable></fieldPermissions>`+
		rightsXML("Account", "allowRead", "allowEdit", "allowDelete")+permissionXML("ViewSetup", true)+permissionXML("RunReports", true)+`</metadata>`+
		`<metadata xsi:type="PermissionSet"><fullName>Two</fullName><label>Two</label>`+
		`<classAccesses><apexClass>BillingApi</apexClass><enabled>true</enabled></classAccesses>`+
		rightsXML("Account", "allowRead", "allowCreate")+rightsXML("Contact", "allowRead")+permissionXML("ViewRoles", true)+`</metadata></createMetadata>`,
		200, "<createMetadataResponse>"+savedResult("One")+savedResult("Two")+"</createMetadataResponse>")
	return s, &restWire{t, org, w}
}

func (r *restWire) groupStatus() any {
	r.Helper()
	return r.one("SELECT Status FROM PermissionSetGroup WHERE DeveloperName = 'Team'", "Status")
}

func TestGroupIsRecalculatedInItsTime(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.org.SetRecalculation(10 * time.Second)
	s.wants(groupXML("createMetadata", "<permissionSets>One</permissionSets><status>Updated</status>"), 200, savedXML("createMetadata", "Team"))
	sam := r.org.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	group, _ := r.one("SELECT Id FROM PermissionSetGroup WHERE DeveloperName = 'Team'", "Id").(string)
	assignment := fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetGroupId":%q}`, sam, group)
	set, _ := r.one("SELECT Id FROM PermissionSet WHERE Name = 'One'", "Id").(string)

	r.equal(r.groupStatus(), "Outdated")
	r.refused("POST", "/sobjects/PermissionSetAssignment", assignment, 400, unsureGroupStatusCode, groupRefusal)
	s.org.Advance(5 * time.Second)
	r.equal(r.groupStatus(), "Updating")
	r.refused("POST", "/sobjects/PermissionSetAssignment", assignment, 400, unsureGroupStatusCode, groupRefusal)
	r.refused("PATCH", "/sobjects/PermissionSet/"+set, `{"Label":"Uno"}`, 400, unsureGroupBusyCode, fmt.Sprintf(unsureGroupBusy, "The Team"))
	s.org.Advance(5 * time.Second)
	r.equal(r.groupStatus(), "Updated")
	r.make("PermissionSetAssignment", assignment)
	r.refused("POST", "/sobjects/PermissionSetAssignment", assignment, 400, "DUPLICATE_VALUE",
		"Duplicate PermissionSetAssignment. Assignee: "+sam[:15]+"; Permission Set Group: "+group[:15])

	// A change of a member starts over, of what it grants as well.
	r.ask("PATCH", "/sobjects/PermissionSet/"+set, `{"PermissionsViewRoles":true}`, http.StatusNoContent)
	r.equal(r.groupStatus(), "Outdated")
	s.org.Advance(10 * time.Second)
	r.equal(r.groupStatus(), "Updated")
	rights, _ := r.one("SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'One' AND SobjectType = 'Account'", "Id").(string)
	r.ask("DELETE", "/sobjects/ObjectPermissions/"+rights, "", http.StatusNoContent)
	r.equal(r.groupStatus(), "Outdated")
}

func TestGroupGrantsWhatItsMembersGrant(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.wants(mutingXML(permissionXML("RunReports", true)+permissionXML("ViewRoles", false)+
		fieldXML("Account.Phone", true, false)+rightsXML("Account", "allowEdit")+rightsXML("Contact", "allowRead")),
		200, "<upsertMetadataResponse><result><created>true</created><fullName>Quiet</fullName><success>true</success></result></upsertMetadataResponse>")
	s.wants(groupXML("createMetadata", "<mutingPermissionSets>Quiet</mutingPermissionSets><permissionSets>One</permissionSets><permissionSets>Two</permissionSets>"), 200, savedXML("createMetadata", "Team"))

	for query, want := range map[string]int{
		"SELECT Id FROM PermissionSet WHERE Name = 'Team' AND Type = 'Group' AND PermissionSetGroup.DeveloperName = 'Team' AND PermissionsViewSetup = true AND PermissionsViewRoles = true AND PermissionsRunReports = false": 1,
		"SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Team'": 1,
		"SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Team' AND SobjectType = 'Account' AND PermissionsCreate = true AND PermissionsRead = true AND PermissionsEdit = false AND PermissionsDelete = false": 1,
		"SELECT Id FROM FieldPermissions WHERE Parent.Name = 'Team' AND Field = 'Account.Phone' AND PermissionsEdit = false":                                                                                        1,
		"SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Team' AND SetupEntityType = 'ApexClass'":                                                                                                             1,
		"SELECT Id FROM PermissionSetGroupComponent WHERE PermissionSetGroup.DeveloperName = 'Team'":                                                                                                                3,
		"SELECT Id FROM PermissionSetGroupComponent WHERE PermissionSet.Name = 'Two'":                                                                                                                               1,
	} {
		if got := r.count(query); got != want {
			t.Errorf("%s: %d rows, want %d", query, got, want)
		}
	}
	status, answer := s.call("", `<readMetadata><type>PermissionSet</type><fullNames>Team</fullNames></readMetadata>`)
	if want := `<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>`; status != 200 || answer != want {
		t.Errorf("the set behind the group shows in metadata: %s", answer)
	}

	chatter := r.org.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	group, _ := r.one("SELECT Id FROM PermissionSetGroup", "Id").(string)
	row := r.make("PermissionSetAssignment", fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetGroupId":%q}`, chatter, group))
	r.equal(r.one("SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Id = '"+row+"'", "PermissionSet"), map[string]any{
		"attributes": at(r.query("SELECT Id FROM PermissionSet WHERE Name = 'Team'"), "records", 0, "attributes"), "Name": "Team",
	})
	s.org.mu.Lock()
	defer s.org.mu.Unlock()
	if s.org.exceeds(s.org.live(chatter), s.org.backingSet(group)) != "" || !s.org.holds(s.org.live(chatter), "ViewRoles") {
		t.Error("the assignee doesn't hold what the group grants")
	}
}

func TestGroupAssigneeActsWithTheGroupsPermissions(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	sam := r.org.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	asSam := *r.wire
	asSam.token = r.wire.tokenOf(r.org, "sam.seller@example.com")
	change := fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetId":%q}`, sam, r.org.Find("PermissionSet", "Name", "Two")["Id"])
	if status, _, _ := asSam.do("POST", data+"/sobjects/PermissionSetAssignment", change); status != http.StatusForbidden {
		t.Fatalf("status %d before", status)
	}
	s.wants(`<createMetadata><metadata xsi:type="PermissionSet"><fullName>Assign</fullName><label>Assign</label>`+permissionXML("AssignPermissionSets", true)+`</metadata></createMetadata>`,
		200, savedXML("createMetadata", "Assign"))
	s.wants(groupXML("createMetadata", "<permissionSets>Assign</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	group, _ := r.one("SELECT Id FROM PermissionSetGroup", "Id").(string)
	r.make("PermissionSetAssignment", fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetGroupId":%q}`, sam, group))
	if status, _, answer := asSam.do("POST", data+"/sobjects/PermissionSetAssignment", change); status != http.StatusCreated {
		t.Errorf("status %d with the group: %s", status, answer)
	}
	s.wants(mutingXML(permissionXML("AssignPermissionSets", true)), 200,
		"<upsertMetadataResponse><result><created>true</created><fullName>Quiet</fullName><success>true</success></result></upsertMetadataResponse>")
	s.wants(groupXML("updateMetadata", "<mutingPermissionSets>Quiet</mutingPermissionSets><permissionSets>Assign</permissionSets>"), 200, savedXML("updateMetadata", "Team"))
	again := fmt.Sprintf(`{"AssigneeId":%q,"PermissionSetId":%q}`, sam, r.org.Find("PermissionSet", "Name", "One")["Id"])
	if status, _, _ := asSam.do("POST", data+"/sobjects/PermissionSetAssignment", again); status != http.StatusForbidden {
		t.Errorf("status %d with the permission muted", status)
	}
}

func TestGroupRefusals(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.wants(groupXML("createMetadata", "<mutingPermissionSets>Hush</mutingPermissionSets><permissionSets>One</permissionSets><permissionSets>Three</permissionSets>"), 200,
		notSaved("createMetadata", "Team", unsureInvalidMembersCode, "Cannot create permission set group components since the following permission set names are invalid: Three, Hush"))
	if _, exists := s.org.Component("PermissionSetGroup", "Team"); exists {
		t.Fatal("the refused group is there")
	}
	s.wants(groupXML("createMetadata", "<permissionSets>One</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	s.wants(`<deleteMetadata><type>PermissionSet</type><fullNames>One</fullNames></deleteMetadata>`, 200,
		notSaved("deleteMetadata", "One", unsureSetInUseCode, fmt.Sprintf(unsureSetInGroup, "One", "The Team")))
	backing, _ := r.one("SELECT Id FROM PermissionSet WHERE Type = 'Group'", "Id").(string)
	sam := r.org.Find("User", "Username", "sam.seller@example.com")["Id"].(string)
	group, _ := r.one("SELECT Id FROM PermissionSetGroup", "Id").(string)
	r.refused("PATCH", "/sobjects/PermissionSet/"+backing, `{"Label":"Mine"}`, 400, unsureOwnedSetCode, unsureOwnedSet)
	r.refused("DELETE", "/sobjects/PermissionSet/"+backing, "", 400, unsureOwnedSetCode, unsureOwnedSet)
	r.refused("POST", "/sobjects/ObjectPermissions", `{"ParentId":"`+backing+`","SobjectType":"Lead","PermissionsRead":true}`, 400, unsureOwnedSetCode, unsureOwnedSet)
	r.refused("POST", "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+sam+`","PermissionSetId":"`+backing+`"}`, 400, "FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureAssignBackingSet, "The Team"))
	r.refused("POST", "/sobjects/PermissionSetGroupComponent", `{"PermissionSetGroupId":"`+group+`","PermissionSetId":"`+backing+`"}`, 400, "FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureNoMember, "The Team"))
	r.refused("POST", "/sobjects/PermissionSetGroup", `{"DeveloperName":"team","MasterLabel":"x"}`, 400, "DUPLICATE_DEVELOPER_NAME", fmt.Sprintf(unsureDuplicateDeveloperName, "team"))

	row := r.make("PermissionSetAssignment", `{"AssigneeId":"`+sam+`","PermissionSetGroupId":"`+group+`"}`)
	r.refused("DELETE", "/sobjects/PermissionSetGroup/"+group, "", 400, unsureSetInUseCode, fmt.Sprintf(unsureGroupInUse, "The Team", 1))
	r.ask("PATCH", "/sobjects/PermissionSetAssignment/"+row, `{"ExpirationDate":"2027-01-01T00:00:00Z"}`, http.StatusNoContent)
	r.ask("DELETE", "/sobjects/PermissionSetAssignment/"+row, "", http.StatusNoContent)
	s.wants(`<deleteMetadata><type>PermissionSetGroup</type><fullNames>Team</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Team"))
	r.equal(r.count("SELECT Id FROM PermissionSet WHERE Type = 'Group'")+r.count("SELECT Id FROM PermissionSetGroupComponent"), 0)
	s.wants(`<deleteMetadata><type>PermissionSet</type><fullNames>One</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "One"))
}

func TestGroupHasToolingAndMetadataFaces(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	answer := r.ask("POST", "/tooling/sobjects/PermissionSetGroup", `{"DeveloperName":"Team","MasterLabel":"The Team","Description":"d"}`, http.StatusCreated)
	r.equal(at(answer, "warnings"), []any{})
	r.equal(at(answer, "infos"), []any{})
	group, _ := at(answer, "id").(string)
	one := r.org.Find("PermissionSet", "Name", "One")["Id"].(string)
	answer = r.ask("POST", "/tooling/sobjects/PermissionSetGroupComponent", `{"PermissionSetGroupId":"`+group+`","PermissionSetId":"`+one+`"}`, http.StatusCreated)
	component, _ := at(answer, "id").(string)
	muting := r.make("MutingPermissionSet", `{"DeveloperName":"Quiet","MasterLabel":"Quiet","PermissionsViewSetup":true}`)
	r.make("PermissionSetGroupComponent", `{"PermissionSetGroupId":"`+group+`","PermissionSetId":"`+muting+`"}`)
	r.ask("PATCH", "/tooling/sobjects/PermissionSetGroup/"+group, `{"MasterLabel":"Renamed"}`, http.StatusNoContent)
	r.equal(at(r.toolingQuery("SELECT Status FROM PermissionSetGroup", http.StatusOK), "records", 0, "Status"), "Updated")

	status, read := s.call("", `<readMetadata><type>PermissionSetGroup</type><fullNames>Team</fullNames></readMetadata>`)
	if want := `<readMetadataResponse><result><records xsi:type="PermissionSetGroup"><fullName>Team</fullName><description>d</description><hasActivationRequired>false</hasActivationRequired>` +
		`<label>Renamed</label><mutingPermissionSets>Quiet</mutingPermissionSets><permissionSets>One</permissionSets><status>Updated</status></records></result></readMetadataResponse>`; status != 200 || read != want {
		t.Errorf("got  %s\nwant %s", read, want)
	}
	status, read = s.call("", `<readMetadata><type>MutingPermissionSet</type><fullNames>Quiet</fullNames></readMetadata>`)
	if want := `<readMetadataResponse><result><records xsi:type="MutingPermissionSet"><fullName>Quiet</fullName><hasActivationRequired>false</hasActivationRequired><label>Quiet</label>` +
		permissionXML("ViewSetup", true) + `</records></result></readMetadataResponse>`; status != 200 || read != want {
		t.Errorf("got  %s\nwant %s", read, want)
	}
	r.refused("PATCH", "/tooling/sobjects/PermissionSet/"+one, `{"Label":"x"}`, 405, "METHOD_NOT_ALLOWED", "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET")
	r.ask("DELETE", "/tooling/sobjects/PermissionSetGroupComponent/"+component, "", http.StatusNoContent)
	r.equal(r.count("SELECT Id FROM PermissionSetGroupComponent"), 1)
}
