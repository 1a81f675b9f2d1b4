package sfmock

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

func securityXML(content string) string {
	return `<updateMetadata><metadata xsi:type="SecuritySettings"><fullName>Security</fullName>` + content + `</metadata></updateMetadata>`
}

// security reads SecuritySettings as a map.
func (s *soapWire) security() map[string]any {
	s.t.Helper()
	content, ok := s.org.Component("SecuritySettings", "Security")
	if !ok {
		s.t.Fatal("there are no SecuritySettings")
	}
	return content
}

func TestSettingsMergeWhatIsSent(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	saved := savedXML("updateMetadata", "Security")
	s.wants(securityXML("<passwordPolicies><expiration>Never</expiration><passwordAssistanceURL>https://help.example.com</passwordAssistanceURL></passwordPolicies>"), 200, saved)
	s.wants(securityXML("<sessionSettings><sessionTimeout>EightHours</sessionTimeout></sessionSettings>"), 200, saved)
	content := s.security()
	for path, want := range map[string]any{
		"passwordPolicies.expiration": "Never", "passwordPolicies.complexity": "AlphaNumeric", "passwordPolicies.passwordAssistanceURL": "https://help.example.com",
		"sessionSettings.sessionTimeout": "EightHours", "sessionSettings.forceRelogin": "true", "sessionSettings.lockSessionsToIp": "false",
		"singleSignOnSettings.enableMultipleSamlConfigs": "true",
	} {
		part, name, _ := strings.Cut(path, ".")
		if got := at(content, part, name); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	s.wants(securityXML("<passwordPolicies><passwordAssistanceURL/></passwordPolicies>"), 200, saved)
	if got := at(s.security(), "passwordPolicies", "passwordAssistanceURL"); got != nil {
		t.Errorf("an empty element left %v", got)
	}

	ranges := func() int { entries, _ := at(s.security(), "networkAccess", "ipRanges").([]any); return len(entries) }
	two := "<networkAccess><ipRanges><end>192.0.2.9</end><start>192.0.2.1</start></ipRanges><ipRanges><description>b</description><end>2001:db8::2</end><start>2001:db8::1</start></ipRanges></networkAccess>"
	s.wants(securityXML(two), 200, saved)
	s.wants(securityXML("<enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser>"), 200, saved)
	if ranges() != 2 || s.security()["enableAdminLoginAsAnyUser"] != "true" {
		t.Errorf("%d ranges after a write without them", ranges())
	}
	s.wants(securityXML("<networkAccess><ipRanges><end>198.51.100.1</end><start>198.51.100.1</start></ipRanges></networkAccess>"), 200, saved)
	if ranges() != 1 {
		t.Errorf("%d ranges after a replacement", ranges())
	}
	s.wants(securityXML("<networkAccess/>"), 200, saved)
	if ranges() != 0 {
		t.Errorf("%d ranges after all were removed", ranges())
	}
}

func TestSettingsOfTwoLevels(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]string{
		"above": "<enableCoepHeader>true</enableCoepHeader>",
		"below": "<sessionSettings><enableCoepHeader>true</enableCoepHeader></sessionSettings>",
	} {
		s := soapClient(t)
		s.wants(securityXML(sent), 200, savedXML("updateMetadata", "Security"))
		if content := s.security(); content["enableCoepHeader"] != "true" || at(content, "sessionSettings", "enableCoepHeader") != "true" {
			t.Errorf("%s: above %v, below %v", name, content["enableCoepHeader"], at(content, "sessionSettings", "enableCoepHeader"))
		}
	}
}

func TestSettingsRefusals(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	conflict := func(message string) string {
		return notSaved("updateMetadata", "Security", unsureSettingsConflictCode, message)
	}
	for sent, answer := range map[string]string{
		securityXML("<passwordPolicies><minimumPasswordLength>4</minimumPasswordLength></passwordPolicies>"):                                                                                     conflict(fmt.Sprintf(unsureSettingsRange, "minimumPasswordLength", 5, 50)),
		securityXML("<passwordPolicies><historyRestriction>25</historyRestriction></passwordPolicies>"):                                                                                          conflict(fmt.Sprintf(unsureSettingsRange, "historyRestriction", 0, 24)),
		securityXML("<networkAccess><ipRanges><end>192.0.2.1</end><start>192.0.2.9</start></ipRanges></networkAccess>"):                                                                          conflict(fmt.Sprintf(unsureAddressRange, "192.0.2.9", "192.0.2.1")),
		securityXML("<redirectBlockModeEnabled>true</redirectBlockModeEnabled>"):                                                                                                                 conflict(unsureRedirectModes),
		securityXML("<singleSignOnSettings><enableMultipleSamlConfigs>false</enableMultipleSamlConfigs></singleSignOnSettings>"):                                                                 conflict(unsureMultipleSaml),
		`<createMetadata><metadata xsi:type="OauthOidcSettings"><fullName>OauthOidc</fullName></metadata></createMetadata>`:                                                                      notSaved("createMetadata", "OauthOidc", unsureSettingsVerbCode, unsureSettingsVerb),
		`<deleteMetadata><type>OauthOidcSettings</type><fullNames>OauthOidc</fullNames></deleteMetadata>`:                                                                                        notSaved("deleteMetadata", "OauthOidc", unsureSettingsVerbCode, unsureSettingsVerb),
		`<updateMetadata><metadata xsi:type="OauthOidcSettings"><fullName>OauthOidcSettings</fullName></metadata></updateMetadata>`:                                                              notSaved("updateMetadata", "OauthOidcSettings", "INVALID_CROSS_REFERENCE_KEY", "no OauthOidcSettings named OauthOidcSettings found"),
		`<updateMetadata><metadata xsi:type="ConnectedAppSettings"><fullName>ConnectedApp</fullName><enableAdminApprovedAppsOnly>true</enableAdminApprovedAppsOnly></metadata></updateMetadata>`: notSaved("updateMetadata", "ConnectedApp", unsureFeatureCode, "Not available for deploy for this organization"),
		`<readMetadata><type>SecuritySettings</type><fullNames>SecuritySettings</fullNames></readMetadata>`:                                                                                      `<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>`,
	} {
		s.wants(sent, 200, answer)
	}
	s.wants(securityXML("<sessionSettings><sessionTimeout>OneWeek</sessionTimeout></sessionSettings>"), 500,
		soapFaultXML("soapenv:Client", "'OneWeek' is not a valid value for the enum 'SessionTimeout'"))
	s.wants(securityXML("<sessionSettings><requireHttps>true</requireHttps></sessionSettings>"), 500,
		soapFaultXML("soapenv:Client", "Element {http://soap.sforce.com/2006/04/metadata}requireHttps invalid at this location in type SessionSettings"))
	s.version = "66.0"
	s.wants(securityXML("<sessionSettings><unescapedHtmlSanitization>true</unescapedHtmlSanitization></sessionSettings>"), 500,
		soapFaultXML("sf:"+unsureVersionCode, unsureVersionCode+": Property 'unescapedHtmlSanitization' not valid in version 66.0"))
}

func TestMFAStaysOnWhereEnforced(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	off := securityXML("<sessionSettings><enableMFADirectUILoginOptIn>false</enableMFADirectUILoginOptIn></sessionSettings>")
	for _, enforced := range []bool{false, true} {
		s.org.EnforceMFA(enforced)
		s.wants(off, 200, savedXML("updateMetadata", "Security"))
		if got := at(s.security(), "sessionSettings", "enableMFADirectUILoginOptIn"); got != strconv.FormatBool(enforced) {
			t.Errorf("enforced %t: %v", enforced, got)
		}
	}
	s.org.LockMFA(true)
	s.wants(off, 200, notSaved("updateMetadata", "Security", unsureSettingsConflictCode, unsureMFALocked))
	s.wants(securityXML("<enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser>"), 200, savedXML("updateMetadata", "Security"))
	s.org.LockMFA(false)
	s.wants(off, 200, savedXML("updateMetadata", "Security"))
}

// Several parts of the same settings have to travel in calls of their own, or as one component.
func TestSettingsTwiceInOneCall(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	part := func(content string) string {
		return `<metadata xsi:type="SecuritySettings"><fullName>Security</fullName>` + content + `</metadata>`
	}
	s.wants("<updateMetadata>"+part("<enableAdminLoginAsAnyUser>true</enableAdminLoginAsAnyUser>")+part("<networkAccess/>")+"</updateMetadata>", 500,
		soapFaultXML("sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: "+fmt.Sprintf(unsureNamedTwice, "Security")))
	if s.security()["enableAdminLoginAsAnyUser"] != "false" {
		t.Error("a refused call changed something")
	}
}

// A fresh org's settings of every type can be deployed again as they were retrieved.
func TestEverySettingsTypeSurvivesRetrieveAndDeploy(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	_, files := s.retrieved(`<singlePackage>true</singlePackage><unpackaged>` + typesXML("Settings", "*") + `</unpackaged>`)
	back := map[string]string{}
	for path, content := range files {
		back[path] = string(content)
	}
	for _, typeName := range []string{"ConnectedApp", "Currency", "ExternalClientApp", "IdentityProvider", "MyDomain", "OauthOidc", "Security", "UserManagement"} {
		if back["settings/"+typeName+".settings"] == "" {
			t.Errorf("no %s settings", typeName)
		}
	}
	result := s.deployed(usual, back)
	for _, row := range rows(result) {
		if strings.HasSuffix(row, " changed") && row != manifestRow || strings.Contains(row, "Error") {
			t.Error(row)
		}
	}
	if result.value("status") != "Succeeded" || len(back) < 200 {
		t.Errorf("%s of %d files", result.value("status"), len(back))
	}
}

func TestSettingsAreDeployed(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	files := map[string]string{
		"package.xml":                        packageXML(typesXML("Settings", "Security", "IdentityProvider", "OauthOidc")),
		"settings/Security.settings":         componentXML("SecuritySettings", "<sessionSettings><lockSessionsToIp>true</lockSessionsToIp></sessionSettings>"),
		"settings/IdentityProvider.settings": componentXML("IdentityProviderSettings", "<certificateName>Partner</certificateName><enableIdentityProvider>true</enableIdentityProvider>"),
		"settings/OauthOidc.settings":        componentXML("OauthOidcSettings", "<isPkceRequired>true</isPkceRequired>"),
	}
	const oauth = "OauthOidcSettings OauthOidc in settings/OauthOidc.settings"
	s.wantRows(s.deployed(usual, files), "Succeeded", manifestRow, "IdentityProviderSettings IdentityProvider in settings/IdentityProvider.settings changed",
		oauth+" changed", "SecuritySettings Security in settings/Security.settings changed")
	if content := s.security(); at(content, "sessionSettings", "lockSessionsToIp") != "true" || at(content, "sessionSettings", "forceRelogin") != "true" {
		t.Errorf("session settings: %v", content["sessionSettings"])
	}
	files["settings/IdentityProvider.settings"] = componentXML("IdentityProviderSettings", "<enableIdentityProvider>true</enableIdentityProvider>")
	files["settings/Security.settings"] = componentXML("SecuritySettings", "<sessionSettings><grantCameraAccess>Sometimes</grantCameraAccess></sessionSettings>")
	s.wantRows(s.deployed(usual, files), "Failed", manifestRow, oauth,
		"IdentityProviderSettings IdentityProvider in settings/IdentityProvider.settings Error: Required field is missing: certificateName",
		"SecuritySettings Security in settings/Security.settings Error: "+fmt.Sprintf(unsurePolicyValue, "grantCameraAccess", "Sometimes"))
}

func TestEverySettingsTypeReads(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	for typeName, defaults := range settingsDefaults {
		schema, _ := sfschema.LookupType(typeName)
		content, ok := s.org.Component(typeName, strings.TrimSuffix(typeName, "Settings"))
		if !ok {
			t.Errorf("no %s", typeName)
		}
		for _, f := range schema.Fields {
			gated := slices.Contains(featureSettings[typeName], f.Name)
			if _, shown := content[f.Name]; f.Type == "boolean" && shown == gated {
				t.Errorf("%s.%s: shown %t", typeName, f.Name, shown)
			}
		}
		if err := checkContent(typeName, withDefaults(typeName, elementOf(typeName, defaults)), sfschema.Version()); err != nil {
			t.Errorf("%s: %v", typeName, err)
		}
	}
	status, answer := s.call("", `<readMetadata><type>IdentityProviderSettings</type><fullNames>IdentityProvider</fullNames></readMetadata>`)
	if want := `<readMetadataResponse><result><records xsi:type="IdentityProviderSettings"><fullName>IdentityProvider</fullName><certificateName xsi:nil="true"/>` +
		`<enableIdentityProvider>false</enableIdentityProvider></records></result></readMetadataResponse>`; status != 200 || answer != want {
		t.Errorf("got  %s\nwant %s", answer, want)
	}
	s.wants(`<updateMetadata><metadata xsi:type="MyDomainSettings"><fullName>MyDomain</fullName><canOnlyLoginWithMyDomainUrl>true</canOnlyLoginWithMyDomainUrl><myDomainName>other</myDomainName></metadata></updateMetadata>`,
		200, savedXML("updateMetadata", "MyDomain"))
	if content, _ := s.org.Component("MyDomainSettings", "MyDomain"); content["canOnlyLoginWithMyDomainUrl"] != "true" || content["myDomainName"] != "mock" {
		t.Errorf("my domain: %v", content)
	}
}

func TestSettingsThroughTooling(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	r := &restWire{t, s.org, s.wire}
	answer := r.toolingQuery("SELECT DurableId, FullName, Metadata FROM SecuritySettings", http.StatusOK)
	r.equal(at(answer, "records", 0, "FullName"), "Security")
	r.equal(at(answer, "records", 0, "Metadata", "sessionSettings", "sessionTimeout"), "TwoHours")
	r.equal(at(answer, "records", 0, "Metadata", "networkAccess", "ipRanges"), []any{})
	id, _ := at(answer, "records", 0, "DurableId").(string)
	r.ask("PATCH", "/tooling/sobjects/SecuritySettings/"+id, `{"FullName":"Security","Metadata":{"enableAdminLoginAsAnyUser":true,"sessionSettings":null,
		"networkAccess":{"ipRanges":[{"start":"192.0.2.1","end":"192.0.2.2","description":null}]}}}`, http.StatusNoContent)
	content := s.security()
	r.equal(content["enableAdminLoginAsAnyUser"], "true")
	r.equal(at(content, "networkAccess", "ipRanges", 0, "end"), "192.0.2.2")
	r.equal(at(content, "sessionSettings", "sessionTimeout"), "TwoHours")
	r.equal(at(r.ask("PATCH", "/tooling/sobjects/SecuritySettings/"+id, `{"Metadata":{"nope":true}}`, http.StatusBadRequest), 0, "errorCode"), "JSON_PARSER_ERROR")
	r.refused("GET", "/sobjects/SecuritySettings/describe", "", 404, "NOT_FOUND", "The requested resource does not exist")
	r.refused("DELETE", "/tooling/sobjects/SecuritySettings/"+id, "", 405, "METHOD_NOT_ALLOWED", "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH")
	sam := *r.wire
	sam.token = sam.tokenOf(s.org, "sam.seller@example.com")
	if status, _, _ := sam.do("PATCH", data+"/tooling/sobjects/SecuritySettings/"+id, `{"Metadata":{"enableAdminLoginAsAnyUser":false}}`); status != http.StatusForbidden {
		t.Errorf("status %d for somebody who may not customize", status)
	}
}
