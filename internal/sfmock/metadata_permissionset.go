package sfmock

import (
	"maps"
	"strings"
)

// permissionSetComponent is the metadata face of PermissionSet: a write replaces the whole content.
type permissionSetComponent struct{}

func (p permissionSetComponent) find(o *Org, fullName string) *record {
	name := fullName
	if _, local, managed := strings.Cut(fullName, "__"); managed {
		name = local
	}
	set := o.find("PermissionSet", "Name", name)
	if set == nil || set.flag("IsOwnedByProfile") || set.str("Type") == "Group" || !strings.EqualFold(p.fullName(set), fullName) {
		return nil
	}
	return set
}

// fullName is the name of a set behind its namespace.
func (permissionSetComponent) fullName(set *record) string { return packageName(set, "Name") }

func (p permissionSetComponent) names(o *Org) []string {
	var names []string
	for _, set := range o.rows("PermissionSet") {
		if name := p.fullName(set); p.find(o, name) == set {
			names = append(names, name)
		}
	}
	return names
}

func (p permissionSetComponent) read(o *Org, fullName string) (element, bool) {
	set := p.find(o, fullName)
	if set == nil {
		return element{}, false
	}
	content := branch("PermissionSet",
		leaf("fullName", p.fullName(set)), flagLeaf("hasActivationRequired", set.flag("HasActivationRequired")), leaf("label", set.str("Label")))
	if set.str("Description") != "" {
		content.children = append(content.children, leaf("description", set.str("Description")))
	}
	if licence := o.referred(set.values, "LicenseId"); licence != nil {
		content.children = append(content.children, leaf("license", licenceName(licence)))
	}
	content.children = append(content.children, o.grantsOf(set, set.sections)...)
	return content, true
}

func (p permissionSetComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	set := p.find(o, fullName)
	if err := settle("PermissionSet", fullName, set != nil, how); err != nil {
		return false, err
	}
	g, err := o.parseGrants("PermissionSet", content)
	if err != nil {
		return false, err
	}
	values := map[string]any{
		"Label": content.value("label"), "Description": content.value("description"), "HasActivationRequired": content.flag("hasActivationRequired"),
	}
	for _, f := range o.object("PermissionSet").Fields {
		if strings.HasPrefix(f.Name, permissionColumn) {
			values[f.Name] = false
		}
	}
	maps.Copy(values, g.user)
	licence, err := o.licenceNamed(content.value("license"))
	if err != nil {
		return false, err
	}
	switch {
	case set == nil:
		created, values["Name"], values["LicenseId"] = true, fullName, licence
		if set, err = o.insert(nil, o.object("PermissionSet"), values); err != nil {
			return false, err
		}
	case set.values["LicenseId"] != licence:
		return false, refuse(unsureLicenceChangeCode, unsureLicenceChange)
	default:
		if err := o.update(nil, set, values); err != nil {
			return false, err
		}
	}
	if err := o.saveRows(set, g, true); err != nil {
		return false, err
	}
	o.setSections(set, enabledOnly(g.sections))
	return created, nil
}

func (p permissionSetComponent) remove(o *Org, _ *session, fullName string) *apiError {
	set := p.find(o, fullName)
	if set == nil {
		return errNoComponent("PermissionSet", fullName)
	}
	return o.remove(nil, set)
}

func (p permissionSetComponent) rename(o *Org, _ *session, from, to string) *apiError {
	set := p.find(o, from)
	if set == nil {
		return errNoComponent("PermissionSet", from)
	}
	return o.update(nil, set, map[string]any{"Name": to})
}

// setSections replaces what a record has beside its columns.
func (o *Org) setSections(rec *record, sections map[string][]map[string]any) {
	before := rec.sections
	o.undo(func() { rec.sections = before })
	rec.sections = sections
}

func enabledOnly(sections map[string][]map[string]any) map[string][]map[string]any {
	kept := map[string][]map[string]any{}
	for name, entries := range sections {
		for _, entry := range entries {
			if !isOff(entry) {
				kept[name] = append(kept[name], entry)
			}
		}
	}
	return kept
}

// licenceName is how metadata names a user licence or permission set licence.
func licenceName(licence *record) string {
	if licence.object.Name == "UserLicense" {
		return licence.str("Name")
	}
	return licence.str("MasterLabel")
}

// licenceNamed is the id of the user licence or permission set licence of a name, nil for none.
func (o *Org) licenceNamed(name string) (any, *apiError) {
	if name == "" {
		return nil, nil
	}
	for _, place := range []struct{ Object, Column string }{
		{"UserLicense", "Name"}, {"UserLicense", "MasterLabel"}, {"PermissionSetLicense", "MasterLabel"}, {"PermissionSetLicense", "DeveloperName"},
	} {
		if licence := o.find(place.Object, place.Column, name); licence != nil {
			return licence.id, nil
		}
	}
	return nil, errNoReference("license", "UserLicense", name)
}
