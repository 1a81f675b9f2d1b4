package sfschema

import (
	"maps"
	"slices"
	"testing"
)

// list and required name the two marks of a field in the fact tables below.
const (
	list     = true
	required = true
)

func TestFields(t *testing.T) {
	t.Parallel()
	for typ, fields := range map[string][]Field{
		"Profile": {
			{Name: "fullName", Type: "string"},
			{Name: "custom", Type: "boolean"},
			{Name: "loginFlows", Type: "LoginFlow", List: list},
			{Name: "loginHours", Type: "ProfileLoginHours"},
			{Name: "loginIpRanges", Type: "ProfileLoginIpRange", List: list},
			{Name: "userLicense", Type: "string"},
		},
		"PermissionSet": {
			{Name: "description", Type: "string"},
			{Name: "enrichments", Type: "MetadataEnrichments", Since: 68},
			{Name: "fieldPermissions", Type: "PermissionSetFieldPermissions", List: list},
			{Name: "hasActivationRequired", Type: "boolean"},
			{Name: "label", Type: "string", Required: required},
			{Name: "license", Type: "string"},
			{Name: "tabSettings", Type: "PermissionSetTabSetting", List: list},
			{Name: "userPermissions", Type: "PermissionSetUserPermission", List: list},
		},
		"PermissionSetFieldPermissions": {
			{Name: "editable", Type: "boolean", Required: required},
			{Name: "field", Type: "string", Required: required},
			{Name: "readable", Type: "boolean"},
		},
		"PermissionSetObjectPermissions": {
			{Name: "modifyAllRecords", Type: "boolean", Required: required},
			{Name: "viewAllFields", Type: "boolean"},
		},
		"PermissionSetTabSetting": {
			{Name: "visibility", Type: "PermissionSetTabVisibility", Required: required},
		},
		"MutingPermissionSet": {
			{Name: "label", Type: "string", Required: required},
			{Name: "userPermissions", Type: "PermissionSetUserPermission", List: list},
		},
		"PermissionSetGroup": {
			{Name: "mutingPermissionSets", Type: "string", List: list},
			{Name: "permissionSets", Type: "string", List: list},
			{Name: "status", Type: "string"},
		},
		"CustomPermission": {
			{Name: "isLicensed", Type: "boolean", Required: required},
			{Name: "requiredPermission", Type: "CustomPermissionDependencyRequired", List: list},
		},
		"ConnectedAppOauthConfig": {
			{Name: "isDPopEnabled", Type: "boolean", Since: 68},
			{Name: "scopes", Type: "ConnectedAppOauthAccessScope", List: list},
		},
		"ExternalClientApplication": {
			{Name: "distributionState", Type: "ExtlClntAppDistState"},
			{Name: "label", Type: "string"},
		},
		"ExtlClntAppOauthSettings": {
			{Name: "assetTokenValidity", Type: "int"},
			{Name: "externalClientApplication", Type: "string", Required: required},
		},
		"ExtlClntAppGlobalOauthSettings": {
			{Name: "isEnforceRefreshTokenTTL", Type: "boolean", Since: 67},
			{Name: "isMtlsEnabled", Type: "boolean", Since: 68},
			{Name: "isPkceRequired", Type: "boolean"},
		},
		"ExtlClntAppOauthSecuritySettings": {
			{Name: "label", Type: "string", Since: 67},
			{Name: "tlsClientAuthCertParamValue", Type: "string", Since: 68},
			{Name: "tokenIpRanges", Type: "ExtlClntAppOauthSecurityTokenIpRange", List: list, Since: 67},
		},
		"SecuritySettings": {
			{Name: "enableGraphQLApiForGuestUsers", Type: "boolean", Since: 68},
			{Name: "networkAccess", Type: "NetworkAccess"},
			{Name: "passwordPolicies", Type: "PasswordPolicies"},
		},
		"NetworkAccess": {
			{Name: "ipRanges", Type: "IpRange", List: list},
		},
		"SessionSettings": {
			{Name: "vfInlineScriptInjection", Type: "VfInlineScriptInjection", Since: 67},
		},
		"ProfileSessionSetting": {
			{Name: "forceLogout", Type: "boolean", Required: required},
			{Name: "requiredSessionLevel", Type: "SessionSecurityLevel"},
			{Name: "sessionTimeout", Type: "int", Required: required},
		},
		"ProfilePasswordPolicy": {
			{Name: "isDisabled", Type: "boolean", Since: 68},
			{Name: "minimumPasswordLength", Type: "int", Required: required},
		},
		"IdentityProviderSettings": {
			{Name: "certificateName", Type: "string", Required: required},
		},
		"Certificate": {
			{Name: "content", Type: "base64Binary"},
			{Name: "expirationDate", Type: "dateTime"},
		},
		"FlowEnd": {
			{Name: "locationX", Type: "double", Required: required, Since: 68},
		},
	} {
		t.Run(typ, func(t *testing.T) {
			t.Parallel()
			described, ok := LookupType(typ)
			if !ok {
				t.Fatalf("LookupType(%q) does not find the type", typ)
			}
			for _, want := range fields {
				if got, ok := described.Field(want.Name); !ok || got != want {
					t.Errorf("field %s = %+v, %t; want %+v", want.Name, got, ok, want)
				}
			}
		})
	}
}

func TestFieldsThatAreGone(t *testing.T) {
	t.Parallel()
	for typ, name := range map[string]string{
		"PermissionSet":                     "tabVisibilities",
		"PermissionSetRecordTypeVisibility": "default",
		"SessionSettings":                   "requireHttps",
		"ExternalClientAppSettings":         "enableExternalClientApps",
	} {
		described, ok := LookupType(typ)
		if !ok {
			t.Errorf("LookupType(%q) does not find the type", typ)
		}
		if field, ok := described.Field(name); ok {
			t.Errorf("%s has the field %+v", typ, field)
		}
	}
}

func TestFieldsAreInWSDLOrder(t *testing.T) {
	t.Parallel()
	described, _ := LookupType("PermissionSetGroup")
	want := []string{"fullName", "description", "enrichments", "hasActivationRequired", "label", "mutingPermissionSets", "permissionSets", "status"}
	got := make([]string, 0, len(described.Fields))
	for _, field := range described.Fields {
		got = append(got, field.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("fields of PermissionSetGroup = %q, want %q", got, want)
	}
}

func TestComponents(t *testing.T) {
	t.Parallel()
	components := Components()
	if !slices.IsSorted(components) {
		t.Error("the names are not sorted")
	}
	for name, want := range map[string]bool{
		"PermissionSet":                 true,
		"MutingPermissionSet":           true,
		"SecuritySettings":              true,
		"OauthOidcSettings":             true,
		"BlacklistedConsumer":           true,
		"Certificate":                   true,
		"DocumentFolder":                true,
		"PermissionSetFieldPermissions": false,
		"LoginFlow":                     false,
		"Metadata":                      false,
		"MetadataWithContent":           false,
		"DeployResult":                  false,
	} {
		if got := slices.Contains(components, name); got != want {
			t.Errorf("Components() has %s: %t, want %t", name, got, want)
		}
		if described, _ := LookupType(name); described.Component != want {
			t.Errorf("%s is a component: %t, want %t", name, described.Component, want)
		}
	}
}

func TestEnum(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"PermissionSetTabVisibility": {"None", "Available", "Visible"},
		"SessionSecurityLevel":       {"LOW", "STANDARD", "HIGH_ASSURANCE"},
		"VfInlineScriptInjection":    {"Allow", "ReportOnly", "NeverAllow"},
	} {
		if got, ok := Enum(name); !ok || !slices.Equal(got, want) {
			t.Errorf("Enum(%q) = %q, %t; want %q", name, got, ok, want)
		}
	}
	for _, name := range []string{"PermissionSet", "ID", "string", ""} {
		if got, ok := Enum(name); ok {
			t.Errorf("Enum(%q) = %q, want none", name, got)
		}
	}
}

func TestResultsAreCopies(t *testing.T) {
	t.Parallel()
	values, _ := Enum("SessionSecurityLevel")
	for _, names := range [][]string{values, Components(), UserPermissions()} {
		clear(names)
	}
	values, _ = Enum("SessionSecurityLevel")
	for _, names := range [][]string{values, Components(), UserPermissions()} {
		if slices.Contains(names, "") {
			t.Errorf("a caller's change is seen in %.3q", names)
		}
	}
}

func TestEveryFieldTypeResolves(t *testing.T) {
	t.Parallel()
	primitives := []string{"string", "boolean", "int", "double", "dateTime", "base64Binary", "anyType"}
	for _, name := range slices.Sorted(maps.Keys(load().types)) {
		described, _ := LookupType(name)
		for _, field := range described.Fields {
			_, isType := LookupType(field.Type)
			_, isEnum := Enum(field.Type)
			if !isType && !isEnum && !slices.Contains(primitives, field.Type) {
				t.Errorf("%s.%s has the unknown type %q", name, field.Name, field.Type)
			}
			if field.List && field.Required {
				t.Errorf("%s.%s repeats and is required", name, field.Name)
			}
			if field.Since != 0 && (field.Since < 66 || field.Since > Version()) {
				t.Errorf("%s.%s is dated v%d", name, field.Name, field.Since)
			}
		}
	}
}

func TestUserPermissions(t *testing.T) {
	t.Parallel()
	names := UserPermissions()
	if len(names) < 500 || !slices.IsSorted(names) {
		t.Errorf("%d names, sorted: %t; want 500 or more, sorted", len(names), slices.IsSorted(names))
	}
	for _, name := range []string{"ApiEnabled", "ApiUserOnly", "ManageUsers", "ViewSetup"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if got := Version(); got != 68 {
		t.Errorf("Version() = %d, want 68", got)
	}
}

func TestDecodeBroken(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string][]byte{
		"empty":     nil,
		"not gzip":  []byte("{}"),
		"truncated": packed[:len(packed)/2],
	} {
		if _, err := decode(broken); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, words := range []string{"label", "a:string label:string@new"} {
		if fields, err := decodeFields(words); err == nil {
			t.Errorf("decodeFields(%q) = %+v, want an error", words, fields)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := decode(packed); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookup asks for a late field of the largest type.
func BenchmarkLookup(b *testing.B) {
	load()
	for b.Loop() {
		described, _ := LookupType("IndustriesSettings")
		if _, ok := described.Field(described.Fields[len(described.Fields)-1].Name); !ok {
			b.Fatal("no field")
		}
	}
}
