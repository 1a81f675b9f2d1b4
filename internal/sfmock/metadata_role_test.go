package sfmock

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

func roleXML(operation, fullName, content string) string {
	return "<" + operation + `><metadata xsi:type="Role"><fullName>` + fullName + `</fullName>` + content + "</metadata></" + operation + ">"
}

// A role is one thing, whether metadata or the data API is asked.
func TestRolesAreUserRoles(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	s.wants(roleXML("createMetadata", "Desk", "<caseAccessLevel>Read</caseAccessLevel><description>Answers</description><name>Service Desk</name><parentRole>CEO</parentRole>"), 200, savedXML("createMetadata", "Desk"))
	row := s.org.Find("UserRole", "DeveloperName", "Desk")
	for column, want := range map[string]any{
		"Name": "Service Desk", "RollupDescription": "Answers", "CaseAccessForAccountOwner": "Read", "ContactAccessForAccountOwner": nil,
		"OpportunityAccessForAccountOwner": unsureRoleAccess, "ParentRoleId": s.org.Find("UserRole", "DeveloperName", "CEO")["Id"], "PortalType": "None",
	} {
		if row[column] != want {
			t.Errorf("%s is %v, want %v", column, row[column], want)
		}
	}
	path := "/sobjects/UserRole/" + row["Id"].(string)
	r.ask("PATCH", path, `{"Name":"Help Desk","OpportunityAccessForAccountOwner":"Edit","RollupDescription":null}`, http.StatusNoContent)
	shown := map[string]any{
		"fullName": "Desk", "caseAccessLevel": "Read", "mayForecastManagerShare": "false", "name": "Help Desk", "opportunityAccessLevel": "Edit", "parentRole": "CEO",
	}
	if content, _ := s.org.Component("Role", "desk"); !maps.Equal(content, shown) {
		t.Errorf("%v\nwant %v", content, shown)
	}
	s.wants(roleXML("updateMetadata", "Desk", "<name>Desk</name>"), 200, savedXML("updateMetadata", "Desk"))
	if row = s.org.Record(row["Id"].(string)); row["Name"] != "Desk" || row["ParentRoleId"] != nil || row["CaseAccessForAccountOwner"] != "Read" || row["OpportunityAccessForAccountOwner"] != "Edit" {
		t.Errorf("after an update that says little: %v", row)
	}
	s.wants("<renameMetadata><type>Role</type><oldFullName>Desk</oldFullName><newFullName>Counter</newFullName></renameMetadata>", 200, savedXML("renameMetadata", "Counter"))
	r.equal(r.one("SELECT DeveloperName FROM UserRole WHERE Name = 'Desk'", "DeveloperName"), "Counter")
	r.ask("DELETE", path, "", http.StatusNoContent)
	s.wants("<readMetadata><type>Role</type><fullNames>Counter</fullNames></readMetadata>", 200, `<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>`)
}

func TestRolesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	for _, c := range []struct{ operation, fullName, content, code, message string }{
		{"createMetadata", "Desk", "<name>Desk</name><parentRole>Nobody</parentRole>", "INVALID_CROSS_REFERENCE_KEY", "In field: parentRole - no Role named Nobody found"},
		{"createMetadata", "CEO", "<name>CEO</name>", "DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>"},
		{"updateMetadata", "Desk", "<name>Desk</name>", "INVALID_CROSS_REFERENCE_KEY", "no Role named Desk found"},
		{"updateMetadata", "CEO", "<name>CEO</name><parentRole>VP_Sales</parentRole>", "FIELD_INTEGRITY_EXCEPTION", unsureRoleCycle},
		{"updateMetadata", "CEO", "<caseAccessLevel>All</caseAccessLevel><name>CEO</name>", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Case Access Level for Account Owner: bad value for restricted picklist field: All"},
	} {
		_, answer := s.call("", roleXML(c.operation, c.fullName, c.content))
		if reason := resultOf(t, answer).child("errors"); reason.value("statusCode") != c.code || reason.value("message") != c.message {
			t.Errorf("%s\nwant %s: %s", answer, c.code, c.message)
		}
	}
	_, answer := s.call("", roleXML("createMetadata", "Desk_", "<name>Desk</name>"))
	if reason := resultOf(t, answer).child("errors"); reason.value("fields") != "DeveloperName" || reason.value("statusCode") != unsureSetNameCode {
		t.Error(answer)
	}
	_, answer = s.call("", "<deleteMetadata><type>Role</type><fullNames>CEO</fullNames></deleteMetadata>")
	if resultOf(t, answer).child("errors").value("statusCode") != unsureInUseCode || !s.exists("Role", "CEO") {
		t.Error(answer)
	}
}

// The roles of an org deploy to another in one go, whatever their order, and come back as they were.
func TestRolesTravel(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	result := s.deployed(usual, map[string]string{
		"package.xml":        packageXML(typesXML("Role", "*")),
		"roles/A_Clerk.role": componentXML("Role", "<name>Clerk</name><parentRole>B_Head</parentRole>"),
		"roles/B_Head.role":  componentXML("Role", "<name>Head</name><parentRole>CEO</parentRole>"),
	})
	s.wantRows(result, "Succeeded", manifestRow,
		"Role A_Clerk in roles/A_Clerk.role created changed", "Role B_Head in roles/B_Head.role created changed")
	if clerk, head := s.org.Find("UserRole", "Name", "Clerk"), s.org.Find("UserRole", "Name", "Head"); clerk["ParentRoleId"] != head["Id"] {
		t.Errorf("%v is not below %v", clerk, head)
	}
	if _, answer := s.call("", "<listMetadata><queries><type>Role</type></queries></listMetadata>"); !strings.Contains(answer, "<id>"+s.org.Find("UserRole", "Name", "CEO")["Id"].(string)+"</id>") {
		t.Error(answer)
	}
}
