package sfmock

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// noon is when the deployments of tests happen.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const noonXML = "2026-11-23T12:00:00.000Z"

// deployClient has a sandbox, where deployments may leave out what production insists on, and a clock that stands still.
func deployClient(t *testing.T) *soapWire {
	t.Helper()
	org := New(Options{Sandbox: true, Now: func() time.Time { return noon }})
	return &soapWire{client(t, org), org, "68.0"}
}

func packageXML(types ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">` + strings.Join(types, "") + `<version>68.0</version></Package>`
}

func typesXML(named string, fullNames ...string) string {
	return "<types><members>" + strings.Join(fullNames, "</members><members>") + "</members><name>" + named + "</name></types>"
}

func componentXML(typeName, content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + typeName + ` xmlns="http://soap.sforce.com/2006/04/metadata">` + content + "</" + typeName + ">"
}

func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	raw := map[string][]byte{}
	for path, content := range files {
		raw[path] = []byte(content)
	}
	archive, err := pack(raw, noon)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// deploy starts a deployment and returns its id.
func (s *soapWire) deploy(options string, files map[string]string) string {
	s.t.Helper()
	status, answer := s.call("", `<deploy><ZipFile>`+base64.StdEncoding.EncodeToString(zipOf(s.t, files))+`</ZipFile><DeployOptions>`+options+`</DeployOptions></deploy>`)
	if status != http.StatusOK || !strings.HasPrefix(answer, "<deployResponse><result><done>false</done><id>0Af") || !strings.HasSuffix(answer, "</id><state>Queued</state></result></deployResponse>") {
		s.t.Fatalf("deploy: %d %s", status, answer)
	}
	return resultOf(s.t, answer).value("id")
}

// status checks a deployment.
func (s *soapWire) status(id string) element {
	s.t.Helper()
	status, answer := s.call("", `<checkDeployStatus><asyncProcessId>`+id+`</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`)
	if status != http.StatusOK {
		s.t.Fatalf("checkDeployStatus: %s", answer)
	}
	return resultOf(s.t, answer)
}

// deployed runs a deployment to its end and returns its result.
func (s *soapWire) deployed(options string, files map[string]string) element {
	s.t.Helper()
	id := s.deploy(options, files)
	s.status(id)
	result := s.status(id)
	if !result.flag("done") {
		s.t.Fatalf("the deployment is %s after two checks", result.value("status"))
	}
	return result
}

func resultOf(t *testing.T, answer string) element {
	t.Helper()
	e, err := parseXML([]byte(`<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` + answer + `</x>`))
	if err != nil {
		t.Fatal(err)
	}
	return e.children[0].child("result")
}

// rows shows messages in short: type, name, file, what happened.
func rows(result element) []string {
	var shown []string
	for _, kind := range []string{"componentSuccesses", "componentFailures"} {
		for _, row := range result.child("details").all(kind) {
			text := []string{row.value("componentType"), row.value("fullName"), "in", row.value("fileName")}
			for _, flag := range []string{"created", "changed", "deleted"} {
				if row.flag(flag) {
					text = append(text, flag)
				}
			}
			if row.has("problem") {
				text = append(text, row.value("problemType")+": "+row.value("problem"))
			}
			if row.flag("success") != (kind == "componentSuccesses") {
				text = append(text, "in the wrong list")
			}
			shown = append(shown, strings.Join(text, " "))
		}
	}
	return shown
}

func (s *soapWire) wantRows(result element, status string, want ...string) {
	s.t.Helper()
	if got := rows(result); result.value("status") != status || !slices.Equal(got, want) {
		s.t.Errorf("%s\n%s\nwant %s\n%s", result.value("status"), strings.Join(got, "\n"), status, strings.Join(want, "\n"))
	}
}

func (s *soapWire) exists(typeName, fullName string) bool {
	_, ok := s.org.Component(typeName, fullName)
	return ok
}

const (
	onePackage   = "<singlePackage>true</singlePackage>"
	rollback     = "<rollbackOnError>true</rollbackOnError>"
	usual        = onePackage + rollback
	manifestRow  = " package.xml in package.xml changed"
	licensedFlag = "<isLicensed>false</isLicensed>"
)

// robotPackage is a set that needs a custom permission, and the permission, whose type comes later in the manifest.
func robotPackage() map[string]string {
	return map[string]string{
		"package.xml":                             packageXML(typesXML("PermissionSet", "Robot"), typesXML("CustomPermission", "Skip")),
		"permissionsets/Robot.permissionset":      componentXML("PermissionSet", "<customPermissions><enabled>true</enabled><name>Skip</name></customPermissions><label>Robot</label>"),
		"customPermissions/Skip.customPermission": componentXML("CustomPermission", licensedFlag+"<label>Skip</label>"),
	}
}

func TestDeployShapes(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	id := s.deploy(usual, robotPackage())
	user := s.org.Find("User", "Username", s.org.AdministratorUsername())
	author := "<createdBy>" + user["Id"].(string)[:15] + "</createdBy><createdByName>Ada Admin</createdByName><createdDate>" + noonXML + "</createdDate>"
	tests := "<runTestResult><numFailures>0</numFailures><numTestsRun>0</numTestsRun><totalTime>0.0</totalTime></runTestResult>"
	counts := func(deployed string) string {
		return "<numberComponentErrors>0</numberComponentErrors><numberComponentsDeployed>" + deployed + "</numberComponentsDeployed><numberComponentsTotal>2</numberComponentsTotal>" +
			"<numberFiles>3</numberFiles><numberTestErrors>0</numberTestErrors><numberTestsCompleted>0</numberTestsCompleted><numberTestsTotal>0</numberTestsTotal>" +
			"<rollbackOnError>true</rollbackOnError><runTestsEnabled>false</runTestsEnabled>"
	}
	check := `<checkDeployStatus><asyncProcessId>` + id + `</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`
	size := "<zipSize>" + strconv.Itoa(len(zipOf(t, robotPackage()))) + "</zipSize>"
	s.wants(check, 200, "<checkDeployStatusResponse><result><checkOnly>false</checkOnly>"+author+"<details>"+tests+"</details><done>false</done><id>"+id+"</id>"+
		"<ignoreWarnings>false</ignoreWarnings><lastModifiedDate>"+noonXML+"</lastModifiedDate>"+counts("0")+"<startDate>"+noonXML+"</startDate>"+
		"<status>InProgress</status><success>false</success>"+size+"</result></checkDeployStatusResponse>")

	message := func(typeName, fullName, fileName, created, objectName string) string {
		row := "<componentSuccesses><changed>true</changed><componentType>" + typeName + "</componentType><created>" + created + "</created><createdDate>" + noonXML + "</createdDate>" +
			"<deleted>false</deleted><fileName>" + fileName + "</fileName><fullName>" + fullName + "</fullName>"
		if objectName != "" {
			row += "<id>#" + objectName + "</id>"
		}
		return row + "<success>true</success></componentSuccesses>"
	}
	_, answer := s.call("", check)
	for objectName, column := range map[string]string{"PermissionSet": "Name", "CustomPermission": "DeveloperName"} {
		name := map[string]string{"PermissionSet": "Robot", "CustomPermission": "Skip"}[objectName]
		answer = strings.Replace(answer, s.org.Find(objectName, column, name)["Id"].(string), "#"+objectName, 1)
	}
	want := "<checkDeployStatusResponse><result><checkOnly>false</checkOnly><completedDate>" + noonXML + "</completedDate>" + author + "<details>" +
		message("CustomPermission", "Skip", "customPermissions/Skip.customPermission", "true", "CustomPermission") +
		message("", "package.xml", "package.xml", "false", "") +
		message("PermissionSet", "Robot", "permissionsets/Robot.permissionset", "true", "PermissionSet") + tests + "</details><done>true</done><id>" + id + "</id>" +
		"<ignoreWarnings>false</ignoreWarnings><lastModifiedDate>" + noonXML + "</lastModifiedDate>" + counts("2") + "<startDate>" + noonXML + "</startDate>" +
		"<status>Succeeded</status><success>true</success>" + size + "</result></checkDeployStatusResponse>"
	if answer != want {
		t.Errorf("got  %s\nwant %s", answer, want)
	}
	again := s.deployed(usual, robotPackage())
	s.wantRows(again, "Succeeded", "CustomPermission Skip in customPermissions/Skip.customPermission", manifestRow, "PermissionSet Robot in permissionsets/Robot.permissionset")
}

func TestDeployRefusesComponents(t *testing.T) {
	t.Parallel()
	set := func(content string) map[string]string {
		return map[string]string{"package.xml": packageXML(typesXML("PermissionSet", "X")), "permissionsets/X.permissionset": componentXML("PermissionSet", content)}
	}
	const row = "PermissionSet X in permissionsets/X.permissionset Error: "
	namespace := "{http://soap.sforce.com/2006/04/metadata}"
	for name, test := range map[string]struct {
		files  map[string]string
		line   string
		column string
		want   []string
	}{
		"unknown element":   {set("\n  <lable>x</lable>"), "3", "10", []string{manifestRow, row + "Error parsing file: Element " + namespace + "lable invalid at this location in type PermissionSet"}},
		"scattered list":    {set("<userPermissions><enabled>true</enabled><name>A</name></userPermissions><label>X</label><userPermissions/>"), "2", "170", []string{manifestRow, row + "Error parsing file: Element userPermissions is duplicated at this location in type PermissionSet"}},
		"no label":          {set(""), "", "", []string{manifestRow, row + "Required field is missing: label"}},
		"unknown right":     {set("<label>X</label><userPermissions><enabled>true</enabled><name>Fly</name></userPermissions>"), "", "", []string{manifestRow, row + "Unknown user permission: Fly"}},
		"broken XML":        {set("<label>"), "", "", []string{manifestRow, row + "Error parsing file: XML syntax error on line 2: element &lt;label&gt; closed by &lt;/PermissionSet&gt;"}},
		"named, not there":  {map[string]string{"package.xml": packageXML(typesXML("PermissionSet", "X"))}, "", "", []string{manifestRow, " X in package.xml Error: An object 'X' of type PermissionSet was named in package.xml, but was not found in zipped directory"}},
		"there, not named":  {map[string]string{"package.xml": packageXML(), "permissionsets/X.permissionset": "x"}, "", "", []string{manifestRow, " permissionsets/X.permissionset in permissionsets/X.permissionset Error: Not in package.xml"}},
		"no manifest":       {map[string]string{"permissionsets/X.permissionset": "x"}, "", "", []string{" package.xml in package.xml Error: No package.xml found"}},
		"broken manifest":   {map[string]string{"package.xml": "<Package>"}, "", "", []string{" package.xml in package.xml Error: " + unsureBadManifest}},
		"unknown type":      {map[string]string{"package.xml": packageXML(typesXML("Reports", "X"))}, "", "", []string{manifestRow, "  in package.xml Error: Unknown type name 'Reports' specified in package.xml"}},
		"newer than we are": {map[string]string{"package.xml": "<Package><version>99.0</version></Package>"}, "", "", []string{" package.xml in package.xml Error: Invalid version specified:99.0"}},
		"older than the element": {map[string]string{
			"package.xml": strings.Replace(set("")["package.xml"], "68.0", "67.0", 1), "permissionsets/X.permissionset": componentXML("PermissionSet", "<enrichments/><label>X</label>"),
		}, "2", "78", []string{manifestRow, row + "Error parsing file: Property 'enrichments' not valid in version 67.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := deployClient(t)
			result := s.deployed(usual, test.files)
			for i, line := range test.want {
				test.want[i] = strings.NewReplacer("&lt;", "<", "&gt;", ">").Replace(line)
			}
			s.wantRows(result, "Failed", test.want...)
			for _, failure := range result.child("details").all("componentFailures") {
				if failure.value("lineNumber") != test.line || failure.value("columnNumber") != test.column {
					t.Errorf("at %s:%s", failure.value("lineNumber"), failure.value("columnNumber"))
				}
			}
			if result.value("numberComponentErrors") != "1" || result.flag("success") {
				t.Errorf("%s errors, success %s", result.value("numberComponentErrors"), result.value("success"))
			}
		})
	}
}

func TestDeployOptions(t *testing.T) {
	t.Parallel()
	halfBad := robotPackage()
	halfBad["permissionsets/Robot.permissionset"] = componentXML("PermissionSet", "")
	missing := robotPackage()
	delete(missing, "permissionsets/Robot.permissionset")
	const bad = "PermissionSet Robot in permissionsets/Robot.permissionset Error: Required field is missing: label"
	for name, test := range map[string]struct {
		options string
		files   map[string]string
		status  string
		stored  []string
		rows    []string
	}{
		"everything or nothing": {usual, halfBad, "Failed", nil, []string{"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow, bad}},
		"what can be":           {onePackage, halfBad, "SucceededPartial", []string{"Skip"}, []string{"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow, bad}},
		"check only": {usual + "<checkOnly>true</checkOnly>", robotPackage(), "Succeeded", nil, []string{
			"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow, "PermissionSet Robot in permissionsets/Robot.permissionset created changed",
		}},
		"missing files": {usual + "<allowMissingFiles>true</allowMissingFiles><purgeOnDelete>true</purgeOnDelete><testLevel>NoTestRun</testLevel>", missing, "Succeeded", []string{"Skip"}, []string{
			"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := deployClient(t)
			s.wantRows(s.deployed(test.options, test.files), test.status, test.rows...)
			if got := s.exists("CustomPermission", "Skip"); got != (test.stored != nil) {
				t.Errorf("Skip is stored: %t", got)
			}
			if s.exists("PermissionSet", "Robot") {
				t.Error("Robot is stored")
			}
		})
	}
}

func TestDeployProductionIsStrict(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	for options, text := range map[string]string{
		onePackage: unsureProductionRollback,
		usual + "<testLevel>NoTestRun</testLevel>": unsureProductionTests,
		usual + "<testLevel>All</testLevel>":       "'All' is not a valid value for the enum 'TestLevel'",
	} {
		s.wants(`<deploy><ZipFile/><DeployOptions>`+options+`</DeployOptions></deploy>`, 500, soapFaultXML("sf:INVALID_OPERATION", "INVALID_OPERATION: "+text))
	}
	s.wantRows(s.deployed(usual, robotPackage()), "Succeeded",
		"CustomPermission Skip in customPermissions/Skip.customPermission created changed", manifestRow, "PermissionSet Robot in permissionsets/Robot.permissionset created changed")
}

func TestDeployArchives(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	nested := map[string]string{"other/readme.txt": "x"}
	for path, content := range robotPackage() {
		nested["src/"+path] = content
	}
	s.wantRows(s.deployed(rollback, nested), "Failed",
		"CustomPermission Skip in src/customPermissions/Skip.customPermission created changed", " package.xml in src/package.xml changed",
		"PermissionSet Robot in src/permissionsets/Robot.permissionset created changed", " package.xml in other/package.xml Error: No package.xml found")
	delete(nested, "other/readme.txt")
	if got := s.deployed(rollback, nested).value("status"); got != "Succeeded" {
		t.Errorf("one top folder: %s", got)
	}

	certificate := map[string]string{
		"package.xml":                   packageXML(typesXML("Certificate", "*"), typesXML("Settings", "Currency"), typesXML("ApexClass", "Hello")),
		"certs/Partner.crt":             "PEM",
		"certs/Partner.crt-meta.xml":    componentXML("Certificate", "<caSigned>false</caSigned><masterLabel>Partner</masterLabel>"),
		"settings/Currency.settings":    componentXML("CurrencySettings", "<enableMultiCurrency>true</enableMultiCurrency>"),
		"classes/Hello.cls":             "public class Hello {}",
		"classes/Hello.cls-meta.xml":    componentXML("ApexClass", "<apiVersion>68.0</apiVersion><status>Active</status>"),
		"objects/Account.object":        componentXML("CustomObject", "<fields><fullName>Crew__c</fullName><label>Crew</label><length>9</length><type>Text</type></fields>"),
		"destructiveChangesPost.xml":    packageXML(typesXML("ApexClass", "Hello", "Nope")),
		"destructiveChangesPre.xml":     packageXML(typesXML("CustomPermission", "Bypass_Validation")),
		"customPermissions/unnamed.txt": "x",
	}
	certificate["package.xml"] = strings.Replace(certificate["package.xml"], "<version>", typesXML("CustomField", "Account.Crew__c", "Account.Crew__c")+"<version>", 1)
	delete(certificate, "customPermissions/unnamed.txt")
	s.wantRows(s.deployed(usual, certificate), "Succeeded",
		"Certificate Partner in certs/Partner.crt created changed",
		"ApexClass Hello in classes/Hello.cls created changed",
		"ApexClass Hello in destructiveChangesPost.xml changed deleted",
		"ApexClass destructiveChangesPost.xml in destructiveChangesPost.xml Warning: No ApexClass named: Nope found",
		" destructiveChangesPost.xml in destructiveChangesPost.xml",
		"CustomPermission Bypass_Validation in destructiveChangesPre.xml changed deleted",
		" destructiveChangesPre.xml in destructiveChangesPre.xml",
		"CustomField Account.Crew__c in objects/Account.object created changed",
		manifestRow,
		"CurrencySettings Currency in settings/Currency.settings changed")
	if content, _ := s.org.Component("Certificate", "Partner"); content["content"] != base64.StdEncoding.EncodeToString([]byte("PEM")) {
		t.Errorf("the certificate is %v", content)
	}

	id := s.deploy(usual, nil)
	s.org.deploymentOf(id).archive = []byte("no zip")
	s.status(id)
	if result := s.status(id); result.value("status") != "Failed" || result.value("errorStatusCode") != unsureBadArchiveCode || !strings.HasPrefix(result.value("errorMessage"), "The zip file") {
		t.Errorf("no archive at all: %s %s", result.value("status"), result.value("errorMessage"))
	}
	s.wants(`<deploy><ZipFile>?</ZipFile><DeployOptions/></deploy>`, 500, soapFaultXML("soapenv:Client", "'ZipFile' is not a valid value for the type xsd:base64Binary"))
	s.wants(`<deploy><ZipFile>`+strings.Repeat("A", maxBody)+`</ZipFile></deploy>`, 500,
		soapFaultXML("sf:LIMIT_EXCEEDED", "LIMIT_EXCEEDED: Maximum size of request reached. Maximum size of request is 52428800 bytes."))
}

func TestDeployQueue(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	s.org.SetDeployPolls(3)
	first, second, third := s.deploy(usual, robotPackage()), s.deploy(usual, robotPackage()), s.deploy(usual, robotPackage())
	for _, want := range []string{"Pending", "InProgress", "InProgress", "Succeeded", "Succeeded"} {
		if got := s.status(second).value("status"); want != "Succeeded" && got != "Pending" {
			t.Errorf("the second deployment is %s while the first runs", got)
		}
		if got := s.status(first).value("status"); got != want {
			t.Errorf("the first deployment is %s, want %s", got, want)
		}
	}
	cancel := func(id string) string { return `<cancelDeploy><String>` + id + `</String></cancelDeploy>` }
	s.wants(cancel(third), 200, "<cancelDeployResponse><result><done>true</done><id>"+third+"</id></result></cancelDeployResponse>")
	s.wants(cancel(second), 200, "<cancelDeployResponse><result><done>false</done><id>"+second+"</id></result></cancelDeployResponse>")
	canceled := s.status(second)
	if canceled.value("status") != "Canceled" || canceled.value("canceledByName") != "Ada Admin" || len(canceled.value("canceledBy")) != 15 || canceled.flag("success") {
		t.Errorf("a canceled deployment: %v", canceled)
	}
	s.wants(cancel(second), 500, soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: Deployment already completed"))
	s.wants(cancel("0Af000000000000AAA"), 500, soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: Invalid deploy ID"))
	s.wants(`<checkDeployStatus><asyncProcessId>x</asyncProcessId></checkDeployStatus>`, 500, soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: Invalid deploy ID"))
	s.org.Advance(statusKept)
	s.wants(cancel(first), 500, soapFaultXML("sf:INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session"))
	s.token = s.tokenOf(s.org, s.org.AdministratorUsername())
	s.wants(cancel(first), 500, soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: Invalid deploy ID"))
}

func TestDeployLocksSetup(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	locked := strings.TrimPrefix(errSetupLocked().Error(), "ALREADY_IN_PROCESS: ")
	s.deploy(usual, robotPackage())
	site := strings.Replace(remoteSite, "Partner", "A", 1)
	s.wants(`<createMetadata>`+site+`</createMetadata>`, 200, notSaved("createMetadata", "A", "ALREADY_IN_PROCESS", locked))
	s.wants(`<deleteMetadata><type>PermissionSet</type><fullNames>A</fullNames></deleteMetadata>`, 200, notSaved("deleteMetadata", "A", "ALREADY_IN_PROCESS", locked))
	s.wants(`<renameMetadata><type>PermissionSet</type><oldFullName>A</oldFullName><newFullName>B</newFullName></renameMetadata>`, 200, notSaved("renameMetadata", "A", "ALREADY_IN_PROCESS", locked))
	s.org.SetDeployLock(false)
	s.wants(`<createMetadata>`+site+`</createMetadata>`, 200, savedXML("createMetadata", "A"))
	s.org.SetDeployLock(true)
	s.org.Advance(unwatchedTime)
	s.wants(`<updateMetadata>`+site+`</updateMetadata>`, 200, savedXML("updateMetadata", "A"))
	if !s.exists("PermissionSet", "Robot") {
		t.Error("a deployment that nobody checks never ends")
	}
}

func TestDeployRecentValidation(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	quick := func(id string) string {
		return `<deployRecentValidation><validationId>` + id + `</validationId></deployRecentValidation>`
	}
	invalid := soapFaultXML("sf:INVALID_ID_FIELD", "INVALID_ID_FIELD: "+unsureNoValidation)
	validation := s.deployed(usual+"<checkOnly>true</checkOnly>", robotPackage()).value("id")
	status, answer := s.call("", quick(validation))
	_, id, _ := strings.Cut(answer, "<deployRecentValidationResponse><result>")
	id, _, _ = strings.Cut(id, "</result>")
	if status != http.StatusOK || !strings.HasPrefix(id, "0Af") || id == validation {
		t.Fatalf("%d %s", status, answer)
	}
	s.status(id)
	if result := s.status(id); result.value("status") != "Succeeded" || result.flag("checkOnly") || !s.exists("PermissionSet", "Robot") {
		t.Errorf("a quick deployment: %v", result)
	}
	s.wants(quick(id), 500, invalid)
	s.org.Advance(validationKept + time.Second)
	s.token = s.tokenOf(s.org, s.org.AdministratorUsername())
	s.wants(quick(validation), 500, invalid)
}

func TestDeployWarns(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	bundle := func(rotate string) map[string]string {
		return map[string]string{
			"package.xml":                packageXML(typesXML("ExternalClientApplication", "Bot"), typesXML("ExtlClntAppGlobalOauthSettings", "Bot_global"), typesXML("ExtlClntAppOauthSettings", "Bot_oauth")),
			"externalClientApps/Bot.eca": componentXML("ExternalClientApplication", "<contactEmail>ops@example.com</contactEmail><distributionState>Local</distributionState><label>Bot</label>"),
			"extlClntAppOauthSettings/Bot_oauth.ecaOauth": componentXML("ExtlClntAppOauthSettings",
				"<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes><externalClientApplication>Bot</externalClientApplication><label>Bot</label>"),
			"extlClntAppGlobalOauthSets/Bot_global.ecaGlblOauth": componentXML("ExtlClntAppGlobalOauthSettings", "<callbackUrl>https://example.com/back</callbackUrl>"+
				"<externalClientApplication>Bot</externalClientApplication><label>Bot</label><shouldRotateConsumerKey>"+rotate+"</shouldRotateConsumerKey>"),
		}
	}
	key := func() any {
		content, _ := s.org.Component("ExtlClntAppGlobalOauthSettings", "Bot_global")
		return content["consumerKey"]
	}
	const (
		app    = "ExternalClientApplication Bot in externalClientApps/Bot.eca"
		global = "ExtlClntAppGlobalOauthSettings Bot_global in extlClntAppGlobalOauthSets/Bot_global.ecaGlblOauth"
		oauth  = "ExtlClntAppOauthSettings Bot_oauth in extlClntAppOauthSettings/Bot_oauth.ecaOauth"
	)
	s.wantRows(s.deployed(usual, bundle("true")), "Succeeded", app+" created changed", global+" created changed", oauth+" created changed", manifestRow)
	before, warning := key(), "Warning: "+fmt.Sprintf(unsureRotationWarning, "shouldRotateConsumerKey", "Bot")
	s.wantRows(s.deployed(usual, bundle("true")), "Failed", app, oauth, manifestRow, global+" "+warning)
	if key() != before {
		t.Error("a deployment that failed for its warning changed the key")
	}
	s.wantRows(s.deployed(usual+"<ignoreWarnings>true</ignoreWarnings>", bundle("true")), "Succeeded", app, global+" changed "+warning, oauth, manifestRow)
	if key() == before {
		t.Error("the key was not rotated")
	}
}
