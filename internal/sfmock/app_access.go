package sfmock

import (
	"slices"
	"strings"
)

// Pre-authorised users of an app that is a component are rows of SetupEntityAccess: those of permission sets, and those of the
// sets behind profiles. Metadata shows them as two lists of names.

// access lists the permission sets and profiles that a record of an app is open to.
func (o *Org) access(entity *record) (sets, profiles []*record) {
	for _, row := range o.indexed("SetupEntityAccess", "SetupEntityId", entity.id) {
		set := o.referred(row.values, "ParentId")
		switch profile := o.referred(set.values, "ProfileId"); {
		case profile != nil:
			profiles = append(profiles, profile)
		case set.str("Type") != "Group": // a group's rows are its members'
			sets = append(sets, set)
		}
	}
	return sets, profiles
}

// setAccess opens an app to exactly these permission sets, named by API name, label or id, and profiles.
func (o *Org) setAccess(entity *record, setElement string, setNames []string, profileElement string, profileNames []string) *apiError {
	var wanted []string
	for _, name := range setNames {
		set := o.namedSet(name)
		if set == nil {
			return errNoReference(setElement, "PermissionSet", name)
		}
		wanted = append(wanted, set.id)
	}
	for _, name := range profileNames {
		profile := o.live(name)
		if profile == nil {
			profile = profileComponent{}.find(o, name)
		}
		if profile == nil || profile.object.Name != "Profile" {
			return errNoReference(profileElement, "Profile", name)
		}
		wanted = append(wanted, o.profileOwnedSet(profile).id)
	}
	for _, row := range o.indexed("SetupEntityAccess", "SetupEntityId", entity.id) {
		parent := row.str("ParentId")
		i := slices.Index(wanted, parent)
		switch {
		case i >= 0:
			wanted = slices.Delete(wanted, i, i+1)
		case o.live(parent).str("Type") != "Group":
			if err := o.remove(nil, row); err != nil {
				return err
			}
		}
	}
	slices.Sort(wanted)
	for _, parent := range slices.Compact(wanted) {
		if _, err := o.insert(nil, o.object("SetupEntityAccess"), map[string]any{"ParentId": parent, "SetupEntityId": entity.id}); err != nil {
			return err
		}
	}
	return nil
}

func (o *Org) namedSet(name string) *record {
	if set := o.live(name); set != nil && set.object.Name == "PermissionSet" {
		return set
	}
	if set := (permissionSetComponent{}).find(o, name); set != nil {
		return set
	}
	for _, set := range o.tables["permissionset"] {
		if strings.EqualFold(set.str("Label"), name) && !set.flag("IsOwnedByProfile") && set.str("Type") != "Group" {
			return set
		}
	}
	return nil
}

// hasAccess tells whether an app is open to a user, by the profile or by a permission set or group that is active.
func (o *Org) hasAccess(entity string, user *record) bool {
	for _, assignment := range o.indexed("PermissionSetAssignment", "AssigneeId", user.id) {
		set := o.referred(assignment.values, "PermissionSetId")
		if set != nil && !set.flag("HasActivationRequired") && assignmentIsActive(o, assignment) == true &&
			o.indexed("SetupEntityAccess", "ParentId SetupEntityId", set.id, entity) != nil {
			return true
		}
	}
	return false
}

// separated are the parts of a comma-separated text.
func separated(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// valuesOf are the texts of a column.
func valuesOf(records []*record, column string) []string {
	var values []string
	for _, rec := range records {
		values = append(values, rec.str(column))
	}
	return values
}
