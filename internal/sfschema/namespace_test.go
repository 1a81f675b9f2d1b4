package sfschema

import "testing"

func TestNamespace(t *testing.T) {
	t.Parallel()
	for name, want := range map[[2]string]string{
		{"PermissionSet", "ledger__Books"}:   "ledger",
		{"CustomPermission", "ledger__Post"}: "ledger",
		{"PermissionSet", "Books"}:           "",
		{"CustomObject", "Invoice__c"}:       "",
		{"CustomField", "Account.Tier__c"}:   "",
	} {
		if got := Namespace(name[0], name[1]); got != want {
			t.Errorf("Namespace(%q, %q) = %q, want %q", name[0], name[1], got, want)
		}
	}
	for component := range namespaced {
		if described, _ := LookupType(component); !described.Component {
			t.Errorf("%s is no component type", component)
		}
	}
}
