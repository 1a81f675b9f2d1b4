package sfmock

import (
	"fmt"
	"slices"
	"strings"
)

func profileRules() rules {
	return rules{
		BeforeSave:   inOrder(standardProfileKeepsName, profileHasForcedPermissions, profileStaysBelowCeiling),
		AfterSave:    profileOwnsSet,
		BeforeDelete: profileIsUnused,
		AfterDelete:  ownedSetGoes,
	}
}

const permissionColumn = "Permissions"

// isStandardProfile tells whether a profile came with the org.
func isStandardProfile(name string) bool {
	return slices.ContainsFunc(standardProfiles, func(p standardProfile) bool { return strings.EqualFold(p.Name, name) })
}

func userTypeOfProfile(o *Org, profile *record) any {
	return o.licenceTraits(o.referred(profile.values, "UserLicenseId")).UserType
}

func standardProfileKeepsName(c *change) *apiError {
	if c.old == nil || !c.changed("Name") {
		return nil
	}
	if before, _ := c.old["Name"].(string); isStandardProfile(before) {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureStandardProfileName, before), "Name")
	}
	return nil
}

// profileHasForcedPermissions grants a new profile what its licence forces and refuses to take that away.
func profileHasForcedPermissions(c *change) *apiError {
	for _, permission := range c.org.licenceTraits(c.org.referred(c.rec.values, "UserLicenseId")).Forced {
		f := c.rec.object.field(permissionColumn + permission)
		switch {
		case f == nil || c.rec.flag(f.Name):
		case c.old == nil:
			c.rec.values[f.Name] = true
		default:
			return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureForcedPermission, f.Label), f.Name)
		}
	}
	return nil
}

func profileStaysBelowCeiling(c *change) *apiError {
	licence := c.org.licenceTraits(c.org.referred(c.rec.values, "UserLicenseId"))
	for _, f := range c.rec.object.Fields {
		permission, isPermission := strings.CutPrefix(f.Name, permissionColumn)
		if isPermission && c.rec.flag(f.Name) && c.changed(f.Name) && !licence.Ceiling.Permissions.has(permission) {
			return errBeyondLicence(f.Label)
		}
	}
	return nil
}

// profileOwnsSet makes the hidden permission set that carries the profile's object and field permissions.
func profileOwnsSet(c *change) *apiError {
	c.org.profileOwnedSet(c.rec)
	return nil
}

func profileIsUnused(c *change) *apiError {
	if isStandardProfile(c.rec.str("Name")) {
		return refuse(unsureStandardDeleteCode, fmt.Sprintf(unsureStandardDelete, c.rec.str("Name")))
	}
	if user := c.org.find("User", "ProfileId", c.rec.id); user != nil {
		return refuse(unsureInUseCode, fmt.Sprintf(unsureInUse, c.rec.object.Label, user.id))
	}
	return nil
}

func ownedSetGoes(c *change) *apiError {
	if set := c.org.find("PermissionSet", "ProfileId", c.rec.id); set != nil {
		return c.org.remove(nil, set)
	}
	return nil
}
