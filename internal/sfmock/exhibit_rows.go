package sfmock

import (
	"cmp"
	"maps"
	"strings"
)

// exhibitRow is the record behind an exhibited component, nil for a type that has none. Records are made without rules.
func (o *Org) exhibitRow(typeName, fullName string, content element) *record {
	switch typeName {
	case "CustomPermission":
		return o.exhibitNamed("CustomPermission", "DeveloperName", fullName, map[string]any{
			"MasterLabel": content.value("label"), "Description": content.value("description"), "IsLicensed": content.flag("isLicensed"),
		})
	case "PermissionSet":
		return o.exhibitNamed("PermissionSet", "Name", fullName, map[string]any{
			"Label": content.value("label"), "Description": content.value("description"), "HasActivationRequired": content.flag("hasActivationRequired"),
			"Type": "Regular", "IsCustom": true,
		})
	case "PermissionSetGroup":
		return o.exhibitNamed("PermissionSetGroup", "DeveloperName", fullName, map[string]any{
			"MasterLabel": content.value("label"), "Description": content.value("description"), "HasActivationRequired": content.flag("hasActivationRequired"),
			"Status": "Updated",
		})
	case "Profile":
		profile := o.exhibitProfile(profileLabel(fullName), content.value("userLicense"))
		if content.has("description") {
			profile.values["Description"] = content.value("description")
		}
		return profile
	case "ProfilePasswordPolicy", "ProfileSessionSetting":
		o.exhibitProfile(profileLabel(content.value("profile")), "")
	case "Role":
		role := map[string]any{
			"Name": content.value("name"), "DeveloperName": fullName, "RollupDescription": content.value("description"), "PortalType": "None",
			"OpportunityAccessForAccountOwner": content.value("opportunityAccessLevel"),
			"CaseAccessForAccountOwner":        content.value("caseAccessLevel"),
			"ContactAccessForAccountOwner":     content.value("contactAccessLevel"),
		}
		if there := o.find("UserRole", "DeveloperName", fullName); there != nil {
			maps.Copy(there.values, role)
			return there
		}
		return o.exhibitRecord("UserRole", role)
	}
	return nil
}

// exhibitNamed makes a record whose name may begin with a namespace.
func (o *Org) exhibitNamed(objectName, column, fullName string, values map[string]any) *record {
	values[column] = fullName
	if namespace, local, managed := strings.Cut(fullName, "__"); managed {
		values[column], values["NamespacePrefix"] = local, namespace
	}
	return o.exhibitRecord(objectName, values)
}

// exhibitProfile is the profile of a name, made unless it is there; so is its licence, an ordinary one if none is named.
func (o *Org) exhibitProfile(name, licenceName string) *record {
	profile := o.find("Profile", "Name", name)
	if profile != nil && licenceName == "" {
		return profile
	}
	licenceName = cmp.Or(licenceName, "Salesforce")
	licence := o.find("UserLicense", "Name", licenceName)
	if licence == nil {
		licence = o.exhibitRecord("UserLicense", map[string]any{"Name": licenceName, "MasterLabel": licenceName})
	}
	if profile == nil {
		return o.exhibitRecord("Profile", map[string]any{"Name": name, "UserLicenseId": licence.id})
	}
	before := maps.Clone(profile.values)
	profile.values["UserLicenseId"] = licence.id
	o.reindex(profile, before, profile.values)
	return profile
}

// exhibitReferences makes the rows that are about two components, once all are there: roles go below those that their files name, and
// connected apps are open to permission sets, which files name by their labels, and profiles.
func (o *Org) exhibitReferences() {
	for _, s := range o.exhibitions["Role"].shown {
		if parent := o.find("UserRole", "DeveloperName", s.content.value("parentRole")); parent != nil {
			o.byID[s.stamp.id].values["ParentRoleId"] = parent.id
		}
	}
	for _, app := range o.exhibitions["ConnectedApp"].shown {
		for _, name := range app.content.all("permissionSetName") {
			set := o.namedSet(name.text)
			if set == nil {
				set = o.exhibitRow("PermissionSet", name.text, branch("", leaf("label", name.text)))
			}
			o.exhibitAccess(set, app)
		}
		for _, name := range app.content.all("profileName") {
			o.exhibitAccess(o.profileOwnedSet(o.exhibitProfile(profileLabel(name.text), "")), app)
		}
	}
}

func (o *Org) exhibitAccess(set *record, app *stored) {
	o.exhibitRecord("SetupEntityAccess", map[string]any{"ParentId": set.id, "SetupEntityId": app.stamp.id, "SetupEntityType": "ConnectedApplication"})
}

func (o *Org) exhibitRecord(objectName string, values map[string]any) *record {
	ob := o.object(objectName)
	rec := &record{object: ob, id: o.newID(ob.Prefix), values: map[string]any{}, sections: map[string][]map[string]any{}}
	for _, f := range ob.Fields {
		rec.values[f.Name] = f.Default
	}
	for column, v := range values {
		if v != "" {
			rec.values[column] = v
		}
	}
	rec.values["CreatedDate"], rec.values["LastModifiedDate"], rec.values["SystemModstamp"] = o.now(), o.now(), o.now()
	o.put(rec)
	return rec
}
