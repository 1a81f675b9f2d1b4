package sfmock

import (
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
	content.children = slices.DeleteFunc(slices.Clone(content.children), func(e element) bool { return s.lacks(e.name) })
	switch s.plainComponent {
	case "SecuritySettings":
		if o.mfaEnforced {
			content = content.with(content.child("sessionSettings").with(flagLeaf("enableMFADirectUILoginOptIn", true)))
		}
	case "IdentityProviderSettings":
		if !content.flag("enableIdentityProvider") {
			content = content.with(element{name: "certificateName", null: true})
		}
	}
	return content, true
}

// lacks tells whether the org lacks the feature that a field belongs to.
func (s settingsComponent) lacks(fieldName string) bool {
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
		if s.lacks(e.name) {
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

// with is a copy whose child of that name is another one.
func (e element) with(child element) element {
	e.children = slices.DeleteFunc(slices.Clone(e.children), func(c element) bool { return c.name == child.name })
	if child.name != "" {
		e.children = append(e.children, child)
	}
	return e
}

// EnforceMFA lets the platform require multi-factor authentication for log-ins to the user interface, as it does since 2026:
// enableMFADirectUILoginOptIn stays true, whatever is written.
func (o *Org) EnforceMFA(on bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mfaEnforced = on
}

// setting is the text of a field of a settings type, below a path of parts.
func (o *Org) setting(typeName string, path ...string) string {
	e := settingsComponent{plainComponent(typeName)}.current(o)
	for _, part := range path[:len(path)-1] {
		e = e.child(part)
	}
	return e.value(path[len(path)-1])
}
