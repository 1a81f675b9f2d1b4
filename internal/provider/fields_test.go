package provider

import (
	"slices"
	"testing"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// tables are the tables of fields, the metadata type that each stands for, and its elements that no attribute stands for.
var tables = []struct {
	kind    string
	fields  fields
	without []string
}{
	{"MyDomainSettings", myDomainFields, []string{"domainPartition", "myDomainName", "myDomainSuffix", "useEdge"}}, // only ever read
	{"OauthOidcSettings", oauthFields, []string{"agentAuthLinking"}},                                               // for Salesforce's own use
	{"PasswordPolicies", passwordFields, nil},
	{"ProfilePasswordPolicy", profilePasswordFields, []string{"profile"}}, // attributes of every policy
	{"ProfileSessionSetting", profileSessionFields, []string{"profile"}},
	{"SessionSettings", sessionFields, nil},
	{"SingleSignOnSettings", signOnFields, nil},
}

// Every table has a row for every element of its metadata type, of the same kind, values and version.
func TestFieldsAreTheSchemas(t *testing.T) {
	t.Parallel()
	for _, table := range tables {
		t.Run(table.kind, func(t *testing.T) {
			t.Parallel()
			known, _ := sfschema.LookupType(table.kind)
			for _, e := range known.Fields {
				row := slices.IndexFunc(table.fields, func(f field) bool { return f.element == e.Name })
				switch without := e.Name == "fullName" || slices.Contains(table.without, e.Name); {
				case row < 0 && !without:
					t.Errorf("no attribute stands for %s", e.Name)
				case row >= 0 && without:
					t.Errorf("%s is listed as left out", e.Name)
				case row >= 0:
					checkField(t, table.fields[row], e)
				}
			}
			seen := map[string]bool{}
			for _, f := range table.fields {
				if _, there := known.Field(f.element); !there {
					t.Errorf("%s has no element %s", table.kind, f.element)
				}
				if seen[f.name()] {
					t.Errorf("%s stands there twice", f.name())
				}
				seen[f.name()] = true
				described(t, f.name(), f.text)
			}
		})
	}
}

func checkField(t *testing.T, f field, e sfschema.Field) {
	t.Helper()
	values, isEnum := sfschema.Enum(e.Type)
	if (e.Type == "boolean") != (f.kind == flag) || e.Type == "int" && f.kind != number || e.List {
		t.Errorf("%s is of type %s", f.element, e.Type)
	}
	if isEnum && !slices.Equal(slices.Sorted(slices.Values(values)), slices.Sorted(slices.Values(f.values))) {
		t.Errorf("%s takes %q", f.element, values)
	}
	if f.since != e.Since {
		t.Errorf("%s exists since API version %d", f.element, e.Since)
	}
}

func TestFieldNames(t *testing.T) {
	t.Parallel()
	for element, want := range map[string]string{
		"enableMFADirectUILoginOptIn": "enable_mfa_direct_ui_login_opt_in", "sessionTimeout": "session_timeout", "logoutURL": "logout_url",
		"skipSFAWhenMFADirectUILogin": "skip_sfa_when_mfa_direct_ui_login", "enableClickjackNonsetupSFDC": "enable_clickjack_nonsetup_sfdc", "isPkceRequired": "is_pkce_required", "enableCSPOnEmail": "enable_csp_on_email",
	} {
		if got := (field{element: element}).name(); got != want {
			t.Errorf("%s is named %s, not %s", element, got, want)
		}
	}
}
