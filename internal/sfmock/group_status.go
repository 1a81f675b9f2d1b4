package sfmock

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// The values of PermissionSetGroup.Status.
const (
	groupOutdated = "Outdated"
	groupUpdating = "Updating"
	groupUpdated  = "Updated"
	groupFailed   = "Failed"
)

// recalculation is what a changed permission set group waits for.
type recalculation struct {
	since  time.Time
	failed bool
}

// SetRecalculation sets how long a permission set group takes from a change to Status Updated: Outdated in the first half of
// that time, Updating in the second. With 0, the default, it is done before the next request.
func (o *Org) SetRecalculation(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.recalculationTime = d
}

// FailRecalculations lets the recalculation of permission set groups end in Status Failed, where a group stays until it is changed
// again.
func (o *Org) FailRecalculations(fail bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.recalculationFails = fail
}

// lock takes the org's lock and does what is due by now.
func (o *Org) lock() {
	o.mu.Lock()
	locked := false
	defer func() { // a panic ends one request and not the org
		if !locked {
			o.mu.Unlock()
		}
	}()
	o.requests++
	o.recalculateGroups()
	o.settleDeployments()
	locked = true
}

func groupStatus(o *Org, group *record) any {
	r, waits := o.recalculations[group.id]
	switch {
	case !waits:
		return groupUpdated
	case r.failed:
		return groupFailed
	case o.recalculationTime > 0 && o.now().Sub(r.since) >= o.recalculationTime/2:
		return groupUpdating
	default:
		return groupOutdated
	}
}

// outdate starts the recalculation of a group over.
func (o *Org) outdate(groupID string) {
	if o.live(groupID) == nil {
		return
	}
	before, waited := o.recalculations[groupID]
	o.undo(func() {
		if delete(o.recalculations, groupID); waited {
			o.recalculations[groupID] = before
		}
	})
	o.recalculations[groupID] = recalculation{since: o.now()}
}

// recalculateGroups brings the permission sets behind the groups up to date whose time has come.
func (o *Org) recalculateGroups() {
	for _, id := range slices.Sorted(maps.Keys(o.recalculations)) {
		r, group := o.recalculations[id], o.live(id)
		switch {
		case group == nil:
			delete(o.recalculations, id)
		case r.failed || o.now().Sub(r.since) < o.recalculationTime:
		case o.recalculationFails || o.atomically(func() *apiError { return o.aggregate(group) }) != nil:
			o.recalculations[id] = recalculation{since: r.since, failed: true}
		default:
			delete(o.recalculations, id)
		}
	}
}

// backingSet is the permission set that carries what a group grants.
func (o *Org) backingSet(groupID string) *record {
	return o.find("PermissionSet", "PermissionSetGroupId", groupID)
}

// members are the permission sets of a group, and its muting permission set, nil for none.
func (o *Org) members(groupID string) (sets []*record, muting *record) {
	for _, component := range o.indexed("PermissionSetGroupComponent", "PermissionSetGroupId", groupID) {
		member := o.referred(component.values, "PermissionSetId")
		if member.object.Name == "MutingPermissionSet" {
			muting = member
		} else {
			sets = append(sets, member)
		}
	}
	return sets, muting
}

// aggregate grants the set behind a group what the members grant, without what is muted.
func (o *Org) aggregate(group *record) *apiError {
	set := o.backingSet(group.id)
	sets, muting := o.members(group.id)
	columns := map[string]any{}
	for _, f := range set.object.Fields {
		if strings.HasPrefix(f.Name, permissionColumn) {
			granted := slices.ContainsFunc(sets, func(member *record) bool { return member.flag(f.Name) })
			columns[f.Name] = granted && (muting == nil || !muting.flag(f.Name))
		}
	}
	if err := o.update(nil, set, columns); err != nil {
		return err
	}
	muted, err := o.mutedRows(muting)
	if err != nil {
		return err
	}
	for _, objectName := range grantObjects {
		wanted := map[string]map[string]any{}
		for _, row := range o.indexed(objectName, "ParentId", set.id) {
			wanted[row.str(grantKeys[objectName])] = nil
		}
		for _, member := range sets {
			for _, row := range o.indexed(objectName, "ParentId", member.id) {
				key := row.str(grantKeys[objectName])
				wanted[key] = joinedGrant(wanted[key], row)
			}
		}
		for key, row := range wanted {
			wanted[key] = withoutMuted(row, muted[objectName][key])
		}
		if err := o.saveRowsOf(set, objectName, wanted, false); err != nil {
			return err
		}
	}
	return nil
}

// joinedGrant adds a row of one more permission set to what others grant on the same thing.
func joinedGrant(grant map[string]any, row *record) map[string]any {
	joined := map[string]any{}
	for _, f := range row.object.Fields {
		if f.Create && f.Name != "ParentId" && f.Name != grantKeys[row.object.Name] {
			joined[f.Name] = row.values[f.Name]
		}
	}
	for column, v := range grant {
		if v == true || v == "DefaultOn" { // the wider of two tab visibilities
			joined[column] = v
		}
	}
	return joined
}

// withoutMuted takes away what is muted, and with each right those that need it; nil is no grant any more.
func withoutMuted(grant, muted map[string]any) map[string]any {
	if grant == nil || muted == nil {
		return grant
	}
	switches := 0
	left := maps.Clone(grant)
	for column, v := range muted {
		if _, isSwitch := v.(bool); isSwitch {
			switches++
			left[column] = left[column] == true && v != true
		}
	}
	if switches == 0 || left["PermissionsRead"] == false {
		return nil
	}
	for range objectRights { // as deep as rights can need each other
		for _, r := range objectRights {
			if slices.ContainsFunc(r.Needs, func(needed string) bool { return left[needed] == false }) {
				if _, has := left[r.Column]; has {
					left[r.Column] = false
				}
			}
		}
	}
	return left
}
