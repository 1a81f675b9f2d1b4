package sfmock

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// settingsComponent is a settings type: one component that always exists. A write changes what it names and leaves the rest.
type settingsComponent struct{ plainComponent }

// member is the one full name of the type.
func (s settingsComponent) member() string {
	return strings.TrimSuffix(string(s.plainComponent), "Settings")
}

func (s settingsComponent) names(*Org) []string { return []string{s.member()} }

// current is what is set, whether the org lets it be seen or not.
func (s settingsComponent) current(o *Org) element {
	typeName := string(s.plainComponent)
	if written := s.find(o, s.member()); written != nil {
		return written.content
	}
	content := elementOf(typeName, settingsDefaults[typeName])
	content.children = append(content.children, leaf("fullName", s.member()))
	return withDefaults(typeName, content)
}

func (s settingsComponent) read(o *Org, fullName string) (element, bool) {
	if !strings.EqualFold(fullName, s.member()) {
		return element{}, false
	}
	content := s.current(o)
	content.children = slices.DeleteFunc(slices.Clone(content.children), func(e element) bool { return s.lacks(o, e.name) })
	switch s.plainComponent {
	case "SecuritySettings":
		if o.mfa != mfaOptional {
			content = content.with(content.child("sessionSettings").with(flagLeaf(mfaSwitch, true)))
		}
	case "IdentityProviderSettings":
		if !content.flag("enableIdentityProvider") {
			content = content.with(element{name: "certificateName", null: true})
		}
	}
	return content, true
}

// lacks tells whether the org lacks the feature that a field belongs to.
func (s settingsComponent) lacks(o *Org, fieldName string) bool {
	if s.plainComponent == "ConnectedAppSettings" && o.apiAccessControl {
		return false
	}
	return slices.Contains(featureSettings[string(s.plainComponent)], fieldName)
}

func (s settingsComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	typeName := string(s.plainComponent)
	switch {
	case how == toCreate:
		return false, refuse(unsureSettingsVerbCode, unsureSettingsVerb)
	case !strings.EqualFold(fullName, s.member()):
		return false, errNoComponent(typeName, fullName)
	}
	for _, e := range content.children {
		if s.lacks(o, e.name) {
			return false, refuse(unsureFeatureCode, "Not available for deploy for this organization")
		}
	}
	before := s.current(o)
	after := merged(typeName, before, content.with(leaf("fullName", s.member())))
	if check := settingsRules[typeName]; check != nil {
		if after, err = check(o, before, after); err != nil {
			return false, err
		}
	}
	for _, name := range constantSettings[typeName] {
		after = after.with(before.child(name))
	}
	st := stamp{modified: o.now()}
	if written := s.find(o, s.member()); written != nil {
		st.id = written.stamp.id
	} else {
		st.id = o.newID(plainPrefix)
	}
	s.put(o, s.member(), &stored{fullName: s.member(), content: withDefaults(typeName, after), stamp: st})
	return false, nil
}

func (s settingsComponent) remove(*Org, *session, string) *apiError {
	return refuse(unsureSettingsVerbCode, unsureSettingsVerb)
}

func (s settingsComponent) rename(*Org, *session, string, string) *apiError {
	return refuse(unsureSettingsVerbCode, unsureSettingsVerb)
}

// replacedSettings are the parts of settings that a write replaces as a whole.
var replacedSettings = []string{"NetworkAccess"}

// merged lays what was sent over what was there. Text that was sent empty is cleared.
func merged(typeName string, before, sent element) element {
	t, _ := sfschema.LookupType(typeName)
	after := element{name: before.name, typ: before.typ}
	for _, f := range t.Fields {
		entries, part := sent.all(f.Name), isBranch(f.Type)
		switch {
		case len(entries) == 0:
			entries = before.all(f.Name)
		case part && !f.List && !slices.Contains(replacedSettings, f.Type):
			entries = []element{merged(f.Type, before.child(f.Name), entries[0])}
			entries[0].name = f.Name
		case !part && !f.List && entries[0].text == "":
			if entries = nil; f.Type != "string" {
				entries = before.all(f.Name)
			}
		}
		after.children = append(after.children, entries...)
	}
	return after
}

// setting is the text of a field of a settings type, below a path of parts. Every request asks for some.
func (o *Org) setting(typeName string, path ...string) string {
	s := settingsComponent{plainComponent(typeName)}
	last := len(path) - 1
	if written := s.find(o, s.member()); written != nil {
		e := written.content
		for _, part := range path[:last] {
			e = e.child(part)
		}
		return e.value(path[last])
	}
	content := settingsDefaults[typeName]
	for _, part := range path[:last] {
		content, _ = content[part].(map[string]any)
	}
	if value := content[path[last]]; value != nil {
		return fmt.Sprint(value)
	}
	return ""
}
