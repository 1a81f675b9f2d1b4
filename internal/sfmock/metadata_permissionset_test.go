package sfmock

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// setXML is a write of the permission set Api_Client.
func setXML(operation, content string) string {
	return "<" + operation + `><metadata xsi:type="PermissionSet"><fullName>Api_Client</fullName><label>Api Client</label>` + content + "</metadata></" + operation + ">"
}

// rightsXML is an entry of objectPermissions with the elements that are true.
func rightsXML(object string, granted ...string) string {
	var entry strings.Builder
	for _, element := range []string{"allowCreate", "allowDelete", "allowEdit", "allowRead", "modifyAllRecords"} {
		fmt.Fprintf(&entry, "<%s>%t</%[1]s>", element, slices.Contains(granted, element))
	}
	return fmt.Sprintf("<objectPermissions>%s<object>%s</object><viewAllFields>%t</viewAllFields><viewAllRecords>%t</viewAllRecords></objectPermissions>",
		entry.String(), object, slices.Contains(granted, "viewAllFields"), slices.Contains(granted, "viewAllRecords"))
}

func permissionXML(name string, enabled bool) string {
	return fmt.Sprintf("<userPermissions><enabled>%t</enabled><name>%s</name></userPermissions>", enabled, name)
}

func fieldXML(field string, editable, readable bool) string {
	return fmt.Sprintf("<fieldPermissions><editable>%t</editable><field>%s</field><readable>%t</readable></fieldPermissions>", editable, field, readable)
}

// content reads the permission set as a map.
func (s *soapWire) content(t *testing.T) map[string]any {
	t.Helper()
	content, ok := s.org.Component("PermissionSet", "Api_Client")
	if !ok {
		t.Fatal("there is no Api_Client")
	}
	return content
}

// keys are the values of one element in a list of entries, sorted.
func keys(content map[string]any, section, element string) string {
	var all []string
	entries, _ := content[section].([]any)
	for _, entry := range entries {
		fields, _ := entry.(map[string]any)
		all = append(all, fmt.Sprint(fields[element]))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

const fullSet = `<applicationVisibilities><application>standard__Sales</application><visible>true</visible></applicationVisibilities>` +
	`<classAccesses><apexClass>BillingApi</apexClass><enabled>true</enabled></classAccesses>` +
	`<classAccesses><apexClass>OrderSync</apexClass><enabled>false</enabled></classAccesses>` +
	`<customPermissions><enabled>true</enabled><name>Bypass_Validation</name></customPermissions>` +
	`<description>For machines</description>` +
	`<fieldPermissions><editable>true</editable><field>Account.BillingCode__c</field><readable>true</readable></fieldPermissions>` +
	`<fieldPermissions><editable>false</editable><field>Account.Parent</field><readable>true</readable></fieldPermissions>` +
	`<fieldPermissions><editable>false</editable><field>Account.Phone</field><readable>false</readable></fieldPermissions>` +
	`<flowAccesses><enabled>true</enabled><flow>Order_Approval</flow></flowAccesses>` +
	`<pageAccesses><apexPage>InvoicePdf</apexPage><enabled>true</enabled></pageAccesses>` +
	`<recordTypeVisibilities><recordType>Account.Partner</recordType><visible>true</visible></recordTypeVisibilities>` +
	`<tabSettings><tab>standard-Account</tab><visibility>Available</visibility></tabSettings>` +
	`<tabSettings><tab>standard-Lead</tab><visibility>None</visibility></tabSettings>`

func TestPermissionSetHasTwoFaces(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	rest := &restWire{t, s.org, s.wire}
	s.wants(setXML("createMetadata", fullSet+rightsXML("Account", "allowRead", "allowEdit")+permissionXML("ViewSetup", true)+permissionXML("ViewRoles", false)), 200, savedXML("createMetadata", "Api_Client"))

	for query, want := range map[string]int{
		"SELECT Id FROM PermissionSet WHERE Name = 'Api_Client' AND Label = 'Api Client' AND Description = 'For machines' AND PermissionsViewSetup = true AND PermissionsViewRoles = false AND LicenseId = null": 1,
		"SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Api_Client'":                                                                                      1,
		"SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'Api_Client' AND SobjectType = 'Account' AND PermissionsEdit = true AND PermissionsDelete = false": 1,
		"SELECT Id FROM FieldPermissions WHERE Parent.Name = 'Api_Client'":                                                                                       2,
		"SELECT Id FROM FieldPermissions WHERE Parent.Name = 'Api_Client' AND Field = 'Account.ParentId' AND PermissionsEdit = false":                            1,
		"SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Api_Client'":                                                                                      4,
		"SELECT Id FROM SetupEntityAccess WHERE Parent.Name = 'Api_Client' AND SetupEntityType = 'ApexClass'":                                                    1,
		"SELECT Id FROM PermissionSetTabSetting WHERE Parent.Name = 'Api_Client' AND Name = 'standard-Account' AND Visibility = 'DefaultOff'":                    1,
		"SELECT Id FROM PermissionSetTabSetting WHERE Parent.Name = 'Api_Client'":                                                                                1,
	} {
		if got := rest.count(query); got != want {
			t.Errorf("%s: %d rows, want %d", query, got, want)
		}
	}

	// And the other way: what is written as a record shows in metadata.
	set := s.org.find("PermissionSet", "Name", "Api_Client").id
	rest.ask(http.MethodPost, "/sobjects/FieldPermissions", `{"ParentId":"`+set+`","SobjectType":"Account","Field":"Account.Industry","PermissionsRead":true,"PermissionsEdit":true}`, http.StatusCreated)
	rest.ask(http.MethodPatch, "/sobjects/PermissionSet/"+set, `{"PermissionsViewRoles":true,"Label":"Renamed","HasActivationRequired":true}`, http.StatusNoContent)
	rest.ask(http.MethodPost, "/sobjects/ObjectPermissions", `{"ParentId":"`+set+`","SobjectType":"Contact","PermissionsRead":true}`, http.StatusCreated)
	content := s.content(t)
	for section, want := range map[string][2]string{
		"fieldPermissions":        {"field", "Account.BillingCode__c Account.Industry Account.Parent"},
		"objectPermissions":       {"object", "Account Contact"},
		"userPermissions":         {"name", "ViewRoles ViewSetup"},
		"classAccesses":           {"apexClass", "BillingApi"},
		"pageAccesses":            {"apexPage", "InvoicePdf"},
		"flowAccesses":            {"flow", "Order_Approval"},
		"customPermissions":       {"name", "Bypass_Validation"},
		"tabSettings":             {"tab", "standard-Account"},
		"applicationVisibilities": {"application", "standard__Sales"},
		"recordTypeVisibilities":  {"recordType", "Account.Partner"},
	} {
		if got := keys(content, section, want[0]); got != want[1] {
			t.Errorf("%s: %s, want %s", section, got, want[1])
		}
	}
	if content["label"] != "Renamed" || content["hasActivationRequired"] != "true" || content["description"] != "For machines" || content["license"] != nil {
		t.Errorf("header: %v", content)
	}
}

func TestPermissionSetWriteReplaces(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", fullSet+rightsXML("Account", "allowRead")+rightsXML("Contact", "allowRead")+permissionXML("ViewSetup", true)+permissionXML("ViewRoles", true)), 200, savedXML("createMetadata", "Api_Client"))
	s.wants(setXML("updateMetadata", rightsXML("Contact", "allowRead", "allowEdit")+permissionXML("ViewRoles", true)), 200, savedXML("updateMetadata", "Api_Client"))
	status, answer := s.call("", `<readMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></readMetadata>`)
	if want := `<readMetadataResponse><result><records xsi:type="PermissionSet"><fullName>Api_Client</fullName><hasActivationRequired>false</hasActivationRequired><label>Api Client</label>` +
		rightsXML("Contact", "allowRead", "allowEdit") + permissionXML("ViewRoles", true) + `</records></result></readMetadataResponse>`; status != 200 || answer != want {
		t.Errorf("got  %s\nwant %s", answer, want)
	}
}

// Apps are granted by rows that permission set metadata has no section for: a write must not take them away.
func TestPermissionSetWriteKeepsWhatItCannotShow(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", ""), 200, savedXML("createMetadata", "Api_Client"))
	set := s.org.find("PermissionSet", "Name", "Api_Client")
	s.org.mu.Lock()
	row := &record{object: s.org.object("SetupEntityAccess"), id: s.org.newID("0J0"), values: map[string]any{"ParentId": set.id, "SetupEntityId": "0H4000000000001AAA", "SetupEntityType": "ConnectedApplication"}}
	s.org.put(row)
	s.org.mu.Unlock()
	s.wants(setXML("updateMetadata", ""), 200, savedXML("updateMetadata", "Api_Client"))
	if row.deleted {
		t.Error("the access to an app is gone")
	}
}

func TestPermissionSetRefusals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ content, code, message string }{
		"unknown user permission": {permissionXML("Nope", true), unsureUnknownPermissionCode, "Unknown user permission: Nope"},
		"missing dependencies": {
			permissionXML("ManageUsers", true) + permissionXML("ViewAllUsers", true), "FIELD_INTEGRITY_EXCEPTION",
			"Permission ManageUsers depends on permission(s): AssignPermissionSets, DelegatedTwoFactor, FreezeUsers, ManageInternalUsers, ManageIpAddresses, ManageLoginAccessPolicies, " +
				"ManagePasswordPolicies, ManageProfilesPermissionsets, ManageRoles, ManageSharing, MonitorLoginHistory, ViewRoles, ViewSetup",
		},
		"second factor for API log-ins only": {permissionXML("TwoFactorApi", true), "FIELD_INTEGRITY_EXCEPTION", "Permission TwoFactorApi depends on permission(s): ForceTwoFactor"},
		"edit without read":                  {rightsXML("Account", "allowEdit"), "FIELD_INTEGRITY_EXCEPTION", "Permission Edit Account depends on permission(s): Read Account"},
		"delete without edit":                {rightsXML("Account", "allowRead", "allowDelete"), "FIELD_INTEGRITY_EXCEPTION", "Permission Delete Account depends on permission(s): Edit Account"},
		"modify all alone": {
			rightsXML("Account", "allowRead", "allowEdit", "modifyAllRecords"), "FIELD_INTEGRITY_EXCEPTION",
			"Permission Modify All Account depends on permission(s): Delete Account, View All Account",
		},
		"unknown object":     {rightsXML("Nope__c", "allowRead"), "INVALID_CROSS_REFERENCE_KEY", "In field: object - no CustomObject named Nope__c found"},
		"field of no object": {fieldXML("Nope__c.A__c", true, true), "INVALID_CROSS_REFERENCE_KEY", "In field: field - no CustomObject named Nope__c found"},
		"unknown field":      {fieldXML("Account.Nope__c", true, true), "INVALID_CROSS_REFERENCE_KEY", "In field: field - no CustomField named Account.Nope__c found"},
		"required field":     {fieldXML("Account.Name", true, true), unsureRequiredFieldCode, "You cannot deploy to a required field: Account.Name"},
		"unknown class":      {`<classAccesses><apexClass>Nope</apexClass><enabled>true</enabled></classAccesses>`, "INVALID_CROSS_REFERENCE_KEY", "In field: apexClass - no ApexClass named Nope found"},
		"permission twice":   {permissionXML("ViewSetup", true) + permissionXML("ViewSetup", true), unsureRepeatCode, "Field:name, value:ViewSetup appears more than once"},
		"field twice":        {fieldXML("Account.Phone", true, true) + fieldXML("Account.Phone", false, true), unsureRepeatCode, "Field:field, value:Account.Phone appears more than once"},
		"unknown licence":    {"<license>Nope</license>", "INVALID_CROSS_REFERENCE_KEY", "In field: license - no UserLicense named Nope found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := soapClient(t)
			_, answer := s.call("", setXML("createMetadata", test.content))
			for _, want := range []string{"<message>" + test.message + "</message>", "<statusCode>" + test.code + "</statusCode>", "<success>false</success>"} {
				if !strings.Contains(answer, want) {
					t.Errorf("no %s in %s", want, answer)
				}
			}
			if _, exists := s.org.Component("PermissionSet", "Api_Client"); exists {
				t.Error("a refused write left a permission set")
			}
		})
	}
}

func TestPermissionSetReadGaps(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", fieldXML("Account.Phone", false, true)+fieldXML("Contact.Email", false, true)+
		rightsXML("Account", "allowRead", "viewAllFields")+permissionXML("ManagePackageLicenses", true)+permissionXML("RetainFieldHistory", true)+
		permissionXML("ViewAllData", true)+permissionXML("ViewPlatformEvents", true)), 200, savedXML("createMetadata", "Api_Client"))
	content := s.content(t)
	if got := keys(content, "userPermissions", "name"); got != "ViewAllData" {
		t.Errorf("user permissions: %s", got)
	}
	if got := keys(content, "fieldPermissions", "field"); got != "Contact.Email" {
		t.Errorf("fields of an object with View All Fields show: %s", got)
	}
	if !s.org.find("PermissionSet", "Name", "Api_Client").flag("PermissionsManagePackageLicenses") {
		t.Error("what is never read was not granted either")
	}
}

func TestPermissionSetLicence(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", "<license>Salesforce API Integration</license>"), 200, savedXML("createMetadata", "Api_Client"))
	if got := s.content(t)["license"]; got != "Salesforce API Integration" {
		t.Errorf("license %v", got)
	}
	s.wants(setXML("updateMetadata", "<license>Salesforce</license>"), 200, notSaved("updateMetadata", "Api_Client", unsureLicenceChangeCode, unsureLicenceChange))
}

func TestPermissionSetDeleteAndRename(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", fullSet), 200, savedXML("createMetadata", "Api_Client"))
	set, admin := s.org.find("PermissionSet", "Name", "Api_Client"), s.org.find("User", "Username", administrator)
	rest := &restWire{t, s.org, s.wire}
	rest.ask(http.MethodPost, "/sobjects/PermissionSetAssignment", `{"AssigneeId":"`+admin.id+`","PermissionSetId":"`+set.id+`"}`, http.StatusCreated)
	s.wants(`<deleteMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></deleteMetadata>`, 200,
		notSaved("deleteMetadata", "Api_Client", unsureSetInUseCode, fmt.Sprintf(unsureSetInUse, "Api Client", 1)))
	s.wants(`<renameMetadata><type>PermissionSet</type><oldFullName>Api_Client</oldFullName><newFullName>Machine</newFullName></renameMetadata>`, 200, savedXML("renameMetadata", "Machine"))
	assignment := s.org.indexed("PermissionSetAssignment", "PermissionSetId", set.id)[0]
	rest.ask(http.MethodDelete, "/sobjects/PermissionSetAssignment/"+assignment.id, "", http.StatusNoContent)
	s.wants(`<deleteMetadata><type>PermissionSet</type><fullNames>Machine</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", "Machine"))
	for _, objectName := range grantObjects {
		if rows := s.org.indexed(objectName, "ParentId", set.id); rows != nil {
			t.Errorf("%d rows of %s outlive their set", len(rows), objectName)
		}
	}
}

func TestListsComeInNoOrder(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	var content strings.Builder
	for _, name := range []string{"ViewSetup", "ViewRoles", "ViewAllUsers", "RunReports", "ApiEnabled", "ViewHelpLink"} {
		content.WriteString(permissionXML(name, true))
	}
	s.wants(setXML("createMetadata", content.String()), 200, savedXML("createMetadata", "Api_Client"))
	orders := map[string]bool{}
	for range 20 {
		_, answer := s.call("", `<readMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></readMetadata>`)
		orders[answer] = true
	}
	if len(orders) < 2 {
		t.Error("twenty reads came in one order")
	}
}

// Real permission sets hold thousands of field permissions: ten times as many may take ten times as long, but not a hundred times.
func TestManyFieldPermissions(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	entries := make([]string, 10_000)
	for i := range entries {
		name := fmt.Sprintf("Account.Field%05d__c", i)
		if err := s.org.SetComponent("CustomField", name, map[string]any{"label": name, "type": "Text", "length": 10}); err != nil {
			t.Fatal(err)
		}
		entries[i] = fieldXML(name, true, true)
	}
	pass := func(entries []string) time.Duration {
		t.Helper()
		began, content := time.Now(), strings.Join(entries, "")
		for _, content := range []string{content, content, ""} {
			s.wants(setXML("upsertMetadata", content), 200, `<upsertMetadataResponse><result><created>false</created><fullName>Api_Client</fullName><success>true</success></result></upsertMetadataResponse>`)
			_, answer := s.call("", `<readMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></readMetadata>`)
			if got, want := strings.Count(answer, "<fieldPermissions>"), strings.Count(content, "<fieldPermissions>"); got != want {
				t.Errorf("%d field permissions, want %d", got, want)
			}
		}
		return time.Since(began)
	}
	s.wants(setXML("createMetadata", ""), 200, savedXML("createMetadata", "Api_Client"))
	for range 3 { // a busy machine may be unfair to one attempt
		few, many := pass(entries[:1000]), pass(entries)
		t.Logf("%v for %d, %v for %d", few, 1000, many, len(entries))
		if many < 40*few {
			return
		}
	}
	t.Error("the time grows with the square of the number")
}
