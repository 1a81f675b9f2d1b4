package sfmock

import (
	"fmt"
	"strings"
	"testing"
)

func sessionSettingXML(operation, fullName, profile, more string) string {
	return "<" + operation + `><metadata xsi:type="ProfileSessionSetting"><fullName>` + fullName + `</fullName><externalCommunityUserIdentityVerif>false</externalCommunityUserIdentityVerif>` +
		`<forceLogout>true</forceLogout><profile>` + profile + `</profile>` + more + `<sessionPersistence>true</sessionPersistence><sessionTimeout>60</sessionTimeout>` +
		`<sessionTimeoutWarning>true</sessionTimeoutWarning></metadata></` + operation + ">"
}

// policyNames lists the full names of a type through the wire.
func (s *soapWire) policyNames(typeName string) []string {
	_, answer := s.call("", `<listMetadata><queries><type>`+typeName+`</type></queries></listMetadata>`)
	var names []string
	for part := range strings.SplitSeq(answer, "<fullName>") {
		if name, _, found := strings.Cut(part, "</fullName>"); found {
			names = append(names, name)
		}
	}
	return names
}

func TestSessionSettingsOfAProfile(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	taken := "A session setting with this profile already exists."
	s.wants(sessionSettingXML("createMetadata", "Mine", "Admin", ""), 200, savedXML("createMetadata", "Mine"))
	names := s.policyNames("ProfileSessionSetting")
	if len(names) != 1 || !strings.HasPrefix(names[0], "Admin_profileSessionSetting") {
		t.Fatalf("names %v", names)
	}
	s.wants(`<readMetadata><type>ProfileSessionSetting</type><fullNames>Mine</fullNames></readMetadata>`, 200, `<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>`)
	s.wants(sessionSettingXML("createMetadata", "Other", "admin", ""), 200, notSaved("createMetadata", "Other", unsurePolicyTakenCode, taken))
	s.wants(sessionSettingXML("upsertMetadata", "Mine", "ADMIN", ""), 200,
		"<upsertMetadataResponse><result><created>false</created><errors><message>"+taken+"</message><statusCode>"+unsurePolicyTakenCode+"</statusCode></errors><fullName>Mine</fullName><success>false</success></result></upsertMetadataResponse>")
	s.wants(sessionSettingXML("updateMetadata", names[0], "admin", "<requiredSessionLevel>HIGH_ASSURANCE</requiredSessionLevel>"), 200, savedXML("updateMetadata", names[0]))
	s.wants(sessionSettingXML("updateMetadata", "Mine", "Standard", ""), 200, notSaved("updateMetadata", "Mine", "INVALID_CROSS_REFERENCE_KEY", "no ProfileSessionSetting named Mine found"))
	content, _ := s.org.Component("ProfileSessionSetting", names[0])
	if content["profile"] != "admin" || content["requiredSessionLevel"] != "HIGH_ASSURANCE" || content["sessionTimeout"] != "60" {
		t.Errorf("content %v", content)
	}
	s.wants(`<deleteMetadata><type>ProfileSessionSetting</type><fullNames>`+names[0]+`</fullNames></deleteMetadata>`, 200, savedXML("deleteMetadata", names[0]))
	s.wants(strings.Replace(sessionSettingXML("createMetadata", "Odd", "Admin", ""), ">60<", ">61<", 1), 200,
		notSaved("createMetadata", "Odd", unsurePolicyValueCode, fmt.Sprintf(unsurePolicyValue, "sessionTimeout", "61")))
	s.wants(sessionSettingXML("createMetadata", "Odd", "Nobody", ""), 200, notSaved("createMetadata", "Odd", "INVALID_CROSS_REFERENCE_KEY", "In field: profile - no Profile named Nobody found"))
}

func TestPasswordPolicyOutlivesItsProfile(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	licence := s.org.Find("UserLicense", "Name", "Salesforce")["Id"]
	profile, err := s.org.Insert("Profile", map[string]any{"Name": "Night Shift (EU)", "UserLicenseId": licence})
	must(t, err)
	policy := func(history string) string {
		return `<createMetadata><metadata xsi:type="ProfilePasswordPolicy"><fullName>P</fullName><lockoutInterval>15</lockoutInterval><maxLoginAttempts>5</maxLoginAttempts>` +
			`<minimumPasswordLength>12</minimumPasswordLength><passwordComplexity>3</passwordComplexity><passwordExpiration>90</passwordExpiration>` +
			`<passwordHistory>` + history + `</passwordHistory><passwordQuestion>1</passwordQuestion><profile>Night Shift %28EU%29</profile></metadata></createMetadata>`
	}
	s.wants(policy("0"), 200, notSaved("createMetadata", "P", unsurePolicyValueCode, unsurePasswordHistory))
	s.wants(policy("3"), 200, savedXML("createMetadata", "P"))
	names := s.policyNames("ProfilePasswordPolicy")
	if len(names) != 1 || !strings.HasPrefix(names[0], "Night Shift %28EU%29_profilePasswordPolicy") {
		t.Fatalf("names %v", names)
	}
	read := `<readMetadata><type>ProfilePasswordPolicy</type><fullNames>` + names[0] + `</fullNames></readMetadata>`
	if _, answer := s.call("", read); !strings.Contains(answer, "<profile>Night Shift (EU)</profile>") {
		t.Errorf("read %s", answer)
	}
	must(t, s.org.Delete(profile))
	if _, answer := s.call("", read); !strings.Contains(answer, `<profile xsi:nil="true"/>`) {
		t.Errorf("read of the orphan %s", answer)
	}
}
