package sfmock

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// retrieved asks for a retrieval, waits for it and returns its result and the unpacked files.
func (s *soapWire) retrieved(request string) (result element, files map[string][]byte) {
	s.t.Helper()
	status, answer := s.call("", `<retrieve><retrieveRequest>`+request+`</retrieveRequest></retrieve>`)
	if status != http.StatusOK || !strings.HasPrefix(answer, "<retrieveResponse><result><done>false</done><id>09S") || !strings.HasSuffix(answer, "<state>Queued</state></result></retrieveResponse>") {
		s.t.Fatalf("retrieve: %d %s", status, answer)
	}
	id := resultOf(s.t, answer).value("id")
	check := `<checkRetrieveStatus><asyncProcessId>` + id + `</asyncProcessId><includeZip>true</includeZip></checkRetrieveStatus>`
	s.wants(check, 200, `<checkRetrieveStatusResponse><result><done>false</done><id>`+id+`</id><status>InProgress</status><success>false</success><zipFile xsi:nil="true"/></result></checkRetrieveStatusResponse>`)
	_, answer = s.call("", strings.Replace(check, "<includeZip>true", "<includeZip>false", 1))
	if !resultOf(s.t, answer).flag("done") {
		s.t.Fatalf("not done: %s", answer)
	}
	_, answer = s.call("", check)
	result = resultOf(s.t, answer)
	if result.value("status") != "Succeeded" {
		return result, nil
	}
	archive, err := base64.StdEncoding.DecodeString(result.value("zipFile"))
	if err != nil {
		s.t.Fatal(err)
	}
	files, refusal := unpack(archive, mostBytes)
	if refusal != nil {
		s.t.Fatal(refusal)
	}
	s.wants(check, 500, soapFaultXML("sf:INVALID_LOCATOR", "INVALID_LOCATOR: "+unsureRetrievalGone))
	return result, files
}

func (s *soapWire) wantFile(files map[string][]byte, path, want string) {
	s.t.Helper()
	if got := string(files[path]); got != want {
		s.t.Errorf("%s:\n%s\nwant\n%s", path, got, want)
	}
}

func TestRetrieve(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(`<upsertMetadata><metadata xsi:type="PermissionSet"><fullName>Robot</fullName><description>a &lt; b &amp; "c"</description><label>Robot's</label>`+
		`<userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions><userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></metadata></upsertMetadata>`,
		200, `<upsertMetadataResponse><result><created>true</created><fullName>Robot</fullName><success>true</success></result></upsertMetadataResponse>`)
	result, files := s.retrieved(`<apiVersion>67.0</apiVersion><unpackaged>` + typesXML("PermissionSet", "Robot", "Nope") + typesXML("CustomPermission", "*") + typesXML("Reports", "X") + `<version>68.0</version></unpackaged>`)

	if got, want := slices.Sorted(maps.Keys(files)), []string{
		"unpackaged/customPermissions/Bypass_Validation.customPermission", "unpackaged/package.xml", "unpackaged/permissionsets/Robot.permissionset",
	}; !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
	s.wantFile(files, "unpackaged/permissionsets/Robot.permissionset", `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>a &lt; b &amp; &quot;c&quot;</description>
    <hasActivationRequired>false</hasActivationRequired>
    <label>Robot&apos;s</label>
    <userPermissions>
        <enabled>true</enabled>
        <name>ApiEnabled</name>
    </userPermissions>
    <userPermissions>
        <enabled>true</enabled>
        <name>ViewSetup</name>
    </userPermissions>
</PermissionSet>
`)
	s.wantFile(files, "unpackaged/package.xml", `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>Bypass_Validation</members>
        <name>CustomPermission</name>
    </types>
    <types>
        <members>Robot</members>
        <name>PermissionSet</name>
    </types>
    <version>68.0</version>
</Package>
`)
	var problems, names []string
	for _, m := range result.all("messages") {
		problems = append(problems, m.value("fileName")+": "+m.value("problem"))
	}
	if want := []string{"unpackaged/package.xml: Entity type: 'Reports' is unknown", "unpackaged/package.xml: Entity of type 'PermissionSet' named 'Nope' cannot be found"}; !slices.Equal(problems, want) {
		t.Errorf("messages %q, want %q", problems, want)
	}
	for _, p := range result.all("fileProperties") {
		names = append(names, p.value("type")+" "+p.value("fullName")+" "+p.value("fileName"))
	}
	if want := []string{
		"PermissionSet Robot unpackaged/permissionsets/Robot.permissionset", "CustomPermission Bypass_Validation unpackaged/customPermissions/Bypass_Validation.customPermission",
		"Package unpackaged/package.xml unpackaged/package.xml",
	}; !slices.Equal(names, want) {
		t.Errorf("file properties %q, want %q", names, want)
	}
}

func TestRetrieveFails(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	result, _ := s.retrieved(`<packageNames>Rockets</packageNames>`)
	if result.value("status") != "Failed" || result.flag("success") || !result.flag("done") || !result.child("zipFile").null ||
		result.value("errorStatusCode") != "UNKNOWN_EXCEPTION" || result.value("errorMessage") != "INVALID_CROSS_REFERENCE_KEY: No package named 'Rockets' found" {
		t.Errorf("%v", result)
	}
	s.wants(`<checkRetrieveStatus><asyncProcessId>09S000000000000AAA</asyncProcessId></checkRetrieveStatus>`, 500, soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: "+unsureNoRetrieval))
	s.wants(`<retrieve><retrieveRequest><apiVersion>99.0</apiVersion></retrieveRequest></retrieve>`, 500,
		soapFaultXML("sf:UNSUPPORTED_API_VERSION", "UNSUPPORTED_API_VERSION: Invalid version specified:99.0"))
}

func TestRetrieveScopesProfiles(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(profileXML("updateMetadata", "Standard", `<classAccesses><apexClass>OrderSync</apexClass><enabled>true</enabled></classAccesses>`+
		`<customPermissions><enabled>true</enabled><name>Bypass_Validation</name></customPermissions>`+fieldXML("Account.Phone", true, true)+
		`<loginIpRanges><endAddress>192.0.2.9</endAddress><startAddress>192.0.2.1</startAddress></loginIpRanges>`), 200, savedXML("updateMetadata", "Standard"))
	for manifest, want := range map[string][]string{
		"":                                {"custom", "loginIpRanges", "userLicense", "userPermissions"},
		typesXML("CustomPermission", "*"): {"custom", "customPermissions", "loginIpRanges", "userLicense", "userPermissions"},
		typesXML("CustomObject", "*"):     {"custom", "loginIpRanges", "objectPermissions", "userLicense", "userPermissions"},
		typesXML("CustomObject", "Account") + typesXML("ApexClass", "OrderSync"): {
			"classAccesses", "custom", "fieldPermissions", "loginIpRanges", "objectPermissions", "userLicense", "userPermissions",
		},
		typesXML("CustomField", "Account.Phone"): {"custom", "fieldPermissions", "loginIpRanges", "userLicense", "userPermissions"},
	} {
		_, files := s.retrieved(`<singlePackage>true</singlePackage><unpackaged>` + typesXML("Profile", "Standard") + manifest + `</unpackaged>`)
		profile, err := parseXML(files["profiles/Standard.profile"])
		if err != nil {
			t.Fatal(err)
		}
		var sections []string
		for _, c := range profile.children {
			sections = append(sections, c.name)
			if manifest == typesXML("CustomObject", "*") && c.name == "objectPermissions" && !isCustom(c.value("object")) {
				t.Errorf("the wildcard stands for %s", c.value("object"))
			}
		}
		if got := slices.Compact(sections); !slices.Equal(got, want) {
			t.Errorf("with %s: %v, want %v", manifest, got, want)
		}
	}
}

func TestRetrieveKeepsWhatWasDeployed(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	sent := map[string]string{
		"package.xml":                packageXML(typesXML("ApexClass", "Hello"), typesXML("CustomField", "Account.Crew__c"), typesXML("Settings", "Currency")),
		"classes/Hello.cls":          "public class Hello {}",
		"classes/Hello.cls-meta.xml": componentXML("ApexClass", "<apiVersion>68.0</apiVersion><status>Active</status>"),
		"objects/Account.object":     componentXML("CustomObject", "<fields><fullName>Crew__c</fullName><label>Crew</label><length>9</length><type>Text</type></fields>"),
		"settings/Currency.settings": componentXML("CurrencySettings", "<enableMultiCurrency>true</enableMultiCurrency>"),
	}
	if got := s.deployed(usual, sent).value("status"); got != "Succeeded" {
		t.Fatalf("deployed: %s", got)
	}
	_, files := s.retrieved(`<singlePackage>true</singlePackage><unpackaged>` + typesXML("ApexClass", "Hello") + typesXML("CustomField", "Account.Crew__c") + typesXML("Settings", "Currency") + `</unpackaged>`)
	s.wantFile(files, "classes/Hello.cls", sent["classes/Hello.cls"])
	back := map[string]string{}
	for path, content := range files {
		back[path] = string(content)
	}
	result := s.deployed(usual, back)
	s.wantRows(result, "Succeeded", "ApexClass Hello in classes/Hello.cls", "CustomField Account.Crew__c in objects/Account.object", manifestRow, "CurrencySettings Currency in settings/Currency.settings")
	if object := back["objects/Account.object"]; !strings.Contains(object, "<CustomObject xmlns") || !strings.Contains(object, "        <fullName>Crew__c</fullName>") {
		t.Errorf("the object's file: %s", object)
	}
}

func TestDescribeMetadataPlacesTypes(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	_, answer := s.call("", `<describeMetadata><asOfVersion>68.0</asOfVersion></describeMetadata>`)
	object := func(children, folder, hasMeta, suffix, name string) string {
		return "<metadataObjects>" + children + "<directoryName>" + folder + "</directoryName><inFolder>false</inFolder><metaFile>" + hasMeta + "</metaFile><suffix>" + suffix + "</suffix><xmlName>" + name + "</xmlName></metadataObjects>"
	}
	for _, want := range []string{
		object("", "permissionsets", "false", "permissionset", "PermissionSet"),
		object("", "certs", "true", "crt", "Certificate"),
		object("", "settings", "false", "settings", "Settings"),
		object("<childXmlNames>CustomField</childXmlNames>", "objects", "false", "object", "CustomObject"),
	} {
		if strings.Count(answer, want) != 1 {
			t.Errorf("not once in the description: %s", want)
		}
	}
	for _, other := range []string{"<xmlName>SecuritySettings<", "<xmlName>CustomField<"} {
		if strings.Contains(answer, other) {
			t.Errorf("the description has %s", other)
		}
	}
	s.wants(`<upsertMetadata><metadata xsi:type="CurrencySettings"><fullName>Currency</fullName><enableMultiCurrency>true</enableMultiCurrency></metadata></upsertMetadata>`, 200,
		`<upsertMetadataResponse><result><created>false</created><fullName>Currency</fullName><success>true</success></result></upsertMetadataResponse>`)
	if _, answer := s.call("", `<listMetadata><queries><type>Settings</type></queries></listMetadata>`); !strings.Contains(answer, "<fileName>settings/Currency.settings</fileName><fullName>Currency</fullName>") || strings.Contains(answer, "<type>CurrencySettings</type>") {
		t.Errorf("settings are listed as %s", answer)
	}
}
