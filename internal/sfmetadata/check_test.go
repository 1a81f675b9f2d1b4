package sfmetadata

import (
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
		{"Profile", `{"loginHours": "always"}`, "error at loginHours: It holds the elements of ProfileLoginHours"},
		{"FlowEnd", `{"locationX": "NaN"}`, `"NaN" is no number`},
		{"Novelty", `{"a": [{"b": "c"}]}`, "warning at a: "},
		{"PermissionSetGroup", `{"permissionSets": [["A"]]}`, "error at permissionSets[0]: It holds a single value"},
		{"ProfileSessionSetting", `{"sessionTimeout": 12345678901234567890}`, "is no whole number"},
		{"PolicyRuleDefinition", `{"resourceExpression": ["a", "b"]}`, ""},
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

// Only what is new has to be complete: the rest is carried over from the org.
func TestCheckRequired(t *testing.T) {
	t.Parallel()
	tab := func(name string) Object { return Object{"tab": word(name)} }
	org := Object{"label": word("Billing"), "tabSettings": List{Object{"tab": word("Known"), "visibility": word("Visible")}}}
	content := Object{"tabSettings": List{tab("New"), tab("Known")}}
	if got := said(CheckRequired("PermissionSet", org, content)); !strings.Contains(got, "at tabSettings[0].visibility: PermissionSetTabSetting requires visibility") || strings.Count(got, "\n") != 1 {
		t.Error(got)
	}
	if got := said(CheckRequired("PermissionSet", nil, content)); !strings.Contains(got, "at label: PermissionSet requires label") || strings.Count(got, "\n") != 3 {
		t.Error(got)
	}
}
