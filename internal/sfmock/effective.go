package sfmock

import (
	"fmt"
	"slices"
	"strings"
)

// holds tells whether a user has a user permission, by the profile or by a permission set that is active without further ado.
func (o *Org) holds(user *record, permission string) bool {
	column := permissionColumn + permission
	if profile := o.referred(user.values, "ProfileId"); profile != nil && profile.flag(column) {
		return true
	}
	for _, assignment := range o.indexed("PermissionSetAssignment", "AssigneeId", user.id) {
		set := o.referred(assignment.values, "PermissionSetId")
		if set != nil && set.flag(column) && !set.flag("HasActivationRequired") && assignmentIsActive(o, assignment) == true {
			return true
		}
	}
	return false
}

// profileOwnedSet is the hidden permission set that carries a profile's permissions; it is made, and made to agree, on the way.
func (o *Org) profileOwnedSet(profile *record) *record {
	set := o.find("PermissionSet", "ProfileId", profile.id)
	values := map[string]any{}
	for _, f := range o.object("PermissionSet").Fields {
		if v, has := profile.values[f.Name]; has && strings.HasPrefix(f.Name, permissionColumn) && (set == nil || set.values[f.Name] != v) {
			values[f.Name] = v
		}
	}
	if set != nil {
		if len(values) > 0 {
			_ = o.update(nil, set, values) // the org's own copy of values that were checked on the profile
		}
		return set
	}
	// Real names look like X00ex00000018ozT_128_09_04_10_1 and, like the label, mean nothing.
	name := "X" + profile.id[:15]
	values["Name"], values["Label"], values["ProfileId"] = name, name, profile.id
	values["IsOwnedByProfile"], values["Type"] = true, "Profile"
	set, _ = o.insert(nil, o.object("PermissionSet"), values)
	return set
}

// permissionsOfCaller is the one row of UserPermissionAccess.
func permissionsOfCaller(o *Org, caller *session) []*record {
	ob := o.object("UserPermissionAccess")
	row := &record{object: ob, values: map[string]any{"LastCacheUpdate": o.now()}}
	for _, f := range ob.Fields {
		if permission, ok := strings.CutPrefix(f.Name, permissionColumn); ok {
			row.values[f.Name] = o.can(caller, permission)
		}
	}
	return []*record{row}
}

// permissionDependencies are the rows of PermissionDependency: user permissions first, then what every object's rights need.
func permissionDependencies(o *Org, _ *session) []*record {
	ob := o.object("PermissionDependency")
	var rows []*record
	add := func(kind, permission, required string) {
		rows = append(rows, &record{object: ob, id: id18(fmt.Sprintf("%s%s%09d", ob.Prefix, o.pod, len(rows)+1)), values: map[string]any{
			"Permission": permission, "PermissionType": kind, "RequiredPermission": required, "RequiredPermissionType": kind,
		}})
	}
	for _, d := range userDependencies {
		for _, required := range d.Requires {
			if o.object("PermissionSet").field(permissionColumn+required) != nil {
				add("User Permission", d.Permission, required)
			}
		}
	}
	for _, objectName := range o.grantableObjects() {
		for _, r := range objectRights {
			for _, needed := range objectRights {
				if slices.Contains(r.Needs, needed.Column) {
					add("Object Permission", objectName+"<"+r.Verb+">", objectName+"<"+needed.Verb+">")
				}
			}
		}
	}
	return rows
}
