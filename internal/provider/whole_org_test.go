package provider

import (
	"slices"
	"testing"
)

// wholeOrg is an org with at least one of everything that can be managed, made as administrators do in Setup.
func wholeOrg(t *testing.T) *testOrg {
	t.Helper()
	o := newOrg(t)
	o.withAppNeighbours(t)
	o.withWholeApp(t)
	components := []struct {
		kind, name string
		content    map[string]any
	}{
		{permissionSetKind, "Billing", map[string]any{
			"label": "Billing", "description": "Writes invoices", "userPermissions": oneRow("name", "ViewSetup", "enabled", "true"),
			"objectPermissions": oneRow("object", "Account", "allowRead", "true", "allowEdit", "true", "allowCreate", "false", "allowDelete", "false", "modifyAllRecords", "false", "viewAllRecords", "false"),
			"fieldPermissions":  oneRow("field", "Account.BillingCode__c", "readable", "true", "editable", "true"),
			"classAccesses":     oneRow("apexClass", "BillingApi", "enabled", "true"), "tabSettings": oneRow("tab", "standard-Account", "visibility", "Visible"),
		}},
		{mutingSetKind, "Quiet", map[string]any{
			"label": "Quiet", "userPermissions": oneRow("name", "ViewSetup", "enabled", "true"),
			"fieldPermissions": oneRow("field", "Account.BillingCode__c", "readable", "false", "editable", "true"),
		}},
		{customPermissionKind, "Correct_Invoices", map[string]any{
			"label": "Correct Invoices", "description": "Lets invoices be corrected", "isLicensed": "false", requiredElement: oneRow("customPermission", "Bypass_Validation", "dependency", "true"),
		}},
		{permissionSetGroupKind, "Order_Desk", map[string]any{"label": "Order Desk", "description": "Takes orders", mutingElement: []any{"Quiet"}, memberElement: []any{"Billing", "Orders"}}},
		{permissionSetGroupKind, "Empty_Desk", map[string]any{"label": "Empty Desk"}},
	}
	for _, c := range components {
		if err := o.SetComponent(c.kind, c.name, c.content); err != nil {
			t.Fatalf("%s %s: %v", c.kind, c.name, err)
		}
	}
	o.insert(t, "Profile", map[string]any{"Name": profileName, "Description": "Signs in from the office", "UserLicenseId": o.id(t, "UserLicense", "Name", "Salesforce")})
	o.layOver(t, profileFullName, map[string]any{
		"userPermissions":  oneRow("name", "ViewSetup", "enabled", "true"),
		"fieldPermissions": oneRow("field", "Account.BillingCode__c", "readable", "true", "editable", "true"),
		"classAccesses":    oneRow("apexClass", "BillingApi", "enabled", "true"), "tabVisibilities": oneRow("tab", "standard-Account", "visibility", "DefaultOn"),
		rangesElement: oneRow("startAddress", "192.0.2.1", "endAddress", "192.0.2.9", "description", "Office"),
		hoursElement:  map[string]any{"mondayStart": "540", "mondayEnd": "1080"},
	})
	o.insert(t, "UserRole", map[string]any{"Name": "Seller", "DeveloperName": "Seller", "RollupDescription": "Sellers", "OpportunityAccessForAccountOwner": "Edit", "ParentRoleId": o.id(t, "UserRole", "Name", "CEO")})
	o.assignAll(t)
	for _, name := range []string{"former@example.com", "frozen@example.com"} {
		user := person(name, o.profile(t, "Standard User"))
		user["CommunityNickname"], user["IsActive"] = name, name != "former@example.com"
		o.insert(t, "User", user)
	}
	o.update(t, o.id(t, "UserLogin", "UserId", o.id(t, "User", "Username", "frozen@example.com")), map[string]any{"IsFrozen": true})
	o.handMade(t, "Invoices")
	o.setPolicy(t, "ProfileSessionSetting", "Standard", sessionBase())
	o.setPolicy(t, "ProfilePasswordPolicy", "Standard", passwordBase())
	o.setPolicy(t, "ProfileSessionSetting", profileName, sessionBase())
	o.trust(t, oldOffice, gateway, lab)
	return o
}

// withWholeApp puts an external client app into the org of which everything is set.
func (o *testOrg) withWholeApp(t *testing.T) {
	t.Helper()
	flat, _ := driftingApp(t)
	i := o.speak(t).resource(appType)
	failed(t, nil, i.apply(t, appConfig(t, i, flat)))
}

// assignAll gives users sets, groups and licences, for ever, for a time, and for a time that is over.
func (o *testOrg) assignAll(t *testing.T) {
	t.Helper()
	user := func(name string) string { return o.id(t, "User", "Username", name) }
	set := func(name string) string { return o.id(t, permissionSetKind, "Name", name) }
	group := o.id(t, permissionSetGroupKind, "DeveloperName", "Empty_Desk")
	o.insert(t, "PermissionSetLicenseAssign", map[string]any{"AssigneeId": user(integrationName), "PermissionSetLicenseId": o.id(t, "PermissionSetLicense", "DeveloperName", integrationLicense)})
	for _, given := range []map[string]any{
		{"AssigneeId": user(integrationName), "PermissionSetId": set("Orders")},
		{"AssigneeId": user("sam.seller@example.com"), "PermissionSetId": set("Billing"), "ExpirationDate": "2099-01-31T18:00:00.000+0000"},
		{"AssigneeId": user("sam.seller@example.com"), "PermissionSetId": set("Orders"), "ExpirationDate": "2020-01-31T18:00:00.000+0000"},
		{"AssigneeId": user("sam.seller@example.com"), "PermissionSetGroupId": group},
	} {
		o.insert(t, "PermissionSetAssignment", given)
	}
}

// oneRow is a section of a component that has one row, from names and values in turn.
func oneRow(pairs ...string) []any {
	row := map[string]any{}
	for pair := range slices.Chunk(pairs, 2) {
		row[pair[0]] = pair[1]
	}
	return []any{row}
}
