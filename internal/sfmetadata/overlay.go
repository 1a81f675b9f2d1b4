package sfmetadata

import (
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// IsSettings tells whether a type has one component in every org, which is named after the type and can't be created or deleted.
func IsSettings(typeName string) bool {
	folder, _, _ := sfschema.Location(typeName)
	return folder == "settings"
}

// SettingsName is the full name of the one component of a settings type.
func SettingsName(typeName string) string { return strings.TrimSuffix(typeName, "Settings") }

// Profiles are overlaid by what a write names, but for these lists, which it replaces. Source: Metadata API guide, Profile.
const profile = "Profile"

var replacedInProfiles = []string{"loginFlows", "loginIpRanges"}

// ownsSingleEntries tells whether a write leaves the entries of a list alone that it doesn't name, so that only those can be owned that
// are written.
func ownsSingleEntries(root, path string) bool {
	return root == profile && !slices.Contains(replacedInProfiles, path)
}

// grants are the types whose entries Salesforce doesn't keep when all that they say is no.
var grants = []string{"MutingPermissionSet", "PermissionSet", profile}

// isUnordered tells that the order of entries means nothing in a type.
func isUnordered(root string) bool { return IsSettings(root) || slices.Contains(grants, root) }

// vanishes tells whether an entry is as good as none.
func vanishes(root, typeName string, entry Node) bool {
	all, isObject := entry.(Object)
	if !isObject || !slices.Contains(grants, root) {
		return false
	}
	switches := 0
	for name, node := range all {
		if field, _ := partOf(typeName, name); field.Type == "boolean" {
			if switches++; !isEmpty(field.Type, node) {
				return false
			}
		}
	}
	return switches > 0
}

// notSent are elements that Salesforce keeps by itself: a status that moves, texts that its AI writes.
var notSent = map[string][]string{
	"PermissionSet":      {"enrichments"},
	"PermissionSetGroup": {"enrichments", "status"},
}

// ToSend is what a write of a content has to send, given what the org has. Most types are replaced by a write, so that everything that
// the content leaves out is sent along; settings and profiles are overlaid, so that it is not, unless it is required. An entry of a list is
// sent whole in any case. org is nil for what is to be created.
func ToSend(typeName string, org, content Object) Object {
	m := merge{overlay: IsSettings(typeName) || typeName == profile, deep: IsSettings(typeName)}
	kept := Object{}
	for name, node := range org {
		if !slices.Contains(notSent[typeName], name) {
			kept[name] = node
		}
	}
	merged := m.object(typeName, kept, content, m.overlay)
	delete(merged, "fullName")
	return merged
}

// merge puts a content over what the org has.
type merge struct {
	overlay bool // the type is overlaid,
	deep    bool // in the objects below it, too
	adds    bool // a list adds to what is there instead of replacing it
}

func (m merge) object(typeName string, org, content Object, overlay bool) Object {
	t, _ := sfschema.LookupType(typeName)
	merged := Object{}
	for name, node := range org {
		if field, _ := t.Field(name); !overlay || field.Required {
			merged[name] = node
		}
	}
	for name, node := range content {
		field, _ := t.Field(name)
		merged[name] = m.node(field.Type, org[name], node, overlay && m.deep)
	}
	return merged
}

func (m merge) node(typeName string, org, content Node, overlay bool) Node {
	switch n := content.(type) {
	case Object:
		before, _ := org.(Object)
		return m.object(typeName, before, n, overlay)
	case List:
		return m.list(typeName, listOf(org), n)
	case Scalar:
		if before, is := org.(Scalar); is && n.XMLType == "" {
			n.XMLType = before.XMLType
		}
		return n
	}
	return content
}

// Earlier puts a content of earlier times over one of now, for the paths that only the latter has. Lists are those of earlier.
func Earlier(typeName string, earlier, now Object) Object {
	return merge{}.object(typeName, now, earlier, false)
}

func (m merge) list(typeName string, org, content List) List {
	var entries List
	if m.adds {
		entries = slices.Clone(org)
	}
	for i, position := range pairs(typeName, org, content) {
		entry := content[i]
		if position >= 0 {
			entry = m.node(typeName, org[position], entry, false)
		}
		if m.adds && position >= 0 {
			entries[position] = entry
		} else {
			entries = append(entries, entry)
		}
	}
	return entries
}

// Over puts one content over another: what it writes wins, what it leaves out stays, the entries of lists included.
func Over(typeName string, content, over Object) Object {
	return merge{adds: true}.object(typeName, content, over, false)
}

// Becomes is what a component is after a write of a content over what the org has. What of the content is not known yet is taken to change
// nothing: an element that is Unknown, and a list with anything Unknown in it.
func Becomes(typeName string, org, content Object) Object {
	content = known(content)
	merged := merge{adds: typeName == profile}.object(typeName, org, content, false)
	for _, name := range replacedInProfiles {
		if list, written := content[name]; written && typeName == profile {
			merged[name] = list
		}
	}
	return merged
}

// known is a content without what is Unknown.
func known(content Object) Object {
	all := Object{}
	for name, node := range content {
		if part, isObject := node.(Object); isObject {
			all[name] = known(part)
		} else if IsWhollyKnown(node) {
			all[name] = node
		}
	}
	return all
}
