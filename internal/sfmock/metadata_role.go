package sfmock

// roleComponent is the metadata face of UserRole. Portal roles have none.
type roleComponent struct{}

// roleElements are the elements of a role by the column that they are.
var roleElements = []struct {
	Element, Column string
	Kept            bool // by a write without it
}{
	{Element: "name", Column: "Name"},
	{Element: "description", Column: "RollupDescription"},
	{Element: "caseAccessLevel", Column: "CaseAccessForAccountOwner", Kept: true},
	{Element: "contactAccessLevel", Column: "ContactAccessForAccountOwner", Kept: true},
	{Element: "opportunityAccessLevel", Column: "OpportunityAccessForAccountOwner", Kept: true},
}

func (roleComponent) find(o *Org, fullName string) *record {
	if role := o.find("UserRole", "DeveloperName", fullName); role != nil && role.str("PortalType") == "None" {
		return role
	}
	return nil
}

func (r roleComponent) names(o *Org) []string {
	var names []string
	for _, role := range o.rows("UserRole") {
		if name := role.str("DeveloperName"); r.find(o, name) != nil {
			names = append(names, name)
		}
	}
	return names
}

func (r roleComponent) read(o *Org, fullName string) (element, bool) {
	role := r.find(o, fullName)
	if role == nil {
		return element{}, false
	}
	content := branch("Role", leaf("fullName", role.str("DeveloperName")), flagLeaf("mayForecastManagerShare", role.flag("MayForecastManagerShare")))
	for _, e := range roleElements {
		if text := role.str(e.Column); text != "" {
			content.children = append(content.children, leaf(e.Element, text))
		}
	}
	if parent := o.referred(role.values, "ParentRoleId"); parent != nil {
		content.children = append(content.children, leaf("parentRole", parent.str("DeveloperName")))
	}
	return content, true
}

func (r roleComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	role := r.find(o, fullName)
	if err := settle("Role", fullName, role != nil, how); err != nil {
		return false, err
	}
	values := map[string]any{"MayForecastManagerShare": content.flag("mayForecastManagerShare"), "ParentRoleId": nil}
	for _, e := range roleElements {
		if content.has(e.Element) || !e.Kept {
			values[e.Column] = content.value(e.Element)
		}
	}
	if name := content.value("parentRole"); name != "" {
		parent := r.find(o, name)
		if parent == nil {
			return false, errNoReference("parentRole", "Role", name)
		}
		values["ParentRoleId"] = parent.id
	}
	if role != nil {
		return false, o.update(nil, role, values)
	}
	values["DeveloperName"] = fullName
	if !content.has("opportunityAccessLevel") {
		values["OpportunityAccessForAccountOwner"] = unsureRoleAccess
	}
	_, err = o.insert(nil, o.object("UserRole"), values)
	return err == nil, err
}

func (r roleComponent) remove(o *Org, _ *session, fullName string) *apiError {
	role := r.find(o, fullName)
	if role == nil {
		return errNoComponent("Role", fullName)
	}
	return o.remove(nil, role)
}

func (r roleComponent) rename(o *Org, _ *session, from, to string) *apiError {
	role := r.find(o, from)
	if role == nil {
		return errNoComponent("Role", from)
	}
	return o.update(nil, role, map[string]any{"DeveloperName": to})
}

// stampOf implements stamped.
func (r roleComponent) stampOf(o *Org, fullName string) stamp {
	return recordStamp(r.find(o, fullName))
}
