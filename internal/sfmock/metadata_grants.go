package sfmock

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// grants is the content of a permission set, or of the set behind a profile, on its way from or to metadata.
// Keys are the identifying columns; a row is the columns of the sObject face.
type grants struct {
	typeName string
	user     map[string]any // Permissions* columns
	rows     map[string]map[string]map[string]any
	sections map[string][]map[string]any // what has no sObject face
}

// grantKeys name the column that tells the rows of a set apart.
var grantKeys = map[string]string{
	"ObjectPermissions":       "SobjectType",
	"FieldPermissions":        "Field",
	"SetupEntityAccess":       "SetupEntityId",
	"PermissionSetTabSetting": "Name",
}

// doors are the sections of metadata that are rows of SetupEntityAccess. What other rows open (apps) has no section.
var doors = []struct{ Section, Element, Object, NameColumn string }{
	{"classAccesses", "apexClass", "ApexClass", "Name"},
	{"customPermissions", "name", "CustomPermission", "DeveloperName"},
	{"flowAccesses", "flow", "FlowDefinition", "DeveloperName"},
	{"pageAccesses", "apexPage", "ApexPage", "Name"},
}

// tabVisibilities translate metadata's words for tabs; None is no row.
var tabVisibilities = map[string]string{"Available": "DefaultOff", "Visible": "DefaultOn"}

// parseGrants reads the sections of a permission set or profile. A row whose columns are nil is one to be taken away.
func (o *Org) parseGrants(typeName string, content element) (*grants, *apiError) {
	g := &grants{typeName: typeName, user: map[string]any{}, rows: map[string]map[string]map[string]any{}, sections: map[string][]map[string]any{}}
	for objectName := range grantKeys {
		g.rows[objectName] = map[string]map[string]any{}
	}
	for _, entry := range content.children {
		if err := o.parseGrant(g, entry); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (o *Org) parseGrant(g *grants, entry element) *apiError {
	switch entry.name {
	case "userPermissions":
		f := o.object("PermissionSet").field(permissionColumn + entry.value("name"))
		switch {
		case f != nil:
			g.user[f.Name] = entry.flag("enabled")
		case !slices.Contains(unreturnedPermissions, entry.value("name")) && !slices.Contains(impliedPermissions, entry.value("name")):
			return refuse(unsureUnknownPermissionCode, "Unknown user permission: "+entry.value("name"))
		}
	case "objectPermissions":
		return o.parseObjectGrant(g, entry)
	case "fieldPermissions":
		return o.parseFieldGrant(g, entry)
	case "tabSettings":
		g.rows["PermissionSetTabSetting"][entry.value("tab")] = nil
		if visibility, shown := tabVisibilities[entry.value("visibility")]; shown {
			g.rows["PermissionSetTabSetting"][entry.value("tab")] = map[string]any{"Visibility": visibility}
		}
	default:
		return o.parseOtherGrant(g, entry)
	}
	return nil
}

func (o *Org) parseObjectGrant(g *grants, entry element) *apiError {
	name := entry.value("object")
	ob := o.object(name)
	if ob == nil || !slices.Contains(o.grantableObjects(), ob.Name) {
		return errNoReference("object", "CustomObject", name)
	}
	row := map[string]any{}
	for _, r := range objectRights {
		if entry.has(r.Element) || g.typeName != "Profile" { // a profile's other rights stay what they are
			row[r.Column] = entry.flag(r.Element)
		}
	}
	g.rows["ObjectPermissions"][ob.Name] = row
	return nil
}

func (o *Org) parseFieldGrant(g *grants, entry element) *apiError {
	name := entry.value("field")
	objectName, column, _ := strings.Cut(name, ".")
	ob := o.object(objectName)
	if ob == nil {
		return errNoReference("field", "CustomObject", objectName)
	}
	full, grantable := o.grantableField(name)
	switch {
	case full == "" || column == "":
		return errNoReference("field", "CustomField", name)
	case !grantable:
		return refuse(unsureRequiredFieldCode, "You cannot deploy to a required field: "+name)
	}
	g.rows["FieldPermissions"][full] = map[string]any{
		"SobjectType": ob.Name, "PermissionsRead": entry.flag("readable") || entry.flag("editable"), "PermissionsEdit": entry.flag("editable"),
	}
	return nil
}

// parseOtherGrant reads a door or a section that only metadata shows.
func (o *Org) parseOtherGrant(g *grants, entry element) *apiError {
	for _, d := range doors {
		if d.Section != entry.name {
			continue
		}
		opened := o.named(d.Object, d.NameColumn, entry.value(d.Element))
		if opened == nil {
			return errNoReference(d.Element, d.Object, entry.value(d.Element))
		}
		g.rows["SetupEntityAccess"][opened.id] = nil
		if entry.flag("enabled") {
			g.rows["SetupEntityAccess"][opened.id] = map[string]any{}
		}
		return nil
	}
	t, _ := sfschema.LookupType(g.typeName)
	if f, _ := t.Field(entry.name); isBranch(f.Type) {
		g.sections[entry.name] = append(g.sections[entry.name], contentOf(f.Type, entry))
	}
	return nil
}

func errNoReference(elementName, typeName, name string) *apiError {
	return refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("In field: %s - no %s named %s found", elementName, typeName, name))
}

// grantableField completes the name of a column as Object.Field, where a look-up may lack its Id; full is "" for an unknown one.
func (o *Org) grantableField(name string) (full string, grantable bool) {
	objectName, column, _ := strings.Cut(name, ".")
	ob := o.object(objectName)
	if ob == nil {
		return "", false
	}
	f := ob.field(column)
	if lookup := ob.field(column + "Id"); f == nil && lookup != nil && lookup.Type == "reference" {
		f = lookup
	}
	if f == nil {
		return "", false
	}
	return ob.Name + "." + f.Name, f.Permissionable
}

func isGrantableField(o *Org, name string) bool {
	_, grantable := o.grantableField(name)
	return grantable
}

// metadataField is the name of Object.Field in metadata, where standard look-ups drop their Id.
func (o *Org) metadataField(name string) string {
	objectName, column, _ := strings.Cut(name, ".")
	if ob := o.object(objectName); ob != nil && !isCustom(column) {
		if f := ob.field(column); f != nil && f.Type == "reference" {
			return strings.TrimSuffix(name, "Id")
		}
	}
	return name
}

// saveRows brings the rows of a set into line with what was sent; with replace, what was not sent goes.
func (o *Org) saveRows(set *record, g *grants, replace bool) *apiError {
	for _, objectName := range grantObjects {
		if err := o.saveRowsOf(set, objectName, g.rows[objectName], replace); err != nil {
			return err
		}
	}
	return o.mastersAreReadable(set)
}

func (o *Org) saveRowsOf(set *record, objectName string, wanted map[string]map[string]any, replace bool) *apiError {
	key, open := grantKeys[objectName], maps.Clone(wanted)
	for _, row := range slices.Backward(o.indexed(objectName, "ParentId", set.id)) {
		want, mentioned := wanted[row.str(key)]
		delete(open, row.str(key))
		var err *apiError
		switch {
		case mentioned && want == nil, !mentioned && replace && hasSection(row):
			err = o.remove(nil, row)
		case mentioned && differs(row, want):
			err = o.update(nil, row, want)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		if want := open[name]; grantsSomething(want) {
			values := maps.Clone(want)
			values["ParentId"], values[key] = set.id, name
			if _, err := o.insert(nil, o.object(objectName), values); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasSection tells whether metadata shows a row, and a write without it therefore means that it should go.
func hasSection(row *record) bool {
	if row.object.Name != "SetupEntityAccess" {
		return true
	}
	for _, d := range doors {
		if d.Object == row.str("SetupEntityType") {
			return true
		}
	}
	return false
}

func differs(row *record, want map[string]any) bool {
	for column, v := range want {
		if row.values[column] != v {
			return true
		}
	}
	return false
}

// grantsSomething tells whether a row is worth having: nil is none, and one with switches needs one that is on.
func grantsSomething(row map[string]any) bool {
	if row == nil {
		return false
	}
	switches := false
	for _, v := range row {
		on, isSwitch := v.(bool)
		if on {
			return true
		}
		switches = switches || isSwitch
	}
	return !switches
}

// grantsOf shows the rows and sections of a set as elements of a profile or permission set. The WSDL's names of tab sections differ.
func (o *Org) grantsOf(set *record, sections map[string][]map[string]any) []element {
	var all []element
	all = append(all, o.userGrants(set)...)
	hidden := map[string]bool{}
	for _, row := range o.indexed("ObjectPermissions", "ParentId", set.id) {
		entry := branch("objectPermissions", leaf("object", row.str("SobjectType")))
		for _, r := range objectRights {
			entry.children = append(entry.children, flagLeaf(r.Element, row.flag(r.Column)))
		}
		all = append(all, entry)
		hidden[row.str("SobjectType")] = row.flag("PermissionsViewAllFields")
	}
	for _, row := range o.indexed("FieldPermissions", "ParentId", set.id) {
		if !hidden[row.str("SobjectType")] {
			all = append(all, branch("fieldPermissions", leaf("field", o.metadataField(row.str("Field"))),
				flagLeaf("editable", row.flag("PermissionsEdit")), flagLeaf("readable", true)))
		}
	}
	for _, row := range o.indexed("SetupEntityAccess", "ParentId", set.id) {
		for _, d := range doors {
			if d.Object == row.str("SetupEntityType") {
				all = append(all, branch(d.Section, leaf(d.Element, packageName(o.referred(row.values, "SetupEntityId"), d.NameColumn)), flagLeaf("enabled", true)))
			}
		}
	}
	for _, row := range o.indexed("PermissionSetTabSetting", "ParentId", set.id) {
		for shown, stored := range tabVisibilities {
			if row.str("Visibility") == stored {
				all = append(all, branch("tabSettings", leaf("tab", row.str("Name")), leaf("visibility", shown)))
			}
		}
	}
	for name, entries := range sections {
		for _, entry := range entries {
			all = append(all, elementOf(name, entry))
		}
	}
	return all
}

// userGrants lists what is switched on, but for what metadata never returns.
func (o *Org) userGrants(set *record) []element {
	var all []element
	implied := set.flag("PermissionsViewAllData") || set.flag("PermissionsModifyAllData")
	for _, f := range set.object.Fields {
		name, isPermission := strings.CutPrefix(f.Name, permissionColumn)
		if !isPermission || !set.flag(f.Name) || slices.Contains(unreturnedPermissions, name) || implied && slices.Contains(impliedPermissions, name) {
			continue
		}
		all = append(all, branch("userPermissions", flagLeaf("enabled", true), leaf("name", name)))
	}
	return all
}

// isOff tells whether an entry of a section takes access away, which is the same as not being there.
func isOff(entry map[string]any) bool {
	return entry["enabled"] == "false" || entry["visible"] == "false"
}
