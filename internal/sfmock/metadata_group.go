package sfmock

import (
	"slices"
	"strings"
)

// permissionSetGroupComponent is the metadata face of PermissionSetGroup: a write replaces the members. A sent status means nothing.
type permissionSetGroupComponent struct{}

func (permissionSetGroupComponent) find(o *Org, fullName string) *record {
	return o.find("PermissionSetGroup", "DeveloperName", fullName)
}

func (permissionSetGroupComponent) names(o *Org) []string {
	return o.column("PermissionSetGroup", "DeveloperName")
}

// column lists the values of a column of text, in no order.
func (o *Org) column(objectName, name string) []string {
	var values []string
	for _, rec := range o.rows(objectName) {
		values = append(values, rec.str(name))
	}
	return values
}

func (p permissionSetGroupComponent) read(o *Org, fullName string) (element, bool) {
	group := p.find(o, fullName)
	if group == nil {
		return element{}, false
	}
	status, _ := groupStatus(o, group).(string)
	content := branch("PermissionSetGroup", leaf("fullName", group.str("DeveloperName")),
		flagLeaf("hasActivationRequired", group.flag("HasActivationRequired")), leaf("label", group.str("MasterLabel")), leaf("status", status))
	if group.str("Description") != "" {
		content.children = append(content.children, leaf("description", group.str("Description")))
	}
	sets, muting := o.members(group.id)
	for _, set := range sets {
		content.children = append(content.children, leaf("permissionSets", set.str("Name")))
	}
	if muting != nil {
		content.children = append(content.children, leaf("mutingPermissionSets", muting.str("DeveloperName")))
	}
	return content, true
}

func (p permissionSetGroupComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	group := p.find(o, fullName)
	if err := settle("PermissionSetGroup", fullName, group != nil, how); err != nil {
		return false, err
	}
	wanted, err := o.memberIDs(content)
	if err != nil {
		return false, err
	}
	values := map[string]any{
		"MasterLabel": content.value("label"), "Description": content.value("description"), "HasActivationRequired": content.flag("hasActivationRequired"),
	}
	if group == nil {
		created, values["DeveloperName"] = true, fullName
		group, err = o.insert(nil, o.object("PermissionSetGroup"), values)
	} else {
		err = o.update(nil, group, values)
	}
	if err != nil {
		return false, err
	}
	return created, o.setMembers(group, wanted)
}

// memberIDs finds the named permission sets and muting permission sets.
func (o *Org) memberIDs(content element) (ids []string, err *apiError) {
	var unknown []string
	add := func(member *record, name string) {
		switch {
		case member == nil:
			unknown = append(unknown, name)
		case !slices.Contains(ids, member.id):
			ids = append(ids, member.id)
		}
	}
	for _, e := range content.all("permissionSets") {
		add(permissionSetComponent{}.find(o, e.text), e.text)
	}
	for _, e := range content.all("mutingPermissionSets") {
		add(o.find("MutingPermissionSet", "DeveloperName", e.text), e.text)
	}
	if unknown != nil {
		return nil, refuse(unsureInvalidMembersCode,
			"Cannot create permission set group components since the following permission set names are invalid: "+strings.Join(unknown, ", "))
	}
	return ids, nil
}

// setMembers leaves a group with exactly these members.
func (o *Org) setMembers(group *record, wanted []string) *apiError {
	var gone []*record
	for _, component := range o.indexed("PermissionSetGroupComponent", "PermissionSetGroupId", group.id) {
		if !slices.Contains(wanted, component.str("PermissionSetId")) {
			gone = append(gone, component)
		}
	}
	if err := o.removeAll(gone); err != nil {
		return err
	}
	for _, id := range wanted {
		if o.indexed("PermissionSetGroupComponent", "PermissionSetGroupId PermissionSetId", group.id, id) != nil {
			continue
		}
		if _, err := o.insert(nil, o.object("PermissionSetGroupComponent"), map[string]any{"PermissionSetGroupId": group.id, "PermissionSetId": id}); err != nil {
			return err
		}
	}
	return nil
}

func (p permissionSetGroupComponent) remove(o *Org, _ *session, fullName string) *apiError {
	group := p.find(o, fullName)
	if group == nil {
		return errNoComponent("PermissionSetGroup", fullName)
	}
	return o.remove(nil, group)
}

func (p permissionSetGroupComponent) rename(o *Org, _ *session, from, to string) *apiError {
	group := p.find(o, from)
	if group == nil {
		return errNoComponent("PermissionSetGroup", from)
	}
	return o.update(nil, group, map[string]any{"DeveloperName": to})
}

func (p permissionSetGroupComponent) stampOf(o *Org, fullName string) stamp {
	return recordStamp(p.find(o, fullName))
}
