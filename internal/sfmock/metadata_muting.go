package sfmock

import (
	"maps"
	"slices"
	"strings"
)

// mutingComponent is the metadata face of MutingPermissionSet. Its user permissions are columns of the record; whatever else it
// mutes only metadata shows.
type mutingComponent struct{ plainComponent }

func (m mutingComponent) read(o *Org, fullName string) (element, bool) {
	s := m.find(o, fullName)
	rec := m.twinOf(o, fullName)
	if s == nil || rec == nil {
		return element{}, false
	}
	content := s.content
	content.children = slices.Concat(slices.DeleteFunc(slices.Clone(content.children), func(e element) bool { return e.name == "userPermissions" }), o.userGrants(rec))
	return content, true
}

func (m mutingComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	g, err := o.parseGrants("MutingPermissionSet", content)
	if err != nil {
		return false, err
	}
	content.children = slices.DeleteFunc(slices.Clone(content.children), mutesNothing)
	if created, err = m.plainComponent.write(o, caller, fullName, content, how); err != nil {
		return false, err
	}
	rec, columns := m.twinOf(o, fullName), map[string]any{}
	for _, f := range rec.object.Fields {
		if strings.HasPrefix(f.Name, permissionColumn) {
			columns[f.Name] = false
		}
	}
	maps.Copy(columns, g.user)
	return created, o.update(nil, rec, columns)
}

// mutesNothing tells whether an entry has no switch that is on.
func mutesNothing(entry element) bool {
	switches := 0
	for _, e := range entry.children {
		switch e.text {
		case "true":
			return false
		case "false":
			switches++
		}
	}
	return switches > 0
}

// mutedRows is what a muting set takes away of object, field, setup entity and tab access, keyed like grants.
func (o *Org) mutedRows(muting *record) (map[string]map[string]map[string]any, *apiError) {
	if muting == nil {
		return nil, nil
	}
	content, _ := mutingComponent{"MutingPermissionSet"}.read(o, muting.str("DeveloperName"))
	g, err := o.parseGrants("MutingPermissionSet", content)
	if err != nil {
		return nil, err
	}
	for _, entry := range content.all("fieldPermissions") { // a grant to edit includes reading, a mute doesn't
		full, _ := o.grantableField(entry.value("field"))
		g.rows["FieldPermissions"][full] = map[string]any{"PermissionsRead": entry.flag("readable"), "PermissionsEdit": true}
	}
	return g.rows, nil
}
