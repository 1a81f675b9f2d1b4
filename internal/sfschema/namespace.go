package sfschema

import "strings"

// namespaced are types whose full names hold two underscores in a row only behind the namespace of a package. Those of custom objects
// and fields end with two and a letter.
var namespaced = map[string]bool{
	"ConnectedApp": true, "CustomPermission": true, "ExternalClientApplication": true, "PermissionSet": true, "PermissionSetGroup": true,
}

// Namespace is the namespace of the package that a component came with, "" if it came with none or its type does not tell.
func Namespace(typeName, fullName string) string {
	namespace, _, packaged := strings.Cut(fullName, "__")
	if !packaged || !namespaced[typeName] {
		return ""
	}
	return namespace
}
