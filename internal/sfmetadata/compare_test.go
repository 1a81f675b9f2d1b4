package sfmetadata

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parsed(t *testing.T, text string) Object {
	t.Helper()
	if text == "" {
		return nil
	}
	content, err := ParseJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ typeName, org, content, have, differences string }{
		"unwritten paths": {"PermissionSet", `{"label": "Billing", "description": "x", "hasActivationRequired": false}`, `{"label": "Billing"}`, "", ""},
		"space":           {"PermissionSet", `{"label": "Billing"}`, `{"label": " Billing\n"}`, "", ""},
		"switches":        {"PermissionSet", `{"hasActivationRequired": "true"}`, `{"hasActivationRequired": "TRUE"}`, "", ""},
		"numbers":         {"ProfileSessionSetting", `{"sessionTimeout": "15"}`, `{"sessionTimeout": 15.0}`, "", ""},
		"what is off":     {"PermissionSet", `{}`, `{"hasActivationRequired": false, "description": "", "userPermissions": []}`, "", ""},
		"what is on":      {"PermissionSet", `{}`, `{"hasActivationRequired": true}`, `{}`, "hasActivationRequired: nothing -> \"true\""},
		"another text":    {"PermissionSet", `{"label": "Billing", "description": "x"}`, `{"label": "Sales", "description": " x"}`, `{"label": "Billing", "description": " x"}`, `label: "Billing" -> "Sales"`},
		"order by key": {
			"PermissionSet", `{"userPermissions": [{"name": "B", "enabled": "true"}, {"name": "A", "enabled": "true"}]}`,
			`{"userPermissions": [{"name": "A", "enabled": true}, {"name": "B", "enabled": true}]}`, "", "",
		},
		"an extra entry": {
			"PermissionSet", `{"userPermissions": [{"name": "B", "enabled": "true"}, {"name": "A", "enabled": "true"}]}`, `{"userPermissions": [{"name": "A", "enabled": true}]}`,
			`{"userPermissions": [{"name": "A", "enabled": true}, {"name": "B", "enabled": "true"}]}`, `userPermissions: { name = "B" ... } -> nothing`,
		},
		"an entry that is gone":         {"PermissionSet", `{}`, `{"userPermissions": [{"name": "A", "enabled": true}]}`, `{"userPermissions": []}`, `userPermissions[0]: nothing -> { name = "A" ... }`},
		"entries that say no":           {"PermissionSet", `{"userPermissions": [{"name": "B", "enabled": "false"}]}`, `{"userPermissions": [{"name": "A", "enabled": false}]}`, "", ""},
		"entries that say no elsewhere": {"CustomSite", `{}`, `{"customWebAddresses": [{"domainName": "x", "primary": false}]}`, `{"customWebAddresses": []}`, `customWebAddresses[0]: nothing -> { domainName = "x" ... }`},
		"a part of an entry": {
			"PermissionSet", `{"objectPermissions": [{"object": "Account", "allowRead": "true", "allowEdit": "true"}]}`, `{"objectPermissions": [{"object": "Account", "allowRead": true, "allowEdit": false}]}`,
			`{"objectPermissions": [{"object": "Account", "allowRead": true, "allowEdit": "true"}]}`, `objectPermissions[0].allowEdit: "true" -> "false"`,
		},
		"plain lists":  {"PermissionSetGroup", `{"permissionSets": ["B", "A", "A"]}`, `{"permissionSets": ["A", "A", " B"]}`, "", ""},
		"plain change": {"PermissionSetGroup", `{"permissionSets": ["C", "A"]}`, `{"permissionSets": ["A", "B"]}`, `{"permissionSets": ["A", "C"]}`, "permissionSets[1]: nothing -> \"B\"\npermissionSets: \"C\" -> nothing"},
		"profiles own the entries that they write": {
			"Profile", `{"userPermissions": [{"name": "B", "enabled": "true"}], "loginIpRanges": [{"startAddress": "192.0.2.1", "endAddress": "192.0.2.1"}]}`,
			`{"userPermissions": [{"name": "A", "enabled": false}], "loginIpRanges": []}`,
			`{"userPermissions": [{"name": "A", "enabled": false}], "loginIpRanges": [{"startAddress": "192.0.2.1", "endAddress": "192.0.2.1"}]}`,
			`loginIpRanges: { startAddress = "192.0.2.1" ... } -> nothing`,
		},
		"no key tells entries apart": {
			"Profile", `{"layoutAssignments": [{"layout": "L", "recordType": "R"}, {"layout": "L"}, {"layout": "M", "recordType": "R"}]}`,
			`{"layoutAssignments": [{"layout": "L"}, {"layout": "M", "recordType": "R"}, {"layout": "L", "recordType": "R"}]}`, "", "",
		},
		"a large number":              {"ProfileSessionSetting", `{"sessionTimeout": 9007199254740993}`, `{"sessionTimeout": 9007199254740992}`, `{"sessionTimeout": 9007199254740993}`, `sessionTimeout: "9007199254740993" -> "9007199254740992"`},
		"a number of an unknown name": {"Novelty", `{"a": "12.0", "b": "true", "c": "12.0"}`, `{"a": 12, "b": true, "c": "12"}`, `{"a": 12, "b": true, "c": "12.0"}`, `c: "12.0" -> "12"`},
		"spelling of a key":           {"PermissionSet", `{"objectPermissions": [{"object": "Account"}, {"object": "Order"}]}`, `{"objectPermissions": [{"object": "order"}, {"object": " Account"}]}`, `{"objectPermissions": [{"object": "Order"}, {"object": " Account"}]}`, `objectPermissions[0].object: "Order" -> "order"`},
		"a line end":                  {"PermissionSet", `{"description": "a\nb"}`, `{"description": "a\r\nb\r\n"}`, "", ""},
		"lines of base64":             {"Document", `{"content": "AAAABBBB"}`, `{"content": "AAAA\n  BBBB"}`, "", ""},
		"times":                       {"ReportTimeFrameFilter", `{"endDate": "2026-01-01T00:00:00.000Z", "startDate": "2026-01-01T00:00:00.000Z"}`, `{"endDate": "2026-01-01T01:00:00+01:00", "startDate": "2026-01-02T00:00:00Z"}`, `{"endDate": "2026-01-01T01:00:00+01:00", "startDate": "2026-01-01T00:00:00.000Z"}`, `startDate: "2026-01-01T00:00:00.000Z" -> "2026-01-02T00:00:00Z"`},
		"times of day":                {"BusinessHoursEntry", `{"mondayStartTime": "09:00:00.000Z", "mondayEndTime": "17:00:00.000Z"}`, `{"mondayStartTime": "09:00:00Z", "mondayEndTime": "17:00:00.000Z"}`, "", ""},
		"muted nothing":               {"MutingPermissionSet", `{}`, `{"userPermissions": [{"name": "A", "enabled": false}]}`, "", ""},
		"no key, and a switch that is off": {
			"CustomSite", `{"customWebAddresses": [{"domainName": "a"}, {"domainName": "b"}]}`, `{"customWebAddresses": [{"domainName": "b", "primary": false}, {"domainName": "a", "primary": false}]}`, "", "",
		},
		"a text that is no switch": {"PermissionSet", `{}`, `{"description": "false"}`, `{}`, `description: nothing -> "false"`},
		"a missing part that is off": {
			"SecuritySettings", `{}`, `{"sessionSettings": {"sessionTimeout": "OneHour", "enableCSRFOnGet": false}, "networkAccess": {}}`,
			`{"sessionSettings": {"enableCSRFOnGet": false}, "networkAccess": {}}`, `sessionSettings.sessionTimeout: nothing -> "OneHour"`,
		},
		"no key, and one that is left over": {
			"CustomSite", `{"customWebAddresses": [{"domainName": "b"}, {"domainName": "a"}]}`, `{"customWebAddresses": [{"domainName": "b"}, {"domainName": "c"}]}`,
			`{"customWebAddresses": [{"domainName": "b"}, {"domainName": "a"}]}`, `customWebAddresses[1].domainName: "a" -> "c"`,
		},
		"no key, and two that are left over": {
			"CustomSite", `{"customWebAddresses": [{"domainName": "a"}, {"domainName": "b"}]}`, `{"customWebAddresses": [{"domainName": "c"}, {"domainName": "a"}]}`,
			`{"customWebAddresses": [{"domainName": "b"}, {"domainName": "a"}]}`, `customWebAddresses[0].domainName: "b" -> "c"`,
		},
		"no key, and the one that says least is meant": {
			"CustomSite", `{"customWebAddresses": [{"domainName": "a", "primary": "true"}, {"domainName": "a"}]}`, `{"customWebAddresses": [{"domainName": "a"}]}`,
			`{"customWebAddresses": [{"domainName": "a"}, {"domainName": "a", "primary": "true"}]}`, `customWebAddresses: { domainName = "a" ... } -> nothing`,
		},
		"no key, and switches in other letters": {
			"CustomSite", `{"customWebAddresses": [{"domainName": "a", "primary": "true"}, {"domainName": "b", "primary": "true"}]}`,
			`{"customWebAddresses": [{"domainName": "b", "primary": "TRUE"}, {"domainName": "a", "primary": "TRUE"}]}`, "", "",
		},
		"a key that repeats in the org": {
			"PermissionSet", `{"objectPermissions": [{"object": "Account", "allowRead": "true"}, {"object": "Account", "allowRead": "false"}]}`, `{"objectPermissions": [{"object": "Account", "allowRead": true}]}`, "", "",
		},
		"a key that repeats in the content": {
			"PermissionSet", `{"objectPermissions": [{"object": "Account", "allowRead": "true", "allowEdit": "false"}]}`, `{"objectPermissions": [{"object": "Account", "allowRead": true}, {"object": "Account", "allowEdit": true}]}`,
			`{"objectPermissions": [{"object": "Account", "allowRead": true}]}`, `objectPermissions[1]: nothing -> { object = "Account" ... }`,
		},
		"no key, and the one that says most chooses first": {
			"Profile", `{"layoutAssignments": [{"layout": "L", "recordType": "R"}]}`, `{"layoutAssignments": [{"layout": "L"}, {"layout": "L", "recordType": "R"}]}`,
			`{"layoutAssignments": [{"layout": "L", "recordType": "R"}]}`, `layoutAssignments[0]: nothing -> { layout = "L" ... }`,
		},
		"login flows of a profile": {
			"Profile", `{"loginFlows": [{"flow": "A"}]}`, `{"loginFlows": []}`, `{"loginFlows": [{"flow": "A"}]}`, `loginFlows: { flow = "A" ... } -> nothing`,
		},
		"an unknown name as a list": {"Novelty", `{"a": "x"}`, `{"a": ["x"]}`, "", ""},
		"nested":                    {"SecuritySettings", `{"sessionSettings": {"sessionTimeout": "TwoHours"}}`, `{"sessionSettings": {"sessionTimeout": "OneHour"}}`, `{"sessionSettings": {"sessionTimeout": "TwoHours"}}`, `sessionSettings.sessionTimeout: "TwoHours" -> "OneHour"`},
		"a part that is missing":    {"SecuritySettings", `{}`, `{"sessionSettings": {"sessionTimeout": "OneHour"}}`, `{}`, `sessionSettings.sessionTimeout: nothing -> "OneHour"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := parsed(t, c.content)
			got := Compare(c.typeName, parsed(t, c.org), content)
			var differences []string
			for _, d := range got.Differences {
				differences = append(differences, d.String())
			}
			if text := strings.Join(differences, "\n"); text != c.differences {
				t.Errorf("differences: %s", text)
			}
			want := content
			if c.have != "" {
				want = parsed(t, c.have)
			}
			if diff := cmp.Diff(want, got.Have); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A value in an element that takes any type is what the org says that it is: Salesforce reads numbers with a fraction.
func TestCompareAnyType(t *testing.T) {
	t.Parallel()
	values := func(value Scalar) Object {
		return Object{"values": List{Object{"field": word("Most__c"), "value": value}}}
	}
	org := values(Scalar{"12.0", Number, "xsd:double"})
	for text, same := range map[string]bool{"12": true, "1.2e1": true, "12.5": false} {
		if got := Compare("CustomMetadata", org, values(number(text))); got.Same() != same {
			t.Errorf("%s: %v", text, got.Differences)
		}
	}
	if got := Compare("CustomMetadata", org, values(word("12"))); !got.Same() {
		t.Errorf("the org's number is no number to a text: %v", got.Differences)
	}
	if got := Compare("CustomMetadata", values(Scalar{"12.0", Word, "xsd:string"}), values(word("12"))); got.Same() {
		t.Error("texts are compared as numbers")
	}
}

// What two configurations say is the same only if both say it.
func TestCompareWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, content string
		same, reordered bool
	}{
		{`{"label": "A", "description": "x"}`, `{"label": " A"}`, true, false},
		{`{"label": "A"}`, `{"label": "A", "hasActivationRequired": false}`, false, false},
		{`{"label": "A"}`, `{"label": "A", "userPermissions": []}`, false, false},
		{`{"userPermissions": [{"name": "A", "enabled": "true"}, {"name": "B", "enabled": "true"}]}`, `{"userPermissions": [{"name": "B"}, {"name": "A"}]}`, true, false},
		{`{"a": ["x", "x", "y"]}`, `{"a": ["x", "x", "y"]}`, true, false},
		{`{}`, `{"a": {}}`, false, false},
		{`{"userPermissions": [{"name": "A", "enabled": "false"}]}`, `{"userPermissions": []}`, false, false},
		{`{"userPermissions": []}`, `{"userPermissions": [{"name": "A", "enabled": "false"}]}`, false, false},
	} {
		got := CompareWritten("PermissionSet", parsed(t, c.before), parsed(t, c.content))
		if got.Same() != c.same || got.Reordered != c.reordered {
			t.Errorf("%s and %s: %+v", c.before, c.content, got)
		}
	}
	grant := parsed(t, `{"userPermissions": [{"name": "A", "enabled": "true"}, {"name": "B", "enabled": "true"}]}`)
	if CompareWritten("Profile", grant, Object{"userPermissions": List{}}).Same() {
		t.Error("what a profile no longer writes is not told")
	}
	if got := CompareWritten("Profile", Object{}, grant).Differences; len(got) != 1 || got[0].String() != "userPermissions: nothing -> 2 entries" {
		t.Errorf("a list that is new: %v", got)
	}
	values := func(names ...string) Object {
		var all List
		for _, name := range names {
			all = append(all, Object{"fullName": word(name)})
		}
		return Object{"customValue": all}
	}
	if got := CompareWritten("GlobalValueSet", values("A", "B", "C"), values("A", "C", "B")); !got.Same() || !got.Reordered {
		t.Errorf("picklist values in another order: %+v", got)
	}
	ranges := func(addresses ...string) Object {
		var all List
		for _, address := range addresses {
			all = append(all, Object{"start": word(address), "end": word(address)})
		}
		return Object{"networkAccess": Object{"ipRanges": all}}
	}
	if got := CompareWritten("SecuritySettings", ranges("192.0.2.1", "192.0.2.2"), ranges("192.0.2.2", "192.0.2.1")); !got.Same() || got.Reordered {
		t.Errorf("ranges in another order: %+v", got)
	}
	if CompareWritten("PermissionSet", Object{"label": word("A")}, Object{"label": Unknown{}}).Same() {
		t.Error("an unknown value is taken for the same")
	}
}

func TestToSend(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ typeName, org, content, want string }{
		"created":  {"PermissionSet", "", `{"label": "A"}`, `{"label": "A"}`},
		"a status": {"PermissionSetGroup", `{"label": "A", "status": "Updated", "enrichments": {}}`, `{"label": "B"}`, `{"label": "B"}`},
		"replaced": {"PermissionSet", `{"fullName": "X", "label": "A", "description": "kept", "enrichments": {}}`, `{"label": "B"}`, `{"label": "B", "description": "kept"}`},
		"a list is replaced, but for what its entries leave out": {
			"PermissionSet", `{"objectPermissions": [{"object": "Account", "allowRead": "true", "allowEdit": "true"}, {"object": "Order"}]}`, `{"objectPermissions": [{"object": "Account", "allowEdit": false}]}`,
			`{"objectPermissions": [{"object": "Account", "allowRead": "true", "allowEdit": false}]}`,
		},
		"settings": {"SecuritySettings", `{"enableCoepHeader": "true", "sessionSettings": {"sessionTimeout": "TwoHours", "enableCSRFOnGet": "true"}}`, `{"sessionSettings": {"enableCSRFOnGet": false}}`, `{"sessionSettings": {"enableCSRFOnGet": false}}`},
		"an entry of settings is sent whole": {
			"SecuritySettings", `{"networkAccess": {"ipRanges": [{"start": "192.0.2.1", "end": "192.0.2.9", "description": "Office"}]}}`, `{"networkAccess": {"ipRanges": [{"start": "192.0.2.1", "end": "192.0.2.7"}]}}`,
			`{"networkAccess": {"ipRanges": [{"start": "192.0.2.1", "end": "192.0.2.7", "description": "Office"}]}}`,
		},
		"required":  {"IdentityProviderSettings", `{"certificateName": "C", "enableIdentityProvider": "true"}`, `{"enableIdentityProvider": false}`, `{"certificateName": "C", "enableIdentityProvider": false}`},
		"a profile": {"Profile", `{"custom": "true", "userPermissions": [{"name": "A", "enabled": "true"}], "loginHours": {"mondayStart": "60"}}`, `{"loginHours": {"mondayEnd": "120"}}`, `{"loginHours": {"mondayStart": "60", "mondayEnd": "120"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(parsed(t, c.want), ToSend(c.typeName, parsed(t, c.org), parsed(t, c.content))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An org says which type the value of any type is of; what is written over it stays of that, unless it says otherwise.
func TestToSendAnyType(t *testing.T) {
	t.Parallel()
	values := func(value Scalar) Object {
		return Object{"values": List{Object{"field": word("Most__c"), "value": value}}}
	}
	for _, c := range []struct{ content, want Scalar }{
		{number("2"), Scalar{"2", Number, "xsd:int"}},
		{Scalar{"2", Number, "xsd:double"}, Scalar{"2", Number, "xsd:double"}},
	} {
		got := ToSend("CustomMetadata", values(Scalar{"1", Number, "xsd:int"}), values(c.content))
		if diff := cmp.Diff(values(c.want), got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBecomes(t *testing.T) {
	t.Parallel()
	grants := func(names ...string) Object {
		var all List
		for _, name := range names {
			all = append(all, Object{"name": word(name), "enabled": Scalar{Text: "true", Kind: Flag}})
		}
		return Object{"userPermissions": all}
	}
	ranges := func(address string) Object {
		return Object{"loginIpRanges": List{Object{"startAddress": word(address), "endAddress": word(address)}}}
	}
	unknown := List{Object{"name": Unknown{}}}
	for name, c := range map[string]struct {
		typeName           string
		org, content, want Object
	}{
		"created":                      {"PermissionSet", nil, grants("A"), grants("A")},
		"replaced list":                {"PermissionSet", grants("A", "B"), grants("B"), grants("B")},
		"single entries of a profile":  {"Profile", grants("A"), grants("B"), grants("A", "B")},
		"ranges of a profile":          {"Profile", ranges("192.0.2.1"), ranges("192.0.2.2"), ranges("192.0.2.2")},
		"not known":                    {"PermissionSet", grants("A"), Object{"label": Unknown{}, "userPermissions": unknown}, grants("A")},
		"overlaid, and a part unknown": {"SecuritySettings", Object{"sessionSettings": Object{"a": word("1"), "b": word("2")}}, Object{"sessionSettings": Object{"a": Unknown{}, "b": word("3")}}, Object{"sessionSettings": Object{"a": word("1"), "b": word("3")}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, Becomes(c.typeName, c.org, c.content)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOver(t *testing.T) {
	t.Parallel()
	text := `{"label": "A", "namedCredentialParameters": [{"parameterName": "Url", "parameterValue": "x"}, {"parameterName": "Key", "parameterType": "AuthHeader"}]}`
	content := parsed(t, text)
	got := Over("NamedCredential", content, parsed(t, `{"password": "p", "namedCredentialParameters": [{"parameterName": "Key", "parameterValue": "s"}]}`))
	want := `{"label": "A", "password": "p", "namedCredentialParameters": [{"parameterName": "Url", "parameterValue": "x"}, {"parameterName": "Key", "parameterType": "AuthHeader", "parameterValue": "s"}]}`
	if diff := cmp.Diff(parsed(t, want), got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(parsed(t, text), content); diff != "" {
		t.Errorf("what is below has changed: %s", diff)
	}
}

func TestEarlier(t *testing.T) {
	t.Parallel()
	got := Earlier("SecuritySettings",
		parsed(t, `{"sessionSettings": {"sessionTimeout": "TwoHours"}, "networkAccess": {"ipRanges": [{"start": "192.0.2.1", "end": "192.0.2.1"}]}}`),
		parsed(t, `{"sessionSettings": {"sessionTimeout": "OneHour", "enableCSRFOnGet": true}, "networkAccess": {"ipRanges": []}, "enableCoepHeader": true}`))
	want := `{"sessionSettings": {"sessionTimeout": "TwoHours", "enableCSRFOnGet": true}, "networkAccess": {"ipRanges": [{"start": "192.0.2.1", "end": "192.0.2.1"}]}, "enableCoepHeader": true}`
	if diff := cmp.Diff(parsed(t, want), got); diff != "" {
		t.Error(diff)
	}
}

// Thousands of entries are told apart in no time, with a key or without.
func TestCompareMany(t *testing.T) {
	t.Parallel()
	var fields, layouts, items List
	for i := range 20_000 {
		fields = append(fields, Object{"field": word(fmt.Sprintf("Account.F%d__c", i)), "editable": flag("true")})
		layouts = append(layouts, Object{"layout": word("L"), "recordType": word(fmt.Sprintf("R%d", i/2))})
		items = append(items, Object{"componentInstance": Object{"identifier": word(fmt.Sprintf("I%d", i))}})
	}
	content := Object{"fieldPermissions": fields, "layoutAssignments": layouts, "items": items}
	org := Object{}
	for name, entries := range content {
		reversed := slices.Clone(entries.(List))
		slices.Reverse(reversed)
		org[name] = reversed
	}
	if got := Compare("Profile", org, content); !got.Same() {
		t.Errorf("%d differences", len(got.Differences))
	}
}
