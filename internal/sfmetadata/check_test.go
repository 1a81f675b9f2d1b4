package sfmetadata

import (
	"slices"
	"strings"
	"testing"
)

func said(problems []Problem) string {
	var text strings.Builder
	for _, p := range problems {
		grade := "error"
		if p.Minor {
			grade = "warning"
		}
		text.WriteString(grade + " at " + p.Path + ": " + p.Text + "\n")
	}
	return text.String()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typeName, json, want string }{
		{"PermissionSet", `{"label": "Billing", "hasActivationRequired": "TRUE", "userPermissions": []}`, ""},
		{"PermissionSet", `{"userPermissions": [{"name": "ApiEnabled", "enabled": true}], "tabSettings": [{"tab": "x", "visibility": " Visible "}]}`, ""},
		{"PermissionSet", `{"lable": "Billing"}`, "warning at lable: PermissionSet has no such element"},
		{"PermissionSet", `{"userPermissions": {"name": "ApiEnabled"}}`, "error at userPermissions: userPermissions of PermissionSet is a list"},
		{"PermissionSet", `{"label": ["a"]}`, "error at label: label of PermissionSet is no list"},
		{"PermissionSet", `{"label": {"a": "b"}}`, "error at label: It holds a single value"},
		{"PermissionSet", `{"label": "\u0001"}`, "error at label: It holds a character"},
		{"PermissionSet", `{"userPermissions": ["ApiEnabled"]}`, "error at userPermissions[0]: It holds the elements of PermissionSetUserPermission, such as enabled, name"},
		{"PermissionSet", `{"userPermissions": [[]]}`, "error at userPermissions[0]: It holds the elements"},
		{"PermissionSet", `{"tabSettings": [{"tab": "x", "visibility": "Shown"}]}`, `error at tabSettings[0].visibility: "Shown" is none of the values of PermissionSetTabVisibility: None, Available, Visible`},
		{"PermissionSet", `{"hasActivationRequired": "perhaps"}`, `"perhaps" is neither true nor false`},
		{"Profile", `{"loginIpRanges": [{"startAddress": {}}]}`, "error at loginIpRanges[0].startAddress: It holds a single value"},
		{"ProfileSessionSetting", `{"sessionTimeout": 15.0}`, ""},
		{"ProfileSessionSetting", `{"sessionTimeout": 15.5}`, `"15.5" is no whole number`},
		{"Profile", `{"loginHours": "always"}`, "error at loginHours: It holds the elements of ProfileLoginHours, such as fridayEnd, fridayStart, mondayEnd; write"},
		{"FlowEnd", `{"locationX": "NaN"}`, `"NaN" is no number`},
		{"FlowEnd", `{"locationX": -1.5}`, ""},
		{"FlowEnd", `{"locationX": 1e3}`, ""},
		{"Novelty", `{"a": [{"b": "c"}]}`, "warning at a: "},
		{"PermissionSetGroup", `{"permissionSets": [["A"]]}`, "error at permissionSets[0]: It holds a single value"},
		{"ProfileSessionSetting", `{"sessionTimeout": 12345678901234567890}`, "is no whole number"},
		{"ProfileSessionSetting", `{"sessionTimeout": 1234567890123456789}`, ""},
		{"PolicyRuleDefinition", `{"resourceExpression": ["a", {"b": "c"}]}`, ""},
	} {
		content, err := ParseJSON(c.json)
		if err != nil {
			t.Fatal(err)
		}
		if got := said(Check(c.typeName, content)); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s %s: %s", c.typeName, c.json, got)
		}
	}
}

// What is not known yet is not judged.
func TestCheckUnknown(t *testing.T) {
	t.Parallel()
	content := Object{"userPermissions": Unknown{}, "tabSettings": List{Unknown{}, Object{"tab": word("x"), "visibility": Unknown{}}}}
	if got := said(Check("PermissionSet", content)); got != "" {
		t.Error(got)
	}
	if got := said(Check("ConnectedApp", Object{"oauthConfig": Object{"scopes": List{word("Api"), Unknown{}}}})); got != "" {
		t.Error(got)
	}
}

// Whoever suggests a name has the wrong one and those to choose from.
func TestCheckNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Problem{
		`{"tabSettings": [{"tap": "x"}]}`:            {Path: "tabSettings[0].tap", Given: "tap", Known: []string{"tab", "visibility"}},
		`{"tabSettings": [{"visibility": "Shown"}]}`: {Path: "tabSettings[0].visibility", Given: "Shown", Known: []string{"None", "Available", "Visible"}},
	} {
		problems := Check("PermissionSet", parsed(t, text))
		if len(problems) != 1 || problems[0].Path != want.Path || problems[0].Given != want.Given || !slices.Equal(problems[0].Known, want.Known) {
			t.Errorf("%s: %+v", text, problems)
		}
	}
}

func TestCheckVersion(t *testing.T) {
	t.Parallel()
	content := Object{"sessionSettings": Object{"vfInlineScriptInjection": word("Allow")}, "enableGraphQLApiForGuestUsers": flag("true")}
	want := "error at enableGraphQLApiForGuestUsers: enableGraphQLApiForGuestUsers exists from API version 68.0 on; the provider speaks 66.0"
	if got := said(CheckVersion("SecuritySettings", content, 66)); !strings.Contains(got, want) || !strings.Contains(got, "at sessionSettings.vfInlineScriptInjection") {
		t.Error(got)
	}
	if got := said(CheckVersion("SecuritySettings", content, 68)); got != "" {
		t.Error(got)
	}
}

// Only what is new has to be complete, at any depth: the rest is carried over from the org. What is not known yet may be.
func TestCheckRequired(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ typeName, org, content, missing string }{
		"an entry that is new": {
			"PermissionSet", `{"label": "Billing", "tabSettings": [{"tab": "Known", "visibility": "Visible"}]}`, `{"tabSettings": [{"tab": "New"}, {"tab": "Known"}]}`,
			"tabSettings[0].visibility",
		},
		"everything is new": {
			"PermissionSet", "", `{"tabSettings": [{"tab": "New"}, {"tab": "Known"}]}`, "label tabSettings[0].visibility tabSettings[1].visibility",
		},
		"a part that is new": {
			"ConnectedApp", `{"contactEmail": "a@example.com", "label": "A"}`, `{"oauthPolicy": {"ipRelaxation": "ENFORCE"}}`, "oauthPolicy.refreshTokenPolicy",
		},
		"a part that is there": {
			"ConnectedApp", `{"contactEmail": "a@example.com", "label": "A", "oauthPolicy": {"ipRelaxation": "ENFORCE", "refreshTokenPolicy": "infinite"}}`, `{"oauthPolicy": {"ipRelaxation": "BYPASS"}}`, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var missing []string
			for _, p := range CheckRequired(c.typeName, parsed(t, c.org), parsed(t, c.content)) {
				missing = append(missing, p.Path)
			}
			if got := strings.Join(missing, " "); got != c.missing {
				t.Errorf("it lacks %q", got)
			}
		})
	}
	unknown := Object{"label": Unknown{}, "tabSettings": List{Unknown{}}}
	if got := said(CheckRequired("PermissionSet", nil, unknown)); got != "" {
		t.Error(got)
	}
	want := "error at label: PermissionSet requires label.\n"
	if got := said(CheckRequired("PermissionSet", nil, Object{})); got != want {
		t.Error(got)
	}
}
