package sfmock

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// profileComponent is the metadata face of Profile: a write lies over what is there, and only an explicit false takes away.
type profileComponent struct{}

// profileNames are the full names of standard profiles that are not their labels.
var profileNames = map[string]string{
	"Admin":            "System Administrator",
	"ContractManager":  "Contract Manager",
	"MarketingProfile": "Marketing User",
	"ReadOnly":         "Read Only",
	"SolutionManager":  "Solution Manager",
	"Standard":         "Standard User",
	"StandardAul":      "Standard Platform User",
}

// profileFullName is the API name of a profile: a standard profile's own, else the label with its punctuation encoded.
func profileFullName(label string) string {
	for name, known := range profileNames {
		if strings.EqualFold(known, label) {
			return name
		}
	}
	var name strings.Builder
	for _, b := range []byte(label) {
		if b >= utf8.RuneSelf || strings.IndexByte(plainInFullName, b) >= 0 {
			name.WriteByte(b)
		} else {
			fmt.Fprintf(&name, "%%%02X", b)
		}
	}
	return name.String()
}

const plainInFullName = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_"

// profileLabel is the reverse of profileFullName.
func profileLabel(fullName string) string {
	for name, label := range profileNames {
		if strings.EqualFold(name, fullName) {
			return label
		}
	}
	if label, err := url.PathUnescape(fullName); err == nil {
		return label
	}
	return fullName
}

func (profileComponent) find(o *Org, fullName string) *record {
	return o.find("Profile", "Name", profileLabel(fullName))
}

func (profileComponent) names(o *Org) []string {
	var names []string
	for _, profile := range o.rows("Profile") {
		names = append(names, profileFullName(profile.str("Name")))
	}
	return names
}

func (p profileComponent) read(o *Org, fullName string) (element, bool) {
	profile := p.find(o, fullName)
	if profile == nil {
		return element{}, false
	}
	content := branch("Profile",
		leaf("fullName", profileFullName(profile.str("Name"))), flagLeaf("custom", !isStandardProfile(profile.str("Name"))))
	if profile.str("Description") != "" {
		content.children = append(content.children, leaf("description", profile.str("Description")))
	}
	if licence := o.referred(profile.values, "UserLicenseId"); licence != nil {
		content.children = append(content.children, leaf("userLicense", licence.str("Name")))
	}
	content.children = append(content.children, o.grantsOf(o.profileOwnedSet(profile), profile.sections)...)
	return content, true
}

func (p profileComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	profile := p.find(o, fullName)
	if err := settle("Profile", fullName, profile != nil, how); err != nil {
		return false, err
	}
	if err := cmp.Or(o.checkProfileLicence(profile, content.value("userLicense")), checkLoginRules(content)); err != nil {
		return false, err
	}
	g, err := o.parseGrants("Profile", content)
	if err != nil {
		return false, err
	}
	if content.has("description") {
		g.user["Description"] = content.value("description")
	}
	if profile == nil {
		created = true
		profile, err = p.clone(o, fullName, content.value("userLicense"), g.user)
	} else {
		err = o.update(nil, profile, g.user)
	}
	if err != nil {
		return false, err
	}
	if isStandardProfile(profile.str("Name")) {
		delete(g.rows, "ObjectPermissions") // not editable since API version 50.0
	}
	if err := o.saveRows(o.profileOwnedSet(profile), g, false); err != nil {
		return false, err
	}
	sections := overlay(profile.sections, g.sections)
	if hasDefaultApp(profile.sections) && !hasDefaultApp(sections) {
		return false, refuse(unsureDefaultAppCode, "You can't remove the only default app from the profile.")
	}
	o.setSections(profile, sections)
	return created, nil
}

// checkProfileLicence refuses to change the user licence of a profile.
func (o *Org) checkProfileLicence(profile *record, licenceName string) *apiError {
	if profile == nil || licenceName == "" {
		return nil
	}
	if licence := o.referred(profile.values, "UserLicenseId"); licence != nil && !strings.EqualFold(licence.str("Name"), licenceName) {
		return refuse(unsureLicenceChangeCode, unsureProfileLicence)
	}
	return nil
}

// clone makes a profile as metadata does: not empty, but a copy of Minimum Access - Salesforce where the licence is the same.
func (profileComponent) clone(o *Org, fullName, licenceName string, values map[string]any) (*record, *apiError) {
	licence := o.find("UserLicense", "Name", licenceName)
	if licence == nil {
		return nil, errNoReference("userLicense", "UserLicense", licenceName)
	}
	copied := map[string]any{"Name": profileLabel(fullName), "UserLicenseId": licence.id}
	if model := o.find("Profile", "Name", "Minimum Access - Salesforce"); model != nil && model.str("UserLicenseId") == licence.id {
		for column, v := range model.values {
			if strings.HasPrefix(column, permissionColumn) {
				copied[column] = v
			}
		}
	}
	maps.Copy(copied, values)
	return o.insert(nil, o.object("Profile"), copied)
}

func (p profileComponent) remove(o *Org, _ *session, fullName string) *apiError {
	profile := p.find(o, fullName)
	if profile == nil {
		return errNoComponent("Profile", fullName)
	}
	return o.remove(nil, profile)
}

func (p profileComponent) rename(o *Org, _ *session, from, to string) *apiError {
	profile := p.find(o, from)
	if profile == nil {
		return errNoComponent("Profile", from)
	}
	return o.update(nil, profile, map[string]any{"Name": profileLabel(to)})
}

// The sections of a profile that are not laid over what was there: some are what was sent, nothing included, one is kept unless sent.
var (
	replacedSections = []string{"loginFlows", "loginIpRanges"}
	singleSections   = []string{"loginHours"}
)

// overlay lays sent sections over those that were there, entry by entry.
func overlay(before, sent map[string][]map[string]any) map[string][]map[string]any {
	merged := map[string][]map[string]any{}
	for name, entries := range before {
		if !slices.Contains(replacedSections, name) {
			merged[name] = slices.Clone(entries)
		}
	}
	for name, entries := range sent {
		if slices.Contains(replacedSections, name) || slices.Contains(singleSections, name) {
			merged[name] = entries
			continue
		}
		for _, entry := range entries {
			merged[name] = overlayEntry(name, merged[name], entry)
		}
	}
	for name := range merged {
		merged[name] = slices.DeleteFunc(merged[name], func(entry map[string]any) bool { return isOff(entry) || name == "loginHours" && len(entry) == 0 })
		if len(merged[name]) == 0 {
			delete(merged, name)
		}
	}
	return merged
}

func overlayEntry(section string, entries []map[string]any, entry map[string]any) []map[string]any {
	key := entryKeys[section]
	if section == "layoutAssignments" {
		key = "recordType"
	}
	if entry["default"] == "true" && section == "applicationVisibilities" {
		for i, other := range entries {
			entries[i] = maps.Clone(other)
			entries[i]["default"] = "false"
		}
	}
	i := slices.IndexFunc(entries, func(other map[string]any) bool { return other[key] == entry[key] })
	if i < 0 {
		return append(entries, entry)
	}
	entries[i] = maps.Clone(entries[i])
	maps.Copy(entries[i], entry)
	return entries
}

func hasDefaultApp(sections map[string][]map[string]any) bool {
	return slices.ContainsFunc(sections["applicationVisibilities"], func(app map[string]any) bool { return app["default"] == "true" })
}
