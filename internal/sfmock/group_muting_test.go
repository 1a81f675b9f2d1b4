package sfmock

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestGroupMutesEverySection(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	content := `<classAccesses><apexClass>BillingApi</apexClass><enabled>true</enabled></classAccesses><customPermissions><enabled>true</enabled><name>Bypass_Validation</name></customPermissions>`
	tab := `<tabSettings><tab>standard-Lead</tab><visibility>Visible</visibility></tabSettings>`
	s.wants(setXML("createMetadata", content+tab), 200, savedXML("createMetadata", "Api_Client"))
	s.wants(mutingXML(content+tab), 200, "<upsertMetadataResponse><result><created>true</created><fullName>Quiet</fullName><success>true</success></result></upsertMetadataResponse>")
	members := "<permissionSets>Api_Client</permissionSets>"
	s.wants(groupXML("createMetadata", members), 200, savedXML("createMetadata", "Team"))
	granted := func() int {
		return r.count("SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Team'") + r.count("SELECT Id FROM PermissionSetTabSetting WHERE Parent.Name = 'Team'")
	}
	r.equal(granted(), 3)
	s.wants(groupXML("updateMetadata", "<mutingPermissionSets>Quiet</mutingPermissionSets>"+members), 200, savedXML("updateMetadata", "Team"))
	r.equal(granted(), 0)
}

// What a group opens follows its members; nobody writes it.
func TestGroupOpensTheAppsOfItsMembers(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.makeECA()
	s.wants(groupXML("createMetadata", "<permissionSets>One</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	rows := "SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Team' AND SetupEntityType = 'ExternalClientApplication'"
	app := s.org.Find("ExternalClientApplication", "DeveloperName", "Robot")["Id"].(string)
	backing := s.org.Find("PermissionSet", "Name", "Team")["Id"].(string)
	r.refused("POST", "/sobjects/SetupEntityAccess", fmt.Sprintf(`{"ParentId":%q,"SetupEntityId":%q}`, backing, app), 400, unsureOwnedSetCode, unsureOwnedSet)

	s.policy("<commaSeparatedPermissionSet>One</commaSeparatedPermissionSet>" + ofRobot + preAuthorized)
	r.equal(r.count(rows), 1)
	if content, _ := s.org.Component("ExtlClntAppOauthConfigurablePolicies", "Robot_oauth_defaultPolicy"); content["commaSeparatedPermissionSet"] != "One" {
		t.Errorf("the policy shows %v", content["commaSeparatedPermissionSet"])
	}
	id, _ := r.one(rows, "Id").(string)
	r.refused("DELETE", "/sobjects/SetupEntityAccess/"+id, "", 400, unsureOwnedSetCode, unsureOwnedSet)
	own, _ := r.one("SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'One' AND SetupEntityType = 'ExternalClientApplication'", "Id").(string)
	r.ask("DELETE", "/sobjects/SetupEntityAccess/"+own, "", http.StatusNoContent)
	r.equal(r.count(rows), 0)
}

func TestGroupRecalculationFails(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.org.SetRecalculation(10 * time.Second)
	s.org.FailRecalculations(true)
	s.wants(groupXML("createMetadata", "<permissionSets>One</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	r.equal(r.groupStatus(), "Outdated")
	s.org.Advance(10 * time.Second)
	r.equal(r.groupStatus(), "Failed")
	s.org.FailRecalculations(false)
	s.org.Advance(time.Hour)
	r.equal(r.groupStatus(), "Failed")
	s.wants(groupXML("updateMetadata", "<permissionSets>Two</permissionSets>"), 200, savedXML("updateMetadata", "Team"))
	s.org.Advance(10 * time.Second)
	r.equal(r.groupStatus(), "Updated")
}
