package sfmock

import (
	"slices"
	"strings"
)

// grantsOf shows the rows and sections of a set as elements of a profile or permission set. The WSDL's names of tab sections differ.
func (o *Org) grantsOf(set *record, sections map[string][]map[string]any) []element {
	var all []element
	all = append(all, o.userGrants(set)...)
	hidden := map[string]bool{}
	for _, row := range o.indexed("ObjectPermissions", "ParentId", set.id) {
		entry := branch("objectPermissions", leaf("object", row.str("SobjectType")))
		for _, r := range objectRights {
			entry.children = append(entry.children, flagLeaf(r.Element, row.flag(r.Column)))
		}
		all = append(all, entry)
		hidden[row.str("SobjectType")] = row.flag("PermissionsViewAllFields")
	}
	for _, row := range o.indexed("FieldPermissions", "ParentId", set.id) {
		if !hidden[row.str("SobjectType")] {
			all = append(all, branch("fieldPermissions", leaf("field", o.metadataField(row.str("Field"))),
				flagLeaf("editable", row.flag("PermissionsEdit")), flagLeaf("readable", true)))
		}
	}
	for _, row := range o.indexed("SetupEntityAccess", "ParentId", set.id) {
		for _, d := range doors {
			if d.Object == row.str("SetupEntityType") {
				all = append(all, branch(d.Section, leaf(d.Element, packageName(o.referred(row.values, "SetupEntityId"), d.NameColumn)), flagLeaf("enabled", true)))
			}
		}
	}
	for _, row := range o.indexed("PermissionSetTabSetting", "ParentId", set.id) {
		for shown, stored := range tabVisibilities {
			if row.str("Visibility") == stored {
				all = append(all, branch("tabSettings", leaf("tab", row.str("Name")), leaf("visibility", shown)))
			}
		}
	}
	for name, entries := range sections {
		for _, entry := range entries {
			all = append(all, elementOf(name, entry))
		}
	}
	return all
}

// userGrants lists what is switched on, but for what metadata never returns.
func (o *Org) userGrants(set *record) []element {
	var all []element
	implied := set.flag("PermissionsViewAllData") || set.flag("PermissionsModifyAllData")
	for _, f := range set.object.Fields {
		name, isPermission := strings.CutPrefix(f.Name, permissionColumn)
		if !isPermission || !set.flag(f.Name) || slices.Contains(unreturnedPermissions, name) || implied && slices.Contains(impliedPermissions, name) {
			continue
		}
		all = append(all, branch("userPermissions", flagLeaf("enabled", true), leaf("name", name)))
	}
	return all
}

// isOff tells whether an entry of a section takes access away, which is the same as not being there.
func isOff(entry map[string]any) bool {
	return entry["enabled"] == "false" || entry["visible"] == "false"
}
