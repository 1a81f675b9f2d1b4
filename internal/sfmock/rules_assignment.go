package sfmock

import (
	"fmt"
	"time"
)

func assignmentRules() rules {
	return rules{
		BeforeSave:   inOrder(assignmentOfProfileIsReadOnly, assignsOneThing, assignmentIsNew, groupIsUpdated, assignmentShowsBackingSet, licenceOfSetIsHeld, assigneeStaysBelowCeiling),
		BeforeDelete: assignmentOfProfileIsReadOnly,
	}
}

func assignmentIsActive(o *Org, assignment *record) any {
	expires, limited := assignment.values["ExpirationDate"].(time.Time)
	return !assignment.flag("IsRevoked") && (!limited || expires.After(o.now()))
}

// assignmentOfProfileIsReadOnly protects the row that every user has for the profile's own set: User.ProfileId governs it.
func assignmentOfProfileIsReadOnly(c *change) *apiError {
	set := c.org.referred(c.rec.values, "PermissionSetId")
	if c.caller != nil && set != nil && set.flag("IsOwnedByProfile") {
		return refuse(unsureOwnedSetCode, unsureProfileAssignment, "PermissionSetId")
	}
	return nil
}

func assignsOneThing(c *change) *apiError {
	if c.old == nil && (c.rec.str("PermissionSetId") == "") == (c.rec.str("PermissionSetGroupId") == "") {
		return refuse(unsureAssignOneCode, unsureAssignOne, "PermissionSetId", "PermissionSetGroupId")
	}
	return nil
}

func assignmentIsNew(c *change) *apiError {
	if c.old != nil {
		return nil
	}
	for column, title := range map[string]string{"PermissionSetId": "Permission Set", "PermissionSetGroupId": "Permission Set Group"} {
		if c.org.indexed("PermissionSetAssignment", "AssigneeId "+column, c.rec.values["AssigneeId"], c.rec.values[column]) != nil {
			return refuse("DUPLICATE_VALUE", fmt.Sprintf("Duplicate PermissionSetAssignment. Assignee: %s; %s: %s", c.rec.str("AssigneeId")[:15], title, c.rec.str(column)[:15]))
		}
	}
	return nil
}

// licenceOfSetIsHeld asks for the licence that a permission set was made for.
func licenceOfSetIsHeld(c *change) *apiError {
	set, user := c.org.referred(c.rec.values, "PermissionSetId"), c.org.referred(c.rec.values, "AssigneeId")
	if c.old != nil || set == nil || set.str("LicenseId") == "" {
		return nil
	}
	licence := c.org.referred(set.values, "LicenseId")
	held := licence == c.org.licenceOf(user.values)
	for _, assigned := range c.org.tables["permissionsetlicenseassign"] {
		held = held || assigned.str("AssigneeId") == user.id && assigned.str("PermissionSetLicenseId") == licence.id
	}
	if !held {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureLicenceMismatch, set.str("Label"), user.str("Username")))
	}
	return nil
}

func assigneeStaysBelowCeiling(c *change) *apiError {
	set := c.org.referred(c.rec.values, "PermissionSetId")
	if c.old != nil || set == nil || set.flag("IsOwnedByProfile") {
		return nil
	}
	if right := c.org.exceeds(c.org.referred(c.rec.values, "AssigneeId"), set); right != "" {
		return errBeyondLicence(right)
	}
	return nil
}

// assignProfile gives a user the row that stands for the profile, instead of that for a profile before.
func (o *Org) assignProfile(user *record) *apiError {
	set := o.profileOwnedSet(o.referred(user.values, "ProfileId"))
	for _, assignment := range o.indexed("PermissionSetAssignment", "AssigneeId", user.id) {
		current := o.referred(assignment.values, "PermissionSetId")
		switch {
		case current == set:
			return nil
		case current != nil && current.flag("IsOwnedByProfile"):
			return o.update(nil, assignment, map[string]any{"PermissionSetId": set.id})
		}
	}
	_, err := o.insert(nil, o.object("PermissionSetAssignment"), map[string]any{"AssigneeId": user.id, "PermissionSetId": set.id})
	return err
}
