package sfmock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// profilePolicyComponent is a profile's own session settings or password policy. Salesforce makes the full names; what tells one
// from another is the profile, which the stored content keeps as the record's id.
type profilePolicyComponent struct{ plainComponent }

// profilePolicies are the texts and numbers that the two types differ in; a number is one of several, or between two of them.
var profilePolicies = map[plainComponent]struct {
	Taken   string
	Choices map[string][]int
	Ranges  map[string][2]int
}{
	"ProfileSessionSetting": {
		Taken:   "A session setting with this profile already exists.",
		Choices: map[string][]int{"sessionTimeout": {0, 15, 30, 60, 90, 120, 240, 480, 720, 1440}},
	},
	"ProfilePasswordPolicy": {
		Taken: unsurePasswordPolicyTaken,
		Choices: map[string][]int{
			"lockoutInterval": {0, 15, 30, 60}, "maxLoginAttempts": {0, 3, 5, 10}, "passwordExpiration": {0, 30, 60, 90, 180, 365}, "passwordQuestion": {0, 1},
		},
		Ranges: map[string][2]int{"minimumPasswordLength": {5, 50}, "passwordComplexity": {0, 5}, "passwordHistory": {0, 24}},
	},
}

func (p profilePolicyComponent) read(o *Org, fullName string) (element, bool) {
	s := p.find(o, fullName)
	if s == nil {
		return element{}, false
	}
	shown := element{name: "profile", null: true}
	if profile := o.live(s.content.value("profile")); profile != nil {
		shown = leaf("profile", policyProfile(profile.str("Name")))
	}
	return s.content.with(shown), true
}

// policyProfile is how policies name a profile: a standard one by its full name in lower case, another by its label.
func policyProfile(label string) string {
	if isStandardProfile(label) {
		return strings.ToLower(profileFullName(label))
	}
	return label
}

func (p profilePolicyComponent) write(o *Org, caller *session, fullName string, content element, how verb) (created bool, err *apiError) {
	profile := profileComponent{}.find(o, content.value("profile"))
	if profile == nil {
		return false, errNoReference("profile", "Profile", content.value("profile"))
	}
	if err := p.check(content); err != nil {
		return false, err
	}
	before := p.find(o, fullName)
	if other := p.ofProfile(o, profile); other != nil && other != before && (before != nil || how != toUpdate) {
		return false, refuse(unsurePolicyTakenCode, profilePolicies[p.plainComponent].Taken)
	}
	if before != nil {
		fullName = before.fullName
	} else if how != toUpdate {
		fullName = p.generatedName(o, profile)
	}
	content = content.with(leaf("fullName", fullName)).with(leaf("profile", profile.id))
	return p.plainComponent.write(o, caller, fullName, content, how)
}

// generatedName ends in the time in milliseconds.
func (p profilePolicyComponent) generatedName(o *Org, profile *record) string {
	typeName := []rune(string(p.plainComponent))
	typeName[0] = unicode.ToLower(typeName[0])
	return profileFullName(profile.str("Name")) + "_" + string(typeName) + strconv.FormatInt(o.now().UnixMilli(), 10)
}

func (p profilePolicyComponent) ofProfile(o *Org, profile *record) *stored {
	for _, s := range o.components[string(p.plainComponent)] {
		if s.content.value("profile") == profile.id {
			return s
		}
	}
	return nil
}

func (p profilePolicyComponent) check(content element) *apiError {
	facts := profilePolicies[p.plainComponent]
	for _, e := range content.children {
		n, _ := strconv.Atoi(e.text)
		choices, limited := facts.Choices[e.name]
		limits, ranged := facts.Ranges[e.name]
		if limited && !slices.Contains(choices, n) || ranged && (n < limits[0] || n > limits[1]) {
			return refuse(unsurePolicyValueCode, fmt.Sprintf(unsurePolicyValue, e.name, e.text))
		}
	}
	if content.value("passwordHistory") == "0" && content.value("passwordExpiration") != "0" {
		return refuse(unsurePolicyValueCode, unsurePasswordHistory)
	}
	return nil
}

func (p profilePolicyComponent) rename(*Org, *session, string, string) *apiError {
	return refuse("INVALID_OPERATION", unsureNoRename)
}

// sessionSetting is a field of a profile's session settings, "" where they were never edited.
func (o *Org) sessionSetting(profile *record, name string) string {
	if s := (profilePolicyComponent{"ProfileSessionSetting"}).ofProfile(o, profile); s != nil {
		return s.content.value(name)
	}
	return ""
}
