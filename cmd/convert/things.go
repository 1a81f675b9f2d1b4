package main

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// thing is a resource to be.
type thing struct {
	resource string
	id       string // import id; empty for what has the org's
	file     string
	label    string   // what the resource's name is derived from
	others   []string // elements of the component that are not this resource's

	name   string                   // the resource's
	state  map[string]tftypes.Value // as the org that shows the files has it
	config map[string]tftypes.Value
}

const metadataResource = "salesforce_metadata"

// rule says which resource a component becomes, or an element of it.
type rule struct{ resource, element string }

// rules are the types with resources of their own, in the order of the configuration. All others become salesforce_metadata.
var rules = []struct {
	typeName string
	rules    []rule
}{
	{"Role", []rule{{"salesforce_user_role", ""}}},
	{"CustomPermission", []rule{{"salesforce_custom_permission", ""}}},
	{"Profile", []rule{{"salesforce_profile", ""}}},
	{"PermissionSet", []rule{{"salesforce_permission_set", ""}}},
	{"PermissionSetGroup", []rule{{"salesforce_permission_set_group", ""}}},
	{"ExternalClientApplication", []rule{{"salesforce_external_client_app", ""}}},
	{"ConnectedApp", []rule{{"salesforce_connected_app", ""}}},
	{"ProfileSessionSetting", []rule{{"salesforce_profile_session_setting", ""}}},
	{"ProfilePasswordPolicy", []rule{{"salesforce_profile_password_policy", ""}}},
	{"SecuritySettings", []rule{
		{"salesforce_session_settings", "sessionSettings"},
		{"salesforce_password_policies", "passwordPolicies"},
		{"salesforce_single_sign_on_settings", "singleSignOnSettings"},
		{"salesforce_trusted_ip_ranges", "networkAccess"},
		{metadataResource, ""},
	}},
	{"OauthOidcSettings", []rule{{"salesforce_oauth_settings", ""}}},
	{"MyDomainSettings", []rule{{"salesforce_my_domain_settings", ""}}},
}

// policies are of a profile, by whose name they are imported: their own is generated.
var policies = map[string]bool{"ProfileSessionSetting": true, "ProfilePasswordPolicy": true}

// appElement is by which a part of an external client app names it.
const appElement = "externalClientApplication"

// thingsOf are the resources that components become, in the order of the configuration.
func thingsOf(all components) (things []*thing) {
	known := map[string]bool{}
	for _, r := range rules {
		known[r.typeName] = true
		for _, c := range all {
			if c.Type == r.typeName {
				things = append(things, c.things(r.rules)...)
			}
		}
	}
	for _, c := range all {
		if !known[c.Type] && !all.covers(c) {
			things = append(things, c.things([]rule{{metadataResource, ""}})...)
		}
	}
	return things
}

// covers tells whether a component belongs to the resource of another one.
func (all components) covers(c component) bool {
	if c.Type == "MutingPermissionSet" {
		return slices.ContainsFunc(all, func(group component) bool {
			return slices.Contains(texts(group.content, "mutingPermissionSets"), c.FullName)
		})
	}
	return appParts[c.Type] && all.has("ExternalClientApplication", text(c.content, appElement))
}

// appParts are the types that salesforce_external_client_app writes besides the app itself.
var appParts = map[string]bool{
	"ExtlClntAppConfigurablePolicies":      true,
	"ExtlClntAppGlobalOauthSettings":       true,
	"ExtlClntAppOauthConfigurablePolicies": true,
	"ExtlClntAppOauthSettings":             true,
}

func (c component) things(rules []rule) (things []*thing) {
	claimed := []string{"fullName"}
	for _, r := range rules {
		t := &thing{resource: r.resource, file: c.File, id: c.FullName, label: c.FullName}
		switch {
		case r.element != "":
			if _, there := c.content[r.element]; !there {
				continue
			}
			claimed = append(claimed, r.element)
			t.id = ""
		case r.resource == metadataResource:
			if len(rules) > 1 && !c.holdsMoreThan(claimed) {
				continue
			}
			t.id, t.label, t.others = c.Type+":"+c.FullName, c.Type+"_"+c.FullName, slices.Concat(claimed, secretElements[c.Type])
		case policies[c.Type]:
			t.id, t.label = text(c.content, "profile"), text(c.content, "profile")
		case strings.HasSuffix(c.Type, "Settings"):
			t.id = ""
		}
		if t.id == "" {
			t.label = "org"
		}
		things = append(things, t)
	}
	return things
}

// mayHaveAnotherName tells whether a thing is a standard profile by a name that is in one word, as those that only metadata knows are.
func (t *thing) mayHaveAnotherName() bool {
	return t.resource == "salesforce_profile" && plain(t.state["custom"]) == "false" && stringOf(t.state["name"]) == t.id && !strings.Contains(t.id, " ")
}

func (c component) holdsMoreThan(elements []string) bool {
	for name := range c.content {
		if !slices.Contains(elements, name) {
			return true
		}
	}
	return false
}
