package sfmock

import (
	"fmt"
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
