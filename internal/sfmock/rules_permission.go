package sfmock

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

func permissionSetRules() rules {
	return rules{
		BeforeSave:   inOrder(ownedSetIsReadOnly, setNameIsAPIName, setTypeFollowsActivation, dependenciesAreGranted, memberIsAtRest),
		AfterSave:    inOrder(assigneesStayBelowCeiling, groupsGoOutdated),
		BeforeDelete: inOrder(ownedSetIsReadOnly, setIsNotAssigned, memberIsUngrouped),
		AfterDelete:  contentOfSetGoes,
	}
}

// ownedSetIsReadOnly protects the sets behind profiles and groups and those that Salesforce brings along.
func ownedSetIsReadOnly(c *change) *apiError {
	if c.caller != nil && c.old != nil && (c.rec.flag("IsOwnedByProfile") || c.rec.str("Type") == "Group" || !c.rec.flag("IsCustom")) {
		return refuse(unsureOwnedSetCode, unsureOwnedSet)
	}
	return nil
}

var apiName = regexp.MustCompile(`^[A-Za-z](_?[A-Za-z0-9])*$`)

func setNameIsAPIName(c *change) *apiError {
	if c.changed("Name") && !apiName.MatchString(c.rec.str("Name")) {
		return refuse(unsureSetNameCode, unsureSetName, "Name")
	}
	return nil
}

func setTypeFollowsActivation(c *change) *apiError {
	switch {
	case c.rec.str("Type") == "Regular" && c.rec.flag("HasActivationRequired"):
		c.rec.values["Type"] = "Session"
	case c.rec.str("Type") == "Session" && !c.rec.flag("HasActivationRequired"):
		c.rec.values["Type"] = "Regular"
	}
	return nil
}

func dependenciesAreGranted(c *change) *apiError {
	if c.rec.flag("IsOwnedByProfile") || c.rec.str("Type") == "Group" { // what a group mutes may leave others without
		return nil
	}
	for _, d := range userDependencies {
		if !c.rec.flag(permissionColumn + d.Permission) {
			continue
		}
		var missing []string
		for _, needed := range d.Requires {
			if column := permissionColumn + needed; c.rec.object.field(column) != nil && !c.rec.flag(column) {
				missing = append(missing, needed)
			}
		}
		if missing != nil {
			return errDependency(d.Permission, missing)
		}
	}
	return nil
}

func errDependency(permission string, missing []string) *apiError {
	return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Permission %s depends on permission(s): %s", permission, strings.Join(missing, ", ")))
}

// assigneesStayBelowCeiling refuses what the licence of a user who already has the set doesn't allow.
func assigneesStayBelowCeiling(c *change) *apiError {
	set := c.rec
	if set.object.Name != "PermissionSet" {
		set = c.org.referred(c.rec.values, "ParentId")
	}
	if c.old == nil && set == c.rec || set.flag("IsOwnedByProfile") {
		return nil
	}
	for _, assignment := range c.org.indexed("PermissionSetAssignment", "PermissionSetId", set.id) {
		user := c.org.referred(assignment.values, "AssigneeId")
		if right := c.org.exceeds(user, set); right != "" {
			licence := c.org.licenceOf(user.values)
			return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(
				"Can't save permission set %s, which is assigned to a user with user license %s. The user license doesn't allow the permission: %s",
				set.str("Label"), licence.str("Name"), right))
		}
	}
	return nil
}

func setIsNotAssigned(c *change) *apiError {
	if c.rec.flag("IsOwnedByProfile") {
		return nil
	}
	if assigned := c.org.indexed("PermissionSetAssignment", "PermissionSetId", c.rec.id); len(assigned) > 0 {
		return refuse(unsureSetInUseCode, fmt.Sprintf(unsureSetInUse, c.rec.str("Label"), len(assigned)))
	}
	return nil
}

// grantObjects hold the rows that belong to a permission set and go with it.
var grantObjects = []string{"ObjectPermissions", "FieldPermissions", "SetupEntityAccess", "PermissionSetTabSetting"}

func contentOfSetGoes(c *change) *apiError {
	for _, objectName := range grantObjects {
		if err := c.org.removeAll(c.org.indexed(objectName, "ParentId", c.rec.id)); err != nil {
			return err
		}
	}
	return c.org.removeAll(c.org.indexed("PermissionSetAssignment", "PermissionSetId", c.rec.id))
}

// removeAll deletes records as the org itself.
func (o *Org) removeAll(records []*record) *apiError {
	for _, rec := range slices.Backward(records) {
		if err := o.remove(nil, rec); err != nil {
			return err
		}
	}
	return nil
}

func objectPermissionsRules() rules {
	return rules{
		BeforeSave:   inOrder(ownerTakesGrants, standardProfileKeepsObjects, grantIsNew("SobjectType"), objectRightsAreComplete, memberIsAtRest),
		AfterSave:    inOrder(emptyGrantGoes, mastersStayReadable, assigneesStayBelowCeiling, groupsGoOutdated),
		BeforeDelete: inOrder(ownerTakesGrants, standardProfileKeepsObjects, memberIsAtRest),
		AfterDelete:  inOrder(mastersStayReadable, groupsGoOutdated),
	}
}

// standardProfileKeepsObjects holds since API version 50.0.
func standardProfileKeepsObjects(c *change) *apiError {
	profile := c.org.referred(c.org.referred(c.rec.values, "ParentId").values, "ProfileId")
	if c.caller != nil && profile != nil && isStandardProfile(profile.str("Name")) {
		return refuse(unsureOwnedSetCode, unsureStandardProfileObjects)
	}
	return nil
}

// grantIsNew refuses a second row about the same thing in a permission set.
func grantIsNew(column string) func(*change) *apiError {
	return func(c *change) *apiError {
		if c.old != nil {
			return nil
		}
		if c.org.indexed(c.rec.object.Name, "ParentId "+column, c.rec.values["ParentId"], c.rec.values[column]) != nil {
			return refuse("DUPLICATE_VALUE", "Duplicate row exists in "+c.rec.object.Name)
		}
		return nil
	}
}

func objectRightsAreComplete(c *change) *apiError {
	for _, r := range objectRights {
		if !c.rec.flag(r.Column) {
			continue
		}
		var missing []string
		for _, needed := range objectRights {
			if slices.Contains(r.Needs, needed.Column) && !c.rec.flag(needed.Column) {
				missing = append(missing, needed.Title+" "+c.rec.str("SobjectType"))
			}
		}
		if missing != nil {
			return errDependency(r.Title+" "+c.rec.str("SobjectType"), missing)
		}
	}
	return nil
}

// mastersStayReadable holds for what a caller writes; metadata, which writes many rows, asks once it is through.
func mastersStayReadable(c *change) *apiError {
	if c.caller == nil {
		return nil
	}
	return c.org.mastersAreReadable(c.org.referred(c.rec.values, "ParentId"))
}

// mastersAreReadable asks a permission set that reads the details of a master-detail relationship to read the master too.
func (o *Org) mastersAreReadable(set *record) *apiError {
	rows := o.indexed("ObjectPermissions", "ParentId", set.id)
	readable := func(objectName string) bool {
		return slices.ContainsFunc(rows, func(row *record) bool { return row.str("SobjectType") == objectName && row.flag("PermissionsRead") })
	}
	for _, row := range rows {
		for _, f := range o.object(row.str("SobjectType")).Fields {
			if f.isMaster() && !readable(f.Reference[0]) {
				return errDependency("Read "+row.str("SobjectType"), []string{"Read " + f.Reference[0]})
			}
		}
	}
	return nil
}

// isMaster tells whether the column is the detail's side of a master-detail relationship.
func (f *field) isMaster() bool {
	return f.Type == "reference" && f.Required && isCustom(f.Name) && len(f.Reference) == 1
}

// emptyGrantGoes deletes a row that grants nothing: every right needs Read.
func emptyGrantGoes(c *change) *apiError {
	if c.rec.flag("PermissionsRead") {
		return nil
	}
	return c.org.remove(nil, c.rec)
}

func fieldPermissionsRules() rules {
	return rules{
		BeforeSave:   inOrder(ownerTakesGrants, fieldHasFullName, grantIsNew("Field"), editNeedsRead, editNeedsEditableField, memberIsAtRest),
		AfterSave:    inOrder(emptyGrantGoes, groupsGoOutdated),
		BeforeDelete: inOrder(ownerTakesGrants, memberIsAtRest),
		AfterDelete:  groupsGoOutdated,
	}
}

// fieldHasFullName stores a look-up that was written without Id under the column's name.
func fieldHasFullName(c *change) *apiError {
	name, _ := c.org.grantableField(c.rec.str("Field"))
	if objectName, _, _ := strings.Cut(name, "."); objectName != c.rec.str("SobjectType") {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureFieldOfOther, c.rec.str("Field"), c.rec.str("SobjectType")), "Field")
	}
	c.rec.values["Field"] = name
	return nil
}

func editNeedsRead(c *change) *apiError {
	if c.rec.flag("PermissionsEdit") && !c.rec.flag("PermissionsRead") {
		return errDependency("Edit "+c.rec.str("Field"), []string{"Read " + c.rec.str("Field")})
	}
	return nil
}

// editNeedsEditableField keeps formulas and auto-numbers read-only.
func editNeedsEditableField(c *change) *apiError {
	objectName, column, _ := strings.Cut(c.rec.str("Field"), ".")
	if f := c.org.object(objectName).field(column); c.rec.flag("PermissionsEdit") && !f.Create && !f.Update {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureReadOnlyField, c.rec.str("Field")), "PermissionsEdit")
	}
	return nil
}

func setupEntityAccessRules() rules {
	hasType := func(c *change) *apiError {
		c.rec.values["SetupEntityType"] = c.org.referred(c.rec.values, "SetupEntityId").object.Name
		return nil
	}
	return rules{
		BeforeSave: inOrder(ownerTakesGrants, grantIsNew("SetupEntityId"), hasType, memberIsAtRest), AfterSave: groupsGoOutdated,
		BeforeDelete: inOrder(ownerTakesGrants, memberIsAtRest), AfterDelete: groupsGoOutdated,
	}
}

func tabSettingRules() rules {
	return rules{
		BeforeSave: inOrder(ownerTakesGrants, grantIsNew("Name"), memberIsAtRest), AfterSave: groupsGoOutdated,
		BeforeDelete: inOrder(ownerTakesGrants, memberIsAtRest), AfterDelete: groupsGoOutdated,
	}
}

// ownerTakesGrants keeps callers from what the set behind a group grants: only its members tell.
func ownerTakesGrants(c *change) *apiError {
	if c.caller != nil && c.org.referred(c.rec.values, "ParentId").str("Type") == "Group" {
		return refuse(unsureOwnedSetCode, unsureOwnedSet)
	}
	return nil
}

// accessibleRules are those of whatever SetupEntityAccess opens: its deletion closes every door to it.
func accessibleRules() rules {
	return rules{AfterDelete: func(c *change) *apiError {
		return c.org.removeAll(c.org.indexed("SetupEntityAccess", "SetupEntityId", c.rec.id))
	}}
}

// customPermissionRules are those of the one thing that SetupEntityAccess opens whose deletion has to wait until every door to it is closed.
func customPermissionRules() rules {
	closed := accessibleRules()
	closed.BeforeSave, closed.BeforeDelete = developerNameIsFree, permissionIsUnused
	return closed
}

// permissionIsUnused looks for permission sets and profiles that grant a custom permission, and for custom permissions that require it.
// What the sets behind groups grant goes with it: they only repeat their members.
func permissionIsUnused(c *change) *apiError {
	var users []string
	for _, row := range c.org.indexed("SetupEntityAccess", "SetupEntityId", c.rec.id) {
		set := c.org.referred(row.values, "ParentId")
		switch profile := c.org.referred(set.values, "ProfileId"); {
		case profile != nil:
			users = append(users, "profile "+profile.str("Name"))
		case set.str("Type") != "Group":
			users = append(users, "permission set "+set.str("Label")+set.str("MasterLabel"))
		}
	}
	for _, other := range (customPermissionComponent{"CustomPermission"}).requiring(c.org, packageName(c.rec, "DeveloperName")) {
		users = append(users, "custom permission "+other.fullName)
	}
	if users == nil {
		return nil
	}
	slices.Sort(users)
	return refuse(unsureSetInUseCode, fmt.Sprintf(unsurePermissionInUse, c.rec.str("MasterLabel"), strings.Join(users, ", ")))
}
