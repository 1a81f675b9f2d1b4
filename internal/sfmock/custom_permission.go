package sfmock

import "strings"

// customPermissionComponent is the metadata face of CustomPermission, whose object can only be read.
type customPermissionComponent struct{ plainComponent }

// write takes no notice of isLicensed, which is read-only. Source: Metadata API guide, CustomPermission.
func (p customPermissionComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	for _, name := range requiredPermissions(content) {
		if p.find(o, name) == nil {
			return false, errNoReference("customPermission", "CustomPermission", name)
		}
	}
	licensed := false
	if before := p.find(o, fullName); before != nil {
		licensed = before.content.flag("isLicensed")
	}
	return p.plainComponent.write(o, caller, fullName, content.with(flagLeaf("isLicensed", licensed)), how)
}

// rename keeps those that require the permission requiring it.
func (p customPermissionComponent) rename(o *Org, caller *session, from, to string) *apiError {
	if err := p.plainComponent.rename(o, caller, from, to); err != nil {
		return err
	}
	for _, other := range p.requiring(o, from) {
		s := *other
		s.content.children = nil
		for _, c := range other.content.children {
			if c.name == "requiredPermission" && strings.EqualFold(c.value("customPermission"), from) {
				c = c.with(leaf("customPermission", to))
			}
			s.content.children = append(s.content.children, c)
		}
		p.put(o, s.fullName, &s)
	}
	return nil
}

// requiring are the custom permissions that require the one of a name.
func (p customPermissionComponent) requiring(o *Org, fullName string) (others []*stored) {
	for _, s := range o.components[string(p.plainComponent)] {
		for _, name := range requiredPermissions(s.content) {
			if strings.EqualFold(name, fullName) {
				others = append(others, s)
			}
		}
	}
	return others
}

// requiredPermissions are the names of those that a custom permission requires.
func requiredPermissions(content element) (names []string) {
	for _, entry := range content.all("requiredPermission") {
		if entry.flag("dependency") {
			names = append(names, entry.value("customPermission"))
		}
	}
	return names
}
