package sfmock

import "fmt"

// seatIsFree asks for a seat of the licence behind the profile when an active user comes to it; freezing changes nothing.
func seatIsFree(c *change) *apiError {
	licence := c.org.licenceOf(c.rec.values)
	if licence == nil || !c.rec.flag("IsActive") {
		return nil
	}
	if c.old != nil && c.old["IsActive"] == true && c.org.licenceOf(c.old) == licence {
		return nil
	}
	if licence.values["TotalLicenses"] == int64(unlimited) { // nobody counts; with ten thousand users that takes its time
		return nil
	}
	return c.org.seatOf(licence, c.org.activeUsers(licence))
}

// seatOf refuses when used seats are all there are.
func (o *Org) seatOf(licence *record, used int64) *apiError {
	if total, _ := licence.values["TotalLicenses"].(int64); total != unlimited && used >= total {
		return errNoSeat()
	}
	return nil
}

func (o *Org) activeUsers(licence *record) (n int64) {
	for _, profile := range o.indexed("Profile", "UserLicenseId", licence.id) {
		for _, user := range o.indexed("User", "ProfileId", profile.id) {
			if user.flag("IsActive") {
				n++
			}
		}
	}
	return n
}

func (o *Org) assignments(licence *record) int64 {
	return int64(len(o.indexed("PermissionSetLicenseAssign", "PermissionSetLicenseId", licence.id)))
}

func seatsTaken(o *Org, licence *record) any { return o.activeUsers(licence) }
func holders(o *Org, licence *record) any    { return o.assignments(licence) }
func countedNow(o *Org, _ *record) any       { return o.now() }

func permissionSetLicenseAssignRules() rules {
	return rules{BeforeSave: inOrder(licenceIsNotHeldYet, licenceHasSeat), BeforeDelete: licenceIsNotNeeded}
}

func licenceIsNotHeldYet(c *change) *apiError {
	assignee, licence := c.rec.str("AssigneeId"), c.rec.str("PermissionSetLicenseId")
	if c.old == nil && c.org.indexed("PermissionSetLicenseAssign", "AssigneeId PermissionSetLicenseId", assignee, licence) != nil {
		return refuse("DUPLICATE_VALUE", fmt.Sprintf(unsureDuplicateLicenceAssign, assignee[:15], licence[:15]))
	}
	return nil
}

func licenceHasSeat(c *change) *apiError {
	if c.old != nil {
		return nil
	}
	licence := c.org.referred(c.rec.values, "PermissionSetLicenseId")
	return c.org.seatOf(licence, c.org.assignments(licence))
}

// licenceIsNotNeeded keeps a licence with its holder while a permission set of the holder's would not fit without.
func licenceIsNotNeeded(c *change) *apiError {
	user := c.org.referred(c.rec.values, "AssigneeId")
	remaining := c.org.ceilings(user, c.rec)
	for _, set := range c.org.assignedSets(user) {
		if set.str("LicenseId") == c.rec.str("PermissionSetLicenseId") || c.org.beyond(remaining, set) != "" {
			return refuse(unsureLicenceNeededCode, fmt.Sprintf(unsureLicenceNeeded, set.str("Label")))
		}
	}
	return nil
}

// assignedSets are the permission sets of a user, without the one that stands for the profile.
func (o *Org) assignedSets(user *record) []*record {
	var sets []*record
	add := func(set *record) {
		if set != nil && !set.deleted && !set.flag("IsOwnedByProfile") {
			sets = append(sets, set)
		}
	}
	for _, assignment := range o.indexed("PermissionSetAssignment", "AssigneeId", user.id) {
		add(o.referred(assignment.values, "PermissionSetId"))
	}
	return sets
}
