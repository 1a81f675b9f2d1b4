package sfmock

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// soapWire talks to an org's Metadata API as the administrator.
type soapWire struct {
	*wire
	org     *Org
	version string
}

func soapClient(t *testing.T) *soapWire {
	t.Helper()
	org := New(Options{})
	return &soapWire{client(t, org), org, "68.0"}
}

// as is the same client with another token.
func (s *soapWire) as(token string) *soapWire {
	other := *s.wire
	other.token = token
	return &soapWire{&other, s.org, s.version}
}

// soapHeaders are what every request needs.
func soapHeaders() http.Header {
	return http.Header{"Content-Type": {"text/xml; charset=UTF-8"}, "SOAPAction": {`""`}}
}

func envelope(token, headers, body string) string {
	return `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header>` +
		`<SessionHeader xmlns="http://soap.sforce.com/2006/04/metadata"><sessionId>` + token + `</sessionId></SessionHeader>` + headers +
		`</soapenv:Header><soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">` + body + `</soapenv:Body></soapenv:Envelope>`
}

const allOrNone = `<AllOrNoneHeader xmlns="http://soap.sforce.com/2006/04/metadata"><allOrNone>true</allOrNone></AllOrNoneHeader>`

// call sends an operation and returns what is in the body of the answer.
func (s *soapWire) call(headers, body string) (status int, answer string) {
	s.t.Helper()
	status, header, raw := s.send(http.MethodPost, "/services/Soap/m/"+s.version, envelope(s.token, headers, body), soapHeaders())
	if got := header.Get("Content-Type"); got != "text/xml; charset=utf-8" {
		s.t.Errorf("content type %q", got)
	}
	return status, inner(string(raw))
}

func inner(answer string) string {
	_, answer, _ = strings.Cut(answer, "<soapenv:Body>")
	answer, _, _ = strings.Cut(answer, "</soapenv:Body>")
	return answer
}

// wants checks what is in the body of the answer.
func (s *soapWire) wants(body string, status int, answer string) {
	s.t.Helper()
	s.wantsWith("", body, status, answer)
}

func (s *soapWire) wantsWith(headers, body string, status int, answer string) {
	s.t.Helper()
	if gotStatus, got := s.call(headers, body); gotStatus != status || got != answer {
		s.t.Errorf("%s\ngot  %d %s\nwant %d %s", body, gotStatus, got, status, answer)
	}
}

func soapFaultXML(code, text string) string {
	return "<soapenv:Fault><faultcode>" + code + "</faultcode><faultstring>" + text + "</faultstring></soapenv:Fault>"
}

func savedXML(operation, fullName string) string {
	return "<" + operation + "Response>" + savedResult(fullName) + "</" + operation + "Response>"
}

func savedResult(fullName string) string {
	return "<result><fullName>" + fullName + "</fullName><success>true</success></result>"
}

func refusedResult(fullName, code, message string) string {
	return "<result><errors><message>" + message + "</message><statusCode>" + code + "</statusCode></errors><fullName>" + fullName + "</fullName><success>false</success></result>"
}

func notSaved(operation, fullName, code, message string) string {
	return "<" + operation + "Response>" + refusedResult(fullName, code, message) + "</" + operation + "Response>"
}

const (
	remoteSite = `<metadata xsi:type="RemoteSiteSetting"><fullName>Partner</fullName><disableProtocolSecurity>false</disableProtocolSecurity>` +
		`<isActive>true</isActive><url>https://partner.example.com</url></metadata>`
	tooFewRights = "INSUFFICIENT_ACCESS: " + unsureMetadataAccess
)

func TestMetadataFaults(t *testing.T) {
	t.Parallel()
	metadata := "{http://soap.sforce.com/2006/04/metadata}"
	set := func(content string) string {
		return `<upsertMetadata><metadata xsi:type="PermissionSet"><fullName>X</fullName>` + content + `</metadata></upsertMetadata>`
	}
	names := strings.Repeat("<fullNames>A</fullNames>", 11)
	for name, test := range map[string]struct {
		version, body, code, text string
	}{
		"unknown type to read":    {"68.0", `<readMetadata><type>Nope</type><fullNames>A</fullNames></readMetadata>`, "sf:INVALID_TYPE", "INVALID_TYPE: This type of metadata is not available for this organization"},
		"unknown type to list":    {"68.0", `<listMetadata><queries><type>Nope</type></queries></listMetadata>`, "sf:INVALID_TYPE", "INVALID_TYPE: This type of metadata is not available for this organization"},
		"unknown type to write":   {"68.0", `<createMetadata><metadata xsi:type="Nope"><fullName>A</fullName></metadata></createMetadata>`, "sf:INVALID_TYPE", "INVALID_TYPE: This type of metadata is not available for this organization"},
		"eleven components":       {"68.0", `<readMetadata><type>PermissionSet</type>` + names + `</readMetadata>`, "sf:EXCEEDED_ID_LIMIT", "EXCEEDED_ID_LIMIT: record limit reached. cannot submit more than 10 records in this operation"},
		"eleven to delete":        {"68.0", `<deleteMetadata><type>PermissionSet</type>` + names + `</deleteMetadata>`, "sf:EXCEEDED_ID_LIMIT", "EXCEEDED_ID_LIMIT: record limit reached. cannot submit more than 10 records in this operation"},
		"eleven to write":         {"68.0", `<updateMetadata>` + strings.Repeat(remoteSite, 11) + `</updateMetadata>`, "sf:EXCEEDED_ID_LIMIT", "EXCEEDED_ID_LIMIT: record limit reached. cannot submit more than 10 records in this operation"},
		"mixed types":             {"68.0", `<createMetadata>` + remoteSite + `<metadata xsi:type="PermissionSet"><fullName>A</fullName><label>A</label></metadata></createMetadata>`, "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: " + unsureMixedTypes},
		"no full name":            {"68.0", `<createMetadata><metadata xsi:type="PermissionSet"><label>A</label></metadata></createMetadata>`, "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: Required field is missing: fullName"},
		"no label":                {"68.0", set(""), "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: Required field is missing: label"},
		"blank label":             {"68.0", set("<label> </label>"), "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: Required field is missing: label"},
		"incomplete entry":        {"68.0", set("<label>X</label><objectPermissions><object>Account</object><allowRead>true</allowRead></objectPermissions>"), "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: Required field is missing: allowCreate"},
		"unknown element":         {"68.0", set("<label>X</label><tabVisibilities/>"), "soapenv:Client", "Element " + metadata + "tabVisibilities invalid at this location in type PermissionSet"},
		"unknown element inside":  {"68.0", set("<label>X</label><recordTypeVisibilities><default>true</default></recordTypeVisibilities>"), "soapenv:Client", "Element " + metadata + "default invalid at this location in type PermissionSetRecordTypeVisibility"},
		"scattered list":          {"68.0", set("<userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions><label>X</label><userPermissions><enabled>true</enabled><name>ViewRoles</name></userPermissions>"), "soapenv:Client", "Element userPermissions is duplicated at this location in type PermissionSet"},
		"repeated scalar":         {"68.0", set("<label>X</label><label>Y</label>"), "soapenv:Client", "Element label is duplicated at this location in type PermissionSet"},
		"bad enum":                {"68.0", set("<label>X</label><tabSettings><tab>standard-Lead</tab><visibility>Hidden</visibility></tabSettings>"), "soapenv:Client", "'Hidden' is not a valid value for the enum 'PermissionSetTabVisibility'"},
		"bad boolean":             {"68.0", set("<label>X</label><hasActivationRequired>yes</hasActivationRequired>"), "soapenv:Client", "'yes' is not a valid value for the type xsd:boolean"},
		"element of a newer API":  {"67.0", set("<enrichments/><label>X</label>"), "sf:UNKNOWN_EXCEPTION", "UNKNOWN_EXCEPTION: Property 'enrichments' not valid in version 67.0"},
		"too many list queries":   {"68.0", `<listMetadata>` + strings.Repeat("<queries><type>Profile</type></queries>", 4) + `</listMetadata>`, "sf:" + unsureListLimitCode, unsureListLimitCode + ": " + unsureListLimit},
		"unknown operation":       {"68.0", `<login/>`, "soapenv:Client", "No operation available for request " + metadata + "login, please check the WSDL for the service."},
		"no operation":            {"68.0", ``, "soapenv:Client", unsureSoapEnvelope},
		"version of the future":   {"99.0", `<describeMetadata/>`, "sf:UNSUPPORTED_API_VERSION", "UNSUPPORTED_API_VERSION: " + unsureSoapVersion},
		"text that is no version": {"x", `<describeMetadata/>`, "sf:UNSUPPORTED_API_VERSION", "UNSUPPORTED_API_VERSION: " + unsureSoapVersion},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := soapClient(t)
			s.version = test.version
			s.wants(test.body, http.StatusInternalServerError, soapFaultXML(test.code, test.text))
			if _, exists := s.org.Component("PermissionSet", "X"); exists {
				t.Error("a refused call left a component")
			}
		})
	}
}

func TestMetadataAdmission(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	illegal := soapFaultXML("sf:INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session")
	list := `<listMetadata><queries><type>CustomPermission</type></queries></listMetadata>`

	t.Run("bearer does not count", func(t *testing.T) {
		t.Parallel()
		status, _, raw := s.send(http.MethodPost, "/services/Soap/m/68.0", envelope("", "", list), soapHeaders())
		if got := inner(string(raw)); status != http.StatusInternalServerError || got != illegal {
			t.Errorf("got %d %s", status, got)
		}
	})
	t.Run("JWT below version 68", func(t *testing.T) {
		t.Parallel()
		old := s.as("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")
		old.version = "67.0"
		old.wants(list, http.StatusInternalServerError, illegal)
	})
	t.Run("path with an organization", func(t *testing.T) {
		t.Parallel()
		status, _, raw := s.send(http.MethodPost, "/services/Soap/m/68.0/00D000000000001", envelope(s.token, "", list), soapHeaders())
		if status != http.StatusOK || !strings.Contains(string(raw), "<fullName>Bypass_Validation</fullName>") {
			t.Errorf("got %d %s", status, raw)
		}
	})
	t.Run("no SOAPAction", func(t *testing.T) {
		t.Parallel()
		status, _, raw := s.send(http.MethodPost, "/services/Soap/m/68.0", envelope(s.token, "", list), http.Header{"Content-Type": {"text/xml"}})
		if got := inner(string(raw)); status != http.StatusInternalServerError || got != soapFaultXML("soapenv:Client", unsureSoapAction) {
			t.Errorf("got %d %s", status, got)
		}
	})
	t.Run("another content type", func(t *testing.T) {
		t.Parallel()
		status, _, raw := s.do(http.MethodPost, "/services/Soap/m/68.0", envelope(s.token, "", list))
		if got := inner(string(raw)); status != http.StatusInternalServerError || got != soapFaultXML("soapenv:Client", unsureSoapContentType) {
			t.Errorf("got %d %s", status, got)
		}
	})
	t.Run("broken XML", func(t *testing.T) {
		t.Parallel()
		status, _, raw := s.send(http.MethodPost, "/services/Soap/m/68.0", "<a><b></a>", soapHeaders())
		if got := inner(string(raw)); status != http.StatusInternalServerError || !strings.HasPrefix(got, "<soapenv:Fault><faultcode>soapenv:Client</faultcode>") {
			t.Errorf("got %d %s", status, got)
		}
	})
	t.Run("user without permission", func(t *testing.T) {
		t.Parallel()
		s.as(s.tokenOf(s.org, "sam.seller@example.com")).wants(list, http.StatusInternalServerError, soapFaultXML("sf:INSUFFICIENT_ACCESS", tooFewRights))
	})
}

func TestMetadataResults(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	create := func(fullName string) string {
		return strings.Replace(remoteSite, "Partner", fullName, 1)
	}
	duplicate := "duplicate value found: &lt;unknown&gt; duplicates value on record with id: &lt;unknown&gt;"

	s.wants(`<createMetadata>`+create("A")+create("B")+`</createMetadata>`, 200, `<createMetadataResponse>`+savedResult("A")+savedResult("B")+`</createMetadataResponse>`)
	s.wants(`<createMetadata>`+create("A")+create("C")+`</createMetadata>`, 200,
		`<createMetadataResponse>`+refusedResult("A", "DUPLICATE_VALUE", duplicate)+savedResult("C")+`</createMetadataResponse>`)
	s.wants(`<updateMetadata>`+create("D")+`</updateMetadata>`, 200, notSaved("updateMetadata", "D", "INVALID_CROSS_REFERENCE_KEY", "no RemoteSiteSetting named D found"))
	s.wants(`<upsertMetadata>`+create("C")+create("D")+`</upsertMetadata>`, 200, `<upsertMetadataResponse>`+
		`<result><created>false</created><fullName>C</fullName><success>true</success></result><result><created>true</created><fullName>D</fullName><success>true</success></result></upsertMetadataResponse>`)

	rolledBack := "Record rolled back because not all records were valid and the request was using AllOrNone header"
	s.wantsWith(allOrNone, `<createMetadata>`+create("E")+create("A")+create("F")+`</createMetadata>`, 200, `<createMetadataResponse>`+
		refusedResult("E", "ALL_OR_NONE_OPERATION_ROLLED_BACK", rolledBack)+refusedResult("A", "DUPLICATE_VALUE", duplicate)+
		refusedResult("F", "ALL_OR_NONE_OPERATION_ROLLED_BACK", rolledBack)+`</createMetadataResponse>`)
	for _, gone := range []string{"E", "F"} {
		if _, exists := s.org.Component("RemoteSiteSetting", gone); exists {
			t.Errorf("%s was not rolled back", gone)
		}
	}

	s.wants(`<renameMetadata><type>RemoteSiteSetting</type><oldFullName>D</oldFullName><newFullName>E</newFullName></renameMetadata>`, 200, savedXML("renameMetadata", "E"))
	s.wants(`<renameMetadata><type>RemoteSiteSetting</type><oldFullName>E</oldFullName><newFullName>A</newFullName></renameMetadata>`, 200, notSaved("renameMetadata", "A", "DUPLICATE_VALUE", duplicate))
	s.wants(`<readMetadata><type>RemoteSiteSetting</type><fullNames>D</fullNames><fullNames>E</fullNames></readMetadata>`, 200,
		`<readMetadataResponse><result><records xsi:nil="true"/><records xsi:type="RemoteSiteSetting"><fullName>E</fullName><disableProtocolSecurity>false</disableProtocolSecurity>`+
			`<isActive>true</isActive><url>https://partner.example.com</url></records></result></readMetadataResponse>`)
	s.wants(`<deleteMetadata><type>RemoteSiteSetting</type><fullNames>E</fullNames><fullNames>E</fullNames></deleteMetadata>`, 200,
		`<deleteMetadataResponse>`+savedResult("E")+refusedResult("E", "INVALID_CROSS_REFERENCE_KEY", "no RemoteSiteSetting named E found")+`</deleteMetadataResponse>`)
	s.wants(`<listMetadata><queries><type>SamlSsoConfig</type></queries></listMetadata>`, 200, `<listMetadataResponse></listMetadataResponse>`)
}

func TestMetadataTidiesContent(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(`<createMetadata><metadata xsi:type="NamedCredential"><fullName> Billing </fullName><description>  </description><endpoint xsi:nil="true"/><label> Billing  API </label>`+
		`<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType></namedCredentialParameters></metadata></createMetadata>`, 200, savedXML("createMetadata", "Billing"))
	content, _ := s.org.Component("NamedCredential", "billing")
	if content["fullName"] != "Billing" || content["label"] != "Billing  API" || content["description"] != nil || content["endpoint"] != nil {
		t.Errorf("strings are not tidied: %v", content)
	}
	if content["allowMergeFieldsInBody"] != "false" {
		t.Errorf("booleans are not filled: %v", content)
	}
	if parameters, _ := content["namedCredentialParameters"].([]any); len(parameters) != 1 {
		t.Errorf("a list of one is no list: %v", content)
	}
}

func TestMetadataHidesWhatIsNewer(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(setXML("createMetadata", `<genComputingSummaryDefAccesses><configName>A</configName><enabled>true</enabled></genComputingSummaryDefAccesses>`), 200, savedXML("createMetadata", "Api_Client"))
	for version, want := range map[string]bool{"65.0": false, "66.0": true} {
		s.version = version
		_, answer := s.call("", `<readMetadata><type>PermissionSet</type><fullNames>Api_Client</fullNames></readMetadata>`)
		if got := strings.Contains(answer, "<genComputingSummaryDefAccesses>"); got != want {
			t.Errorf("version %s: %s", version, answer)
		}
	}
}

func TestHiddenComponentReadsAsNil(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(`<createMetadata>`+remoteSite+`</createMetadata>`, 200, savedXML("createMetadata", "Partner"))
	s.org.HideComponent("RemoteSiteSetting", "partner", true)
	read := `<readMetadata><type>RemoteSiteSetting</type><fullNames>Partner</fullNames></readMetadata>`
	s.wants(read, 200, `<readMetadataResponse><result><records xsi:nil="true"/></result></readMetadataResponse>`)
	s.org.HideComponent("RemoteSiteSetting", "Partner", false)
	if _, answer := s.call("", read); !strings.Contains(answer, "<fullName>Partner</fullName>") {
		t.Errorf("still hidden: %s", answer)
	}
}

// Drift is made with what a test has at hand: strings, booleans, numbers and slices of its own.
func TestSetComponent(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	set := map[string]any{
		"label": "Api Client", "hasActivationRequired": true,
		"userPermissions":  []map[string]any{{"name": "ViewSetup", "enabled": true}},
		"fieldPermissions": []any{map[string]any{"field": "Account.Phone", "editable": false, "readable": true}},
	}
	if err := s.org.SetComponent("PermissionSet", "Api_Client", set); err != nil {
		t.Fatal(err)
	}
	read := s.content(t)
	if read["hasActivationRequired"] != "true" || keys(read, "userPermissions", "name") != "ViewSetup" || keys(read, "fieldPermissions", "field") != "Account.Phone" {
		t.Errorf("read %v", read)
	}
	if err := s.org.SetComponent("PermissionSet", "Api_Client", read); err != nil {
		t.Errorf("what was read is not taken: %v", err)
	}
	for name, err := range map[string]error{
		"no such type":   s.org.SetComponent("Nope", "A", nil),
		"no label":       s.org.SetComponent("PermissionSet", "A", map[string]any{}),
		"repeated entry": s.org.SetComponent("PermissionSet", "A", map[string]any{"label": "A", "userPermissions": []map[string]any{{"name": "ViewSetup", "enabled": true}, {"name": "ViewSetup", "enabled": true}}}),
		"gone already":   s.org.RemoveComponent("PermissionSet", "A"),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := s.org.RemoveComponent("PermissionSet", "Api_Client"); err != nil {
		t.Error(err)
	}
}

func TestListMetadata(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	org := New(Options{Now: func() time.Time { return now }})
	s := &soapWire{client(t, org), org, "68.0"}
	s.wants(`<createMetadata><metadata xsi:type="PermissionSet"><fullName>A</fullName><label>A</label></metadata></createMetadata>`, 200, savedXML("createMetadata", "A"))
	set, admin := org.find("PermissionSet", "Name", "A"), org.find("User", "Username", administrator)
	s.wants(`<listMetadata><queries><type>PermissionSet</type></queries><asOfVersion>68.0</asOfVersion></listMetadata>`, 200, fmt.Sprintf(
		`<listMetadataResponse><result><createdById>%s</createdById><createdByName>Ada Admin</createdByName><createdDate>2026-11-23T10:00:00.000Z</createdDate>`+
			`<fileName>permissionsets/A.permissionset</fileName><fullName>A</fullName><id>%s</id><lastModifiedById>%[1]s</lastModifiedById><lastModifiedByName>Ada Admin</lastModifiedByName>`+
			`<lastModifiedDate>2026-11-23T10:00:00.000Z</lastModifiedDate><manageableState>unmanaged</manageableState><type>PermissionSet</type></result></listMetadataResponse>`, admin.id, set.id))
	if err := org.Update(set.id, map[string]any{"NamespacePrefix": "ledger"}); err != nil {
		t.Fatal(err)
	}
	_, answer := s.call("", `<listMetadata><queries><type>PermissionSet</type></queries><asOfVersion>68.0</asOfVersion></listMetadata>`)
	if want := `<manageableState>installed</manageableState><namespacePrefix>ledger</namespacePrefix>`; !strings.Contains(answer, want) {
		t.Errorf("%s is not in %s", want, answer)
	}
}

func TestDescribeMetadata(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	_, answer := s.call("", `<describeMetadata><asOfVersion>68.0</asOfVersion></describeMetadata>`)
	for _, want := range []string{
		`<metadataObjects><directoryName>permissionsets</directoryName><inFolder>false</inFolder><metaFile>false</metaFile><suffix>permissionset</suffix><xmlName>PermissionSet</xmlName></metadataObjects>`,
		`<suffix>settings</suffix><xmlName>Settings</xmlName>`,
		`<partialSaveAllowed>true</partialSaveAllowed><testRequired>false</testRequired>`,
	} {
		if !strings.Contains(answer, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(answer, "<xmlName>SecuritySettings</xmlName>") {
		t.Error("settings are listed one by one")
	}
	_, answer = s.call("", `<describeValueType><type>{http://soap.sforce.com/2006/04/metadata}PermissionSetTabSetting</type></describeValueType>`)
	for _, want := range []string{`<minOccurs>1</minOccurs><name>tab</name>`, `<value>Available</value>`, `<soapType>picklist</soapType>`} {
		if !strings.Contains(answer, want) {
			t.Errorf("no %s in %s", want, answer)
		}
	}
}
