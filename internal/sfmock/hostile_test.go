package sfmock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Whatever comes in is answered: a panic would cut the connection, which fails the request of each of these tests.

func TestPagesThatAreNot(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	s.robotRunsAs(integration(t, s.org))
	s.robotCredentials()
	r := &restWire{t, s.org, s.wire}
	for query, apps := range map[string]int{
		"page=1000000000000000000&pageSize=10": 0, "page=4611686018427387904&pageSize=4": 0,
		"page=9223372036854775807&pageSize=9223372036854775807": 0, "page=0&pageSize=9223372036854775807": 1, "page=-1&pageSize=0": 1, "page=x&pageSize=": 1,
	} {
		if shown := at(r.ask("GET", "/apps/oauth/usage?"+query, "", http.StatusOK), "apps").([]any); len(shown) != apps {
			t.Errorf("%s: %v, want %d", query, shown, apps)
		}
	}
}

func TestFaultsWithoutAStatusOfAnswers(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	for _, status := range []int{-3, 42, 101, 199, 600, 1000} {
		w.wants("POST", "/_sfmock/faults", fmt.Sprintf(`{"status":%d}`, status), 400, fmt.Sprintf(`{"error":"%d is no status of an answer: those are 200 to 599"}`, status))
	}
	if status, _, _ := w.do("GET", "/services/data", ""); status != http.StatusOK {
		t.Errorf("a refused fault struck: %d", status)
	}
}

func TestAdminRoutesRefuseNonsense(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	w := client(t, o)
	before := o.Record(o.Find("Organization", "Name", "Example Corporation")["Id"].(string))
	for _, seconds := range []string{"-1", "9223372036854775807", "x", ""} {
		if status, _, _ := w.do("POST", "/_sfmock/advance?seconds="+seconds, ""); status != http.StatusBadRequest {
			t.Errorf("advance by %q: %d", seconds, status)
		}
	}
	w.wants("GET", "/_sfmock/records/Nothing", "", 400, `{"error":"the mock org has no object \"Nothing\""}`)
	w.wants("GET", "/_sfmock/records/Case", "", 200, `[]`)
	w.wants("DELETE", "/_sfmock/records/"+before["Id"].(string), "", 400, `{"error":"METHOD_NOT_ALLOWED: HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH"}`)
}

// The records of apps go with their components, which could not be shown without them.
func TestRecordsOfAppsStay(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.makeECA()
	for _, object := range []string{"ConnectedApplication", "ExternalClientApplication", "ExtlClntAppOauthSettings", "ExtlClntAppOauthPlcyCnfg", "ExtlClntAppPlcyCnfg"} {
		if err := s.org.Delete(s.org.Records(object)[0]["Id"].(string)); err == nil || !strings.HasPrefix(err.Error(), "METHOD_NOT_ALLOWED") {
			t.Errorf("%s: %v", object, err)
		}
	}
	must(t, s.org.RemoveComponent(ecaApp, "Robot"))
	must(t, s.org.RemoveComponent("ConnectedApp", "Nightly_Export"))
}

func TestFieldsAndObjectsKeepTheirNames(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	must(t, s.org.SetComponent("CustomObject", "Shipment__c", map[string]any{"label": "Shipment"}))
	must(t, s.org.SetComponent("CustomField", "Account.Crew__c", map[string]any{"label": "Crew", "type": "Text", "length": 10}))
	for from, to := range map[string]string{"CustomField Account.Crew__c": "Bogus.x", "CustomObject Shipment__c": "Bogus"} {
		typeName, fullName, _ := strings.Cut(from, " ")
		s.wants("<renameMetadata><type>"+typeName+"</type><oldFullName>"+fullName+"</oldFullName><newFullName>"+to+"</newFullName></renameMetadata>", 200,
			notSaved("renameMetadata", to, "INVALID_OPERATION", unsureNoRename))
		s.wants("<deleteMetadata><type>"+typeName+"</type><fullNames>"+fullName+"</fullNames></deleteMetadata>", 200, savedXML("deleteMetadata", fullName))
	}
}

// A column of another type takes the values that fit, and a snapshot has no others.
func TestColumnsOfAnotherType(t *testing.T) {
	t.Parallel()
	for typeName, want := range map[string]any{"Text": "ACME", "Number": nil, "DateTime": nil, "Checkbox": nil, "Email": "ACME", "Lookup": nil} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			o := New(Options{})
			change := func() error {
				return o.SetComponent("CustomField", "Account.BillingCode__c", map[string]any{"label": "Code", "type": typeName, "length": 40, "referenceTo": "Account"})
			}
			must(t, change())
			if code := o.Find("Account", "Name", "Acme")["BillingCode__c"]; code != want {
				t.Errorf("the code is %v, want %v", code, want)
			}
			raw, err := o.Snapshot()
			must(t, err)
			must(t, New(Options{}).Restore(raw))
			must(t, o.RemoveComponent("CustomField", "Account.BillingCode__c"))
			must(t, change())
			if code := o.Find("Account", "Name", "Acme")["BillingCode__c"]; code != nil {
				t.Errorf("the code %v came back with the column", code)
			}
		})
	}
}

func TestColumnsOfAnotherTypeThatAreRolledBack(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	s.wantRows(s.deployed("<checkOnly>true</checkOnly><singlePackage>true</singlePackage>", map[string]string{
		"package.xml":            packageXML(typesXML("CustomField", "Account.BillingCode__c")),
		"objects/Account.object": componentXML("CustomObject", "<fields><fullName>BillingCode__c</fullName><label>Code</label><precision>5</precision><scale>0</scale><type>Number</type></fields>"),
	}), "Succeeded",
		"CustomField Account.BillingCode__c in objects/Account.object created changed", " package.xml in package.xml changed")
	if code := s.org.Find("Account", "Name", "Acme")["BillingCode__c"]; code != "ACME" {
		t.Errorf("the code is %v", code)
	}
}

// A type that says more than a type comes back as text.
func TestTypesAreEscaped(t *testing.T) {
	t.Parallel()
	s := soapClient(t)
	s.wants(`<upsertMetadata><metadata xsi:type="RemoteSiteSetting"><fullName>Partner</fullName><disableProtocolSecurity>false</disableProtocolSecurity>`+
		`<isActive>true</isActive><url xsi:type="a&quot;&gt;&lt;b&gt;">https://partner.example.com</url></metadata></upsertMetadata>`, 200,
		`<upsertMetadataResponse><result><created>true</created><fullName>Partner</fullName><success>true</success></result></upsertMetadataResponse>`)
	_, answer := s.call("", "<readMetadata><type>RemoteSiteSetting</type><fullNames>Partner</fullNames></readMetadata>")
	if read := resultOf(t, answer).child("records"); read.child("url").typ != `a"><b>` || read.value("url") != "https://partner.example.com" {
		t.Errorf("%s", answer)
	}
}

func TestLargeDocuments(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	text, err := parseXML([]byte("<a>" + strings.Repeat("b<!-- -->", 1<<19) + "</a>")) // pieces that were put together one by one would take minutes
	if err != nil || len(text.text) != 1<<19 {
		t.Errorf("%d characters: %v", len(text.text), err)
	}
	if taken := time.Since(begun); taken > 30*time.Second {
		t.Errorf("it took %s", taken)
	}
	for _, document := range []string{"<a>" + strings.Repeat("<b/>", maxElements) + "</a>", strings.Repeat("<a>", maxDepth+2)} {
		if _, err := parseXML([]byte(document)); err == nil || err.Error() != "the document nests too deeply or is too large" {
			t.Errorf("%.20s: %v", document, err)
		}
	}
}

func TestRequestsThatAreTooLarge(t *testing.T) {
	t.Parallel()
	w := client(t, New(Options{}))
	w.wants("POST", resources+"sobjects/Account", `{"Name":"`+strings.Repeat("A", maxBody)+`"}`, 400,
		`[{"message":"Maximum size of request reached. Maximum size of request is 52428800 bytes.","errorCode":"LIMIT_EXCEEDED"}]`)
}

func TestPanicsLeaveNothingHalfDone(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	accounts := len(o.Records("Account"))
	func() {
		defer func() { _ = recover() }()
		o.lock()
		defer o.mu.Unlock()
		_ = o.atomically(func() *apiError {
			_, _ = o.insert(nil, o.object("Account"), map[string]any{"Name": "Half"})
			panic("broken")
		})
	}()
	if after := len(o.Records("Account")); after != accounts || o.undoLog != nil {
		t.Errorf("%d accounts, %d steps to undo", after, len(o.undoLog))
	}
}

// A deployment that breaks the mock org fails, and the org goes on.
func TestPanicsOfDeployments(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	s.deploy(usual, map[string]string{
		"package.xml":                           packageXML(typesXML("RemoteSiteSetting", "Partner")),
		"remoteSiteSettings/Partner.remoteSite": componentXML("RemoteSiteSetting", "<disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive><url>https://example.com</url>"),
	})
	s.org.exhibitions = map[string]exhibition{"RemoteSiteSetting": {}} // writes nowhere
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the deployment went through")
			}
		}()
		s.org.Advance(unwatchedTime)
		s.org.Records("Account")
	}()
	if len(s.org.Records("Account")) == 0 || s.org.deployments[0].status != deployFailed {
		t.Errorf("the deployment is %s", s.org.deployments[0].status)
	}
}

func TestJournalForgets(t *testing.T) {
	t.Parallel()
	o := New(Options{})
	o.hooks.Lock()
	for i := range mostRequests + 5 {
		o.note(&Request{Path: strconv.Itoa(i), Kind: kindQuery})
	}
	o.hooks.Unlock()
	if kept := o.Requests(Match{}); len(kept) != mostRequests || kept[0].Path != "5" {
		t.Errorf("%d requests from %s on", len(kept), kept[0].Path)
	}
	body := make([]byte, mostBodies/2)
	o.hooks.Lock()
	for range 4 {
		o.note(&Request{Kind: kindDeploy, Body: body})
	}
	o.hooks.Unlock()
	if kept := o.Requests(Match{}); len(kept) != 2 {
		t.Errorf("%d requests", len(kept))
	}
	if calls := o.Calls(); calls[kindQuery] != mostRequests+5 || calls[kindDeploy] != 4 {
		t.Errorf("calls %v", calls)
	}
	o.ResetRequests()
	if raw, _ := json.Marshal(o.Calls()); len(o.Requests(Match{})) != 0 || string(raw) != "{}" || o.hooks.bodies != 0 {
		t.Errorf("calls %s after a reset", raw)
	}
}

// What was deployed or handed out takes no memory any more; a validation does, as it may be deployed later.
func TestArchivesAreForgotten(t *testing.T) {
	t.Parallel()
	s := deployClient(t)
	first := s.deployed(usual, robotPackage())
	validated := s.deployed("<checkOnly>true</checkOnly>"+usual, robotPackage())
	if o := s.org; o.deployments[0].archive != nil || o.deployments[1].archive == nil || first.value("zipSize") == "0" || validated.value("zipSize") != first.value("zipSize") {
		t.Errorf("%d bytes kept of a deployment, %d of a validation", len(o.deployments[0].archive), len(o.deployments[1].archive))
	}
	s.org.Advance(statusKept)
	s.token = s.tokenOf(s.org, s.org.AdministratorUsername())
	s.deploy(usual, robotPackage())
	if len(s.org.deployments) != 1 {
		t.Errorf("%d deployments are remembered", len(s.org.deployments))
	}
}

func TestArchivesThatAreTooLarge(t *testing.T) {
	t.Parallel()
	zeros := zipOf(t, map[string]string{"a": strings.Repeat("0", 1000), "b": strings.Repeat("0", 1000)})
	if files, err := unpack(zeros, 2000); err != nil || len(files["b"]) != 1000 {
		t.Errorf("%v", err)
	}
	if _, err := unpack(zeros, 1999); err == nil || err.Error() != "LIMIT_EXCEEDED: "+fmt.Sprintf(unsureTooLarge, 1999) {
		t.Errorf("%v", err)
	}
	many := map[string]string{}
	for n := range mostFiles {
		many[strconv.Itoa(n)] = ""
	}
	if files, err := unpack(zipOf(t, many), mostBytes); err != nil || len(files) != mostFiles {
		t.Errorf("%d files: %v", len(files), err)
	}
	many["one too many"] = ""
	if _, err := unpack(zipOf(t, many), mostBytes); err == nil || err.Error() != "LIMIT_EXCEEDED: "+fmt.Sprintf(unsureTooManyFiles, mostFiles) {
		t.Errorf("%v", err)
	}
}
