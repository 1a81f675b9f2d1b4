package sfmock

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func profileXML(operation, fullName, content string) string {
	return "<" + operation + `><metadata xsi:type="Profile"><fullName>` + fullName + `</fullName>` + content + "</metadata></" + operation + ">"
}

func (s *soapWire) profile(t *testing.T, fullName string) map[string]any {
	t.Helper()
	content, ok := s.org.Component("Profile", fullName)
	if !ok {
		t.Fatalf("there is no profile %s", fullName)
	}
	return content
}

func TestProfileFullNames(t *testing.T) {
	t.Parallel()
	for label, fullName := range map[string]string{
		"System Administrator":                   "Admin",
		"Standard User":                          "Standard",
		"Read Only":                              "ReadOnly",
		"Minimum Access - API Only Integrations": "Minimum Access - API Only Integrations",
		"Custom: Sales (EMEA)":                   "Custom%3A Sales %28EMEA%29",
		"Müller & Co. 100%":                      "Müller %26 Co%2E 100%25",
	} {
		if got := profileFullName(label); got != fullName {
			t.Errorf("full name of %s: %s, want %s", label, got, fullName)
		}
		if got := profileLabel(fullName); got != label {
			t.Errorf("label of %s: %s, want %s", fullName, got, label)
		}
	}
}

func TestProfileWriteLiesOver(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	rest := &restWire{t, s.org, s.wire}
	licence := s.org.find("UserLicense", "Name", "Salesforce").id
	id := rest.make("Profile", `{"Name":"Custom: API","UserLicenseId":"`+licence+`","Description":"First","PermissionsApiEnabled":true}`)
	const fullName = "Custom%3A API"

	s.wants(profileXML("updateMetadata", fullName, fieldXML("Account.Phone", true, true)+fieldXML("Account.Website", false, true)+
		`<loginHours><mondayEnd>1020</mondayEnd><mondayStart>480</mondayStart></loginHours><loginIpRanges><endAddress>192.0.2.9</endAddress><startAddress>192.0.2.1</startAddress></loginIpRanges>`+
		rightsXML("Account", "allowRead", "allowEdit")+permissionXML("ViewSetup", true)), 200, savedXML("updateMetadata", fullName))
	s.wants(profileXML("updateMetadata", fullName, `<classAccesses><apexClass>BillingApi</apexClass><enabled>true</enabled></classAccesses>`+
		fieldXML("Account.Phone", false, false)+`<objectPermissions><allowEdit>false</allowEdit><object>Account</object></objectPermissions>`+permissionXML("ApiEnabled", false)), 200, savedXML("updateMetadata", fullName))

	content := s.profile(t, fullName)
	for section, want := range map[string][2]string{
		"userPermissions":   {"name", "ViewSetup"},
		"fieldPermissions":  {"field", "Account.Website"},
		"objectPermissions": {"allowEdit", "false"},
		"classAccesses":     {"apexClass", "BillingApi"},
		"loginIpRanges":     {"startAddress", ""}, // replaced by what was sent: nothing
	} {
		if got := keys(content, section, want[0]); got != want[1] {
			t.Errorf("%s: %s, want %s", section, got, want[1])
		}
	}
	if hours, _ := content["loginHours"].(map[string]any); hours["mondayStart"] != "480" {
		t.Errorf("login hours: %v", content["loginHours"])
	}
	if content["custom"] != "true" || content["description"] != "First" || content["userLicense"] != "Salesforce" {
		t.Errorf("header: %v", content)
	}
	if got := rest.count("SELECT Id FROM Profile WHERE Id = '" + id + "' AND PermissionsViewSetup = true AND PermissionsApiEnabled = false"); got != 1 {
		t.Error("the record shows other permissions than the metadata")
	}
	if got := rest.count("SELECT Id FROM FieldPermissions WHERE Parent.ProfileId = '" + id + "' AND Field = 'Account.Website'"); got != 1 {
		t.Error("the field permission is not a row of the profile's own set")
	}
	if got := rest.count("SELECT Id FROM PermissionSet WHERE ProfileId = '" + id + "' AND IsOwnedByProfile = true AND Type = 'Profile' AND PermissionsViewSetup = true AND PermissionsApiEnabled = false"); got != 1 {
		t.Error("the profile's own set does not follow")
	}

	s.wants(profileXML("updateMetadata", fullName, `<loginHours/>`), 200, savedXML("updateMetadata", fullName))
	if content := s.profile(t, fullName); content["loginHours"] != nil {
		t.Errorf("login hours stay: %v", content["loginHours"])
	}
}

func TestProfileApplications(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	app := func(name, isDefault, visible string) string {
		return `<applicationVisibilities><application>` + name + `</application><default>` + isDefault + `</default><visible>` + visible + `</visible></applicationVisibilities>`
	}
	s.wants(profileXML("updateMetadata", "Admin", app("standard__Sales", "true", "true")+app("standard__Service", "false", "true")), 200, savedXML("updateMetadata", "Admin"))
	s.wants(profileXML("updateMetadata", "Admin", app("standard__Sales", "false", "true")), 200,
		notSaved("updateMetadata", "Admin", unsureDefaultAppCode, "You can't remove the only default app from the profile."))
	s.wants(profileXML("updateMetadata", "Admin", app("standard__Service", "true", "true")), 200, savedXML("updateMetadata", "Admin"))
	if got := keys(s.profile(t, "Admin"), "applicationVisibilities", "default"); got != "false true" {
		t.Errorf("defaults: %s", got)
	}
}

func TestStandardProfileKeepsObjectRights(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	before := keys(s.profile(t, "Standard"), "objectPermissions", "allowRead")
	s.wants(profileXML("updateMetadata", "Standard", rightsXML("Account")), 200, savedXML("updateMetadata", "Standard"))
	if after := keys(s.profile(t, "Standard"), "objectPermissions", "allowRead"); after != before || before == "" {
		t.Errorf("before %s, after %s", before, after)
	}
}

func TestProfileRefusals(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	hours := func(start, end string) string {
		return "<loginHours>" + end + start + "</loginHours>"
	}
	oddHours := fmt.Sprintf(unsureLoginHours, "mondayStart", "mondayEnd")
	for content, want := range map[string][2]string{
		hours("<mondayStart>480</mondayStart>", ""):                                                                 {unsureLoginRuleCode, oddHours},
		hours("<mondayStart>480</mondayStart>", "<mondayEnd>500</mondayEnd>"):                                       {unsureLoginRuleCode, oddHours},
		hours("<mondayStart>600</mondayStart>", "<mondayEnd>480</mondayEnd>"):                                       {unsureLoginRuleCode, oddHours},
		hours("<mondayStart>0</mondayStart>", "<mondayEnd>1500</mondayEnd>"):                                        {unsureLoginRuleCode, oddHours},
		"<loginIpRanges><endAddress>192.0.2.1</endAddress><startAddress>192.0.2.9</startAddress></loginIpRanges>":   {unsureLoginRuleCode, fmt.Sprintf(unsureAddressRange, "192.0.2.9", "192.0.2.1")},
		"<loginIpRanges><endAddress>2001:db8::1</endAddress><startAddress>192.0.2.9</startAddress></loginIpRanges>": {unsureLoginRuleCode, fmt.Sprintf(unsureAddressRange, "192.0.2.9", "2001:db8::1")},
		"<userLicense>Salesforce Integration</userLicense>":                                                         {unsureLicenceChangeCode, unsureProfileLicence},
	} {
		s.wants(profileXML("updateMetadata", "Admin", content), 200, notSaved("updateMetadata", "Admin", want[0], want[1]))
	}
	s.wants(profileXML("updateMetadata", "Admin", "<userLicense>Salesforce</userLicense>"+hours("<mondayStart>0</mondayStart>", "<mondayEnd>1440</mondayEnd>")), 200, savedXML("updateMetadata", "Admin"))
}

func TestLoginFlowsAreReplaced(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	flow := "<loginFlows><flow>Terms</flow><flowType>UI</flowType><friendlyName>Terms</friendlyName><uiLoginFlowType>VisualWorkflow</uiLoginFlowType></loginFlows>"
	s.wants(profileXML("updateMetadata", "Admin", flow), 200, savedXML("updateMetadata", "Admin"))
	if got := keys(s.profile(t, "Admin"), "loginFlows", "flow"); got != "Terms" {
		t.Errorf("login flows: %s", got)
	}
	s.wants(profileXML("updateMetadata", "Admin", permissionXML("ViewSetup", true)), 200, savedXML("updateMetadata", "Admin"))
	if got := keys(s.profile(t, "Admin"), "loginFlows", "flow"); got != "" {
		t.Errorf("login flows that were not sent stay: %s", got)
	}
}

func TestProfileLife(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(profileXML("createMetadata", "Machine", `<userLicense>Salesforce</userLicense>`+permissionXML("ApiEnabled", true)), 200, savedXML("createMetadata", "Machine"))
	if got := keys(s.profile(t, "Machine"), "userPermissions", "name"); !strings.Contains(got, "ApiEnabled") || !strings.Contains(got, "ChatterInternalUser") {
		t.Errorf("%s: not a clone of Minimum Access - Salesforce", got)
	}
	s.wants(`<renameMetadata><type>Profile</type><oldFullName>Machine</oldFullName><newFullName>Robot%3A 1</newFullName></renameMetadata>`, 200, savedXML("renameMetadata", "Robot%3A 1"))
	s.wants(`<deleteMetadata><type>Profile</type><fullNames>Machine</fullNames><fullNames>Robot%3A 1</fullNames></deleteMetadata>`, 200,
		`<deleteMetadataResponse>`+refusedResult("Machine", "INVALID_CROSS_REFERENCE_KEY", "no Profile named Machine found")+savedResult("Robot%3A 1")+`</deleteMetadataResponse>`)
	if status, answer := s.call("", `<deleteMetadata><type>Profile</type><fullNames>Admin</fullNames></deleteMetadata>`); status != http.StatusOK || !strings.Contains(answer, "<success>false</success>") {
		t.Errorf("the administrators' profile: %d %s", status, answer)
	}
}
