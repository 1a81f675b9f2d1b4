package sfmock

import (
	"fmt"
	"strings"
	"testing"
)

func customPermissionXML(operation, fullName, content string) string {
	return fmt.Sprintf(`<%[1]s><metadata xsi:type="CustomPermission"><fullName>%[2]s</fullName>%[3]s<label>%[2]s</label></metadata></%[1]s>`, operation, fullName, content)
}

func requiredXML(name, dependency string) string {
	return "<requiredPermission><customPermission>" + name + "</customPermission><dependency>" + dependency + "</dependency></requiredPermission>"
}

func TestCustomPermission(t *testing.T) {
	t.Parallel()
	s, r := groupWire(t)
	s.wants(customPermissionXML("createMetadata", "Skip", "<description>Skips</description><isLicensed>true</isLicensed>"), 200, savedXML("createMetadata", "Skip"))
	r.equal(r.one("SELECT MasterLabel FROM CustomPermission WHERE DeveloperName = 'Skip' AND IsLicensed = false", "MasterLabel"), "Skip")
	s.wants(customPermissionXML("createMetadata", "Skip_", licensedFlag), 200,
		strings.Replace(notSaved("createMetadata", "Skip_", unsureSetNameCode, fmt.Sprintf(unsureDeveloperName, "Custom Permission")), "<errors>", "<errors><fields>DeveloperName</fields>", 1))
	s.wants(customPermissionXML("createMetadata", "Audit", licensedFlag+requiredXML("Skipp", "true")), 200,
		notSaved("createMetadata", "Audit", "INVALID_CROSS_REFERENCE_KEY", "In field: customPermission - no CustomPermission named Skipp found"))
	s.wants(customPermissionXML("createMetadata", "Audit", licensedFlag+requiredXML("Skip", "true")+requiredXML("Bypass_Validation", "false")), 200, savedXML("createMetadata", "Audit"))
	r.refused("DELETE", "/sobjects/CustomPermission/"+s.org.Find("CustomPermission", "DeveloperName", "Skip")["Id"].(string), "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET")
}

// Whoever grants a custom permission, or requires it, keeps it from being deleted; a group that holds such a set does not count again.
func TestCustomPermissionInUse(t *testing.T) {
	t.Parallel()
	s, _ := groupWire(t)
	deleting := `<deleteMetadata><type>CustomPermission</type><fullNames>Skip</fullNames></deleteMetadata>`
	refused := func(users string) {
		t.Helper()
		s.wants(deleting, 200, notSaved("deleteMetadata", "Skip", unsureSetInUseCode, fmt.Sprintf(unsurePermissionInUse, "Skip", users)))
	}
	granted := "<customPermissions><enabled>true</enabled><name>Skip</name></customPermissions>"
	withdrawn := "<customPermissions><enabled>false</enabled><name>Skip</name></customPermissions>"
	profile := func(content string) string {
		return `<updateMetadata><metadata xsi:type="Profile"><fullName>Standard</fullName>` + content + `</metadata></updateMetadata>`
	}
	s.wants(customPermissionXML("createMetadata", "Skip", licensedFlag), 200, savedXML("createMetadata", "Skip"))
	s.wants(customPermissionXML("createMetadata", "Audit", licensedFlag+requiredXML("skip", "true")), 200, savedXML("createMetadata", "Audit"))
	s.wants(setXML("createMetadata", granted), 200, savedXML("createMetadata", "Api_Client"))
	s.wants(groupXML("createMetadata", "<permissionSets>Api_Client</permissionSets>"), 200, savedXML("createMetadata", "Team"))
	s.wants(profile(granted), 200, savedXML("updateMetadata", "Standard"))
	refused("custom permission Audit, permission set Api Client, profile Standard User")

	s.wants(profile(withdrawn), 200, savedXML("updateMetadata", "Standard"))
	s.wants(setXML("updateMetadata", ""), 200, savedXML("updateMetadata", "Api_Client"))
	if err := s.org.RenameComponent("CustomPermission", "Skip", "Leap"); err != nil {
		t.Fatal(err)
	}
	if err := s.org.RemoveComponent("CustomPermission", "Leap"); err == nil || err.Error() != unsureSetInUseCode+": "+fmt.Sprintf(unsurePermissionInUse, "Skip", "custom permission Audit") {
		t.Errorf("after a rename: %v", err)
	}
	s.wants(customPermissionXML("updateMetadata", "Audit", licensedFlag+requiredXML("Leap", "false")), 200, savedXML("updateMetadata", "Audit"))
	if err := s.org.RemoveComponent("CustomPermission", "Leap"); err != nil {
		t.Error(err)
	}
}

// One that came with a package is named with its namespace, and is a licensed one as long as its record is.
func TestCustomPermissionOfPackage(t *testing.T) {
	t.Parallel()
	s, _ := groupWire(t)
	if _, err := s.org.Insert("CustomPermission", map[string]any{"DeveloperName": "Post", "MasterLabel": "Post", "NamespacePrefix": "ledger", "IsLicensed": true}); err != nil {
		t.Fatal(err)
	}
	s.wants(customPermissionXML("updateMetadata", "ledger__Post", licensedFlag), 200, savedXML("updateMetadata", "ledger__Post"))
	if content, _ := s.org.Component("CustomPermission", "ledger__Post"); content["label"] != "ledger__Post" || content["isLicensed"] != "true" {
		t.Errorf("read %v", content)
	}
	s.wants(setXML("createMetadata", "<customPermissions><enabled>true</enabled><name>ledger__Post</name></customPermissions>"), 200, savedXML("createMetadata", "Api_Client"))
	if content, _ := s.org.Component("PermissionSet", "Api_Client"); keys(content, "customPermissions", "name") != "ledger__Post" {
		t.Errorf("the set grants %v", content)
	}
}
