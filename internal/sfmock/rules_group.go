package sfmock

import (
	"fmt"
	"strings"
)

func permissionSetGroupRules() rules {
	return rules{
		BeforeSave:   developerNameIsFree,
		AfterSave:    groupHasBackingSet,
		BeforeDelete: groupIsNotAssigned,
		AfterDelete:  contentOfGroupGoes,
	}
}

func groupComponentRules() rules {
	outdates := func(c *change) *apiError {
		c.org.outdate(c.rec.str("PermissionSetGroupId"))
		return nil
	}
	return rules{
		BeforeSave: inOrder(componentIsNew, componentIsPlainSet, oneMutingSet, groupIsAtRest), AfterSave: outdates,
		BeforeDelete: groupIsAtRest, AfterDelete: outdates,
	}
}

func mutingPermissionSetRules() rules {
	return rules{
		BeforeSave: inOrder(developerNameIsFree, memberIsAtRest), AfterSave: groupsGoOutdated,
		BeforeDelete: memberIsUngrouped,
	}
}

func developerNameIsWellFormed(c *change) *apiError {
	if c.changed("DeveloperName") && !apiName.MatchString(c.rec.str("DeveloperName")) {
		return refuse(unsureSetNameCode, fmt.Sprintf(unsureDeveloperName, c.rec.object.Label), "DeveloperName")
	}
	return nil
}

func developerNameIsFree(c *change) *apiError {
	name := c.rec.str("DeveloperName")
	if err := developerNameIsWellFormed(c); err != nil || !c.changed("DeveloperName") {
		return err
	}
	if other := c.org.find(c.rec.object.Name, "DeveloperName", name); other != nil && other.id != c.rec.id {
		return refuse("DUPLICATE_DEVELOPER_NAME", fmt.Sprintf(unsureDuplicateDeveloperName, name), "DeveloperName")
	}
	return nil
}

// groupHasBackingSet makes the permission set of the group's name that carries what the group grants, and keeps its header alike.
func groupHasBackingSet(c *change) *apiError {
	header := map[string]any{
		"Name": c.rec.values["DeveloperName"], "Label": c.rec.values["MasterLabel"], "Description": c.rec.values["Description"],
		"HasActivationRequired": c.rec.values["HasActivationRequired"],
	}
	if c.old != nil {
		return c.org.update(nil, c.org.backingSet(c.rec.id), header)
	}
	header["Type"], header["PermissionSetGroupId"] = "Group", c.rec.id
	c.org.outdate(c.rec.id)
	_, err := c.org.insert(nil, c.org.object("PermissionSet"), header)
	return err
}

func groupIsNotAssigned(c *change) *apiError {
	if assigned := c.org.indexed("PermissionSetAssignment", "PermissionSetGroupId", c.rec.id); len(assigned) > 0 {
		return refuse(unsureSetInUseCode, fmt.Sprintf(unsureGroupInUse, c.rec.str("MasterLabel"), len(assigned)))
	}
	return nil
}

func contentOfGroupGoes(c *change) *apiError {
	if err := c.org.removeAll(c.org.indexed("PermissionSetGroupComponent", "PermissionSetGroupId", c.rec.id)); err != nil {
		return err
	}
	return c.org.remove(nil, c.org.backingSet(c.rec.id))
}

func componentIsNew(c *change) *apiError {
	if c.org.indexed("PermissionSetGroupComponent", "PermissionSetGroupId PermissionSetId", c.rec.values["PermissionSetGroupId"], c.rec.values["PermissionSetId"]) != nil {
		return refuse("DUPLICATE_VALUE", unsureDuplicateComponent)
	}
	return nil
}

// componentIsPlainSet keeps the sets behind profiles and groups out of groups.
func componentIsPlainSet(c *change) *apiError {
	member := c.org.referred(c.rec.values, "PermissionSetId")
	if member.flag("IsOwnedByProfile") || member.str("Type") == "Group" {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureNoMember, member.str("Label")), "PermissionSetId")
	}
	return nil
}

// oneMutingSet holds both ways: a group has one muting set, which is in no other group.
func oneMutingSet(c *change) *apiError {
	member := c.org.referred(c.rec.values, "PermissionSetId")
	if member.object.Name != "MutingPermissionSet" {
		return nil
	}
	_, other := c.org.members(c.rec.str("PermissionSetGroupId"))
	if other != nil || c.org.indexed("PermissionSetGroupComponent", "PermissionSetId", member.id) != nil {
		return refuse("FIELD_INTEGRITY_EXCEPTION", unsureOneMutingSet, "PermissionSetId")
	}
	return nil
}

func groupIsAtRest(c *change) *apiError {
	if group := c.org.live(c.rec.str("PermissionSetGroupId")); group != nil && groupStatus(c.org, group) == groupUpdating {
		return refuse(unsureGroupBusyCode, fmt.Sprintf(unsureGroupBusy, group.str("MasterLabel")))
	}
	return nil
}

// changedMember is the permission set whose content a change is about: the record itself or its parent.
func changedMember(c *change) *record {
	if c.rec.object.field("ParentId") == nil {
		return c.rec
	}
	return c.org.referred(c.rec.values, "ParentId")
}

// memberIsAtRest refuses to change a permission set while a group that it is in is being recalculated.
func memberIsAtRest(c *change) *apiError {
	for _, component := range c.org.indexed("PermissionSetGroupComponent", "PermissionSetId", changedMember(c).id) {
		if err := groupIsAtRest(&change{org: c.org, rec: component}); err != nil {
			return err
		}
	}
	return nil
}

func groupsGoOutdated(c *change) *apiError {
	for _, component := range c.org.indexed("PermissionSetGroupComponent", "PermissionSetId", changedMember(c).id) {
		c.org.outdate(component.str("PermissionSetGroupId"))
	}
	return nil
}

// memberIsUngrouped refuses to delete a permission set that is in a group.
func memberIsUngrouped(c *change) *apiError {
	var groups []string
	for _, component := range c.org.indexed("PermissionSetGroupComponent", "PermissionSetId", c.rec.id) {
		groups = append(groups, c.org.referred(component.values, "PermissionSetGroupId").str("MasterLabel"))
	}
	if groups == nil {
		return nil
	}
	label := c.rec.str("Label") + c.rec.str("MasterLabel") // a set has the one, a muting set the other
	return refuse(unsureSetInUseCode, fmt.Sprintf(unsureSetInGroup, label, strings.Join(groups, ", ")))
}

// groupIsUpdated refuses to assign a group before it is recalculated.
func groupIsUpdated(c *change) *apiError {
	group := c.org.referred(c.rec.values, "PermissionSetGroupId")
	if c.old == nil && group != nil && groupStatus(c.org, group) != groupUpdated {
		return refuse(unsureGroupStatusCode, `You can only assign users to permission set groups that have the "Updated" status.`)
	}
	return nil
}

// assignmentShowsBackingSet adds the set behind the group to an assignment of the group. That set is never assigned by itself.
func assignmentShowsBackingSet(c *change) *apiError {
	if group := c.rec.str("PermissionSetGroupId"); group != "" {
		c.rec.values["PermissionSetId"] = c.org.backingSet(group).id
		return nil
	}
	if set := c.org.referred(c.rec.values, "PermissionSetId"); set != nil && set.str("Type") == "Group" {
		return refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf(unsureAssignBackingSet, set.str("Label")), "PermissionSetId")
	}
	return nil
}
