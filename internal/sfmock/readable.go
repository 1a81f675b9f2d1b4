package sfmock

import "slices"

// mayRead tells whether an object is there for a caller: setup objects are, but for those with a permission of their own, business objects with the right to read them, by the
// profile or an active permission set. Without it Salesforce speaks as if the object did not exist.
func (o *Org) mayRead(s *session, ob *object) bool {
	if s != nil && ob.ReadWith != "" && !o.can(s, ob.ReadWith) {
		return false
	}
	if s == nil || !ob.grantable() || o.can(s, "ViewAllData") || o.can(s, "ModifyAllData") {
		return true
	}
	sets := o.assignedSets(s.user)
	if profile := o.referred(s.user.values, "ProfileId"); profile != nil {
		sets = append(sets, o.profileOwnedSet(profile))
	}
	return slices.ContainsFunc(sets, func(set *record) bool {
		return slices.ContainsFunc(o.indexed("ObjectPermissions", "ParentId", set.id), func(grant *record) bool {
			return grant.str("SobjectType") == ob.Name && grant.flag("PermissionsRead")
		})
	})
}

// filtersProfiles tells whether a caller finds no profile but its own, as the org's user management settings may want it.
func (o *Org) filtersProfiles(s *session) bool {
	return s != nil && isTrue(o.setting("UserManagementSettings", "enableProfileFiltering")) && !o.can(s, "ViewAllProfiles")
}

// seesOnlyOwn tells whether a caller finds no rows of an object but those about itself.
func (o *Org) seesOnlyOwn(s *session, ob *object) bool {
	return s != nil && ob.OthersWith != nil && !slices.ContainsFunc(ob.OthersWith, func(permission string) bool { return o.can(s, permission) })
}
