package sfmock

// writesWith is the permission for the feature that a metadata type belongs to, which whoever writes the type needs besides the one for
// metadata (Metadata API Developer Guide, Metadata API Edit Access). External client apps have theirs with their types; of others it is
// not documented.
var writesWith = map[string]string{
	"MutingPermissionSet": profileAdministration,
	"PermissionSet":       profileAdministration,
	"PermissionSetGroup":  profileAdministration,
	"Profile":             profileAdministration,
	"Role":                "ManageRoles",
}

// metadataRefusal is why a caller can't write a component: it may not, or a fault lies in wait. It is nil where nothing is in the way.
func (o *Org) metadataRefusal(caller *session, typeName, fullName string) *apiError {
	need := writesWith[typeName]
	if isSettings(typeName) {
		need = "CustomizeApplication"
	}
	if need != "" && !o.can(caller, need) {
		return refuse("INSUFFICIENT_ACCESS", unsureEntityAccess+typeName)
	}
	return o.componentRefusal(typeName, fullName)
}
