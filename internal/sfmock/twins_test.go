package sfmock

import (
	"net/http"
	"strings"
	"testing"
)

// What the data API does to a muting permission set shows in its metadata.
func TestComponentsFollowTheirRecords(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	if status, answer := s.call("", mutingXML(permissionXML("RunReports", true))); status != http.StatusOK {
		t.Fatal(answer)
	}
	path := "/sobjects/MutingPermissionSet/" + s.org.Find("MutingPermissionSet", "DeveloperName", "Quiet")["Id"].(string)
	r.ask("PATCH", path, `{"MasterLabel":"Silent"}`, http.StatusNoContent)
	content, _ := s.org.Component("MutingPermissionSet", "Quiet")
	r.equal(content["label"], "Silent")
	r.equal(keys(content, "userPermissions", "name"), "RunReports")
	r.ask("PATCH", path, `{"DeveloperName":"Mute"}`, http.StatusNoContent)
	if content, _ = s.org.Component("MutingPermissionSet", "Mute"); content["label"] != "Silent" || s.exists("MutingPermissionSet", "Quiet") {
		t.Errorf("renamed: %v", content)
	}
	r.ask("DELETE", path, "", http.StatusNoContent)
	if s.exists("MutingPermissionSet", "Mute") {
		t.Error("the deleted muting permission set can be read")
	}
	must(t, s.org.RemoveComponent("CustomPermission", "Bypass_Validation"))
	if s.exists("CustomPermission", "Bypass_Validation") {
		t.Error("the removed custom permission can be read")
	}
}

func TestComponentsWhoseRecordIsRefused(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	label := strings.Repeat("x", 81)
	s.wantRows(s.deployed(usual, map[string]string{
		"package.xml": packageXML(typesXML("CustomPermission", "Long")),
		"customPermissions/Long.customPermission": componentXML("CustomPermission", "<isLicensed>false</isLicensed><label>"+label+"</label>"),
	}), "Failed", manifestRow,
		"CustomPermission Long in customPermissions/Long.customPermission Error: Custom Permission Label: data value too large: "+label+" (max length=80)")
	if s.exists("CustomPermission", "Long") {
		t.Error("a refused component can be read")
	}
}
