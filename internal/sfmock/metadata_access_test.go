package sfmock

import "testing"

// Who may change metadata can change what the permission for its feature covers, and the rest only with another permission.
func TestMetadataNeedsItsFeature(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", permissionXML("ModifyMetadata", true)+permissionXML("CustomizeApplication", false)), 200, savedXML("createMetadata", "Api_Client"))
	set := s.org.Find("PermissionSet", "Name", "Api_Client")["Id"]
	_, err := s.org.Insert("PermissionSetAssignment", map[string]any{"AssigneeId": s.org.Find("User", "Username", robot)["Id"], "PermissionSetId": set})
	must(t, err)
	modest := s.as(s.tokenOf(s.org, robot))
	refused := func(operation, typeName, fullName string) string {
		return notSaved(operation, fullName, "INSUFFICIENT_ACCESS", unsureEntityAccess+typeName)
	}
	rename := "<renameMetadata><type>PermissionSet</type><oldFullName>Api_Client</oldFullName><newFullName>Mine</newFullName></renameMetadata>"
	modest.wants(setXML("updateMetadata", ""), 200, refused("updateMetadata", "PermissionSet", "Api_Client"))
	modest.wants("<deleteMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></deleteMetadata>", 200, refused("deleteMetadata", "PermissionSet", "Api_Client"))
	modest.wants(rename, 200, refused("renameMetadata", "PermissionSet", "Api_Client"))
	modest.wants(roleXML("createMetadata", "Boss", "<name>Boss</name>"), 200, refused("createMetadata", "Role", "Boss"))
	modest.wants(securityXML(""), 200, refused("updateMetadata", "SecuritySettings", "Security"))
	modest.wants("<createMetadata>"+remoteSite+"</createMetadata>", 200, savedXML("createMetadata", "Partner"))
	modest.wantRows(modest.deployed(usual, robotPackage()), "Failed",
		"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow,
		"PermissionSet Robot in permissionsets/Robot.permissionset Error: "+unsureEntityAccess+"PermissionSet")

	must(t, s.org.Update(set.(string), map[string]any{"PermissionsManageProfilesPermissionsets": true, "PermissionsViewSetup": true}))
	modest.wants(setXML("updateMetadata", permissionXML("ModifyMetadata", true)+permissionXML("ManageProfilesPermissionsets", true)+permissionXML("ViewSetup", true)), 200, savedXML("updateMetadata", "Api_Client"))
}
