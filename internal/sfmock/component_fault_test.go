package sfmock

import "testing"

func TestComponentFaults(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	set := func(name string) string {
		return `<metadata xsi:type="PermissionSet"><fullName>` + name + `</fullName><label>` + name + `</label></metadata>`
	}
	create := func(sets string) string { return "<createMetadata>" + sets + "</createMetadata>" }
	s.org.FailComponent("PermissionSet", "A", 1, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")
	locked := refusedResult("A", "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")
	s.wants(create(set("A")+set("B")), 200, "<createMetadataResponse>"+locked+savedResult("B")+"</createMetadataResponse>")
	s.wants(create(set("A")), 200, savedXML("createMetadata", "A"))

	remove := `<deleteMetadata><type>PermissionSet</type><fullNames>A</fullNames></deleteMetadata>`
	s.org.FailComponent("PermissionSet", "", -1, "", "")
	for range 2 {
		s.wants(remove, 200, `<deleteMetadataResponse><result><fullName>A</fullName><success>false</success></result></deleteMetadataResponse>`)
	}
	s.org.Heal()
	s.wants(remove, 200, savedXML("deleteMetadata", "A"))

	s.org.FailComponent("PermissionSet", "robot", 1, "DUPLICATE_DEVELOPER_NAME", "taken")
	s.wantRows(s.deployed(usual, robotPackage()), "Failed",
		"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow, "PermissionSet Robot in permissionsets/Robot.permissionset Error: taken")
	if got := s.deployed(usual, robotPackage()).value("status"); got != "Succeeded" {
		t.Errorf("afterwards: %s", got)
	}
	s.org.FailComponent("PermissionSet", "Robot", 1, "DELETE_FAILED", "in use")
	destructive := map[string]string{"package.xml": packageXML(), "destructiveChanges.xml": packageXML(typesXML("PermissionSet", "Robot"))}
	if got := s.deployed(usual, destructive); got.value("status") != "Failed" || !s.exists("PermissionSet", "Robot") {
		t.Errorf("a refused deletion: %v", rows(got))
	}
}
