package sfmock

import (
	"slices"
	"strings"
)

// referred is the record that a reference column names, nil if it is empty.
func (o *Org) referred(values map[string]any, column string) *record {
	id, _ := values[column].(string)
	return o.byID[id]
}

// licenceOf is the user licence behind the profile of a user with these values; platform users have none.
func (o *Org) licenceOf(user map[string]any) *record {
	profile := o.referred(user, "ProfileId")
	if profile == nil {
		return nil
	}
	return o.referred(profile.values, "UserLicenseId")
}

// licenceTraits are the platform's facts about a user licence; one that it doesn't know is as good as Salesforce.
func (o *Org) licenceTraits(licence *record) userLicence {
	if licence != nil {
		for _, l := range userLicences {
			if strings.EqualFold(l.Name, licence.str("Name")) {
				return l
			}
		}
	}
	return userLicences[0]
}

// ceilings are those of the user's licence and of the permission set licences assigned to the user, but for without.
func (o *Org) ceilings(user, without *record) []ceiling {
	all := []ceiling{o.licenceTraits(o.licenceOf(user.values)).Ceiling}
	for _, assigned := range o.indexed("PermissionSetLicenseAssign", "AssigneeId", user.id) {
		if assigned != without {
			all = append(all, ceilingOf(o.referred(assigned.values, "PermissionSetLicenseId")))
		}
	}
	return all
}

// ceilingOf is what a permission set licence adds; one that the platform doesn't know adds nothing.
func ceilingOf(licence *record) ceiling {
	for _, l := range permissionSetLicences {
		if l.DeveloperName == licence.str("DeveloperName") {
			return l.Ceiling
		}
	}
	return ceiling{}
}

func permits(all []ceiling, permission string) bool {
	return slices.ContainsFunc(all, func(c ceiling) bool { return c.Permissions.has(permission) })
}

func covers(all []ceiling, objectName string) bool {
	return slices.ContainsFunc(all, func(c ceiling) bool { return c.Objects.has(objectName) })
}

// ceiling tells which user permissions the user's licences let anybody grant.
func (o *Org) ceiling(user *record) func(permission string) bool {
	all := o.ceilings(user, nil)
	return func(permission string) bool { return permits(all, permission) }
}

// objectCeiling tells on which objects the user's licences let anybody grant rights.
func (o *Org) objectCeiling(user *record) func(objectName string) bool {
	all := o.ceilings(user, nil)
	return func(objectName string) bool { return covers(all, objectName) }
}

// beyond names the first right of a permission set that no ceiling allows, in the words of the refusal; "" if all fit.
func (o *Org) beyond(all []ceiling, set *record) string {
	for _, f := range set.object.Fields {
		if permission, ok := strings.CutPrefix(f.Name, permissionColumn); ok && set.flag(f.Name) && !permits(all, permission) {
			return f.Label
		}
	}
	for _, rights := range o.indexed("ObjectPermissions", "ParentId", set.id) {
		if ob := o.object(rights.str("SobjectType")); ob != nil && !covers(all, ob.Name) {
			return "Read " + ob.plural()
		}
	}
	return ""
}

// exceeds names the first right of a permission set that the user's licences don't allow, "" if all fit.
func (o *Org) exceeds(user, set *record) string { return o.beyond(o.ceilings(user, nil), set) }

func errBeyondLicence(right string) *apiError {
	return refuse("FIELD_INTEGRITY_EXCEPTION", "The user license doesn't allow the permission: "+right)
}

func errNoSeat() *apiError { return refuse("LICENSE_LIMIT_EXCEEDED", "License Limit Exceeded") }
