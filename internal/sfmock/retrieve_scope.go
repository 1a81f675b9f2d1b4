package sfmock

import (
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// profileScopes are the types whose components a section of a profile speaks of. A profile's file has those entries only whose
// component the same package.xml names.
var profileScopes = map[string]string{
	"applicationVisibilities":    "CustomApplication",
	"classAccesses":              "ApexClass",
	"customMetadataTypeAccesses": "CustomObject",
	"customPermissions":          "CustomPermission",
	"customSettingAccesses":      "CustomObject",
	"externalDataSourceAccesses": "ExternalDataSource",
	"fieldPermissions":           "CustomField",
	"layoutAssignments":          "Layout",
	"objectPermissions":          "CustomObject",
	"pageAccesses":               "ApexPage",
	"tabVisibilities":            "CustomTab",
}

// unscopedSections come with every profile.
var unscopedSections = []string{"loginHours", "loginIpRanges", "userPermissions"}

// scopedProfile is what a retrieved file has of a profile. Flow accesses are among what it never has.
func scopedProfile(profile element, manifest packageManifest) element {
	t, _ := sfschema.LookupType("Profile")
	scoped := profile
	scoped.children = nil
	for _, c := range profile.children {
		f, _ := t.Field(c.name)
		if !isBranch(f.Type) || slices.Contains(unscopedSections, c.name) || inScope(c, manifest) {
			scoped.children = append(scoped.children, c)
		}
	}
	return scoped
}

func inScope(entry element, manifest packageManifest) bool {
	typeName, scoped := profileScopes[entry.name]
	key := entryKeys[entry.name]
	if entry.name == "layoutAssignments" {
		key = "layout"
	}
	fullName := entry.value(key)
	if object, _, isField := strings.Cut(fullName, "."); isField && manifest.names("CustomObject", object) {
		return true
	}
	return scoped && manifest.names(typeName, fullName)
}

// isParent tells whether components of other types lie in a type's files.
func isParent(typeName string) bool {
	for _, child := range childTypes {
		if child.parent == typeName {
			return true
		}
	}
	return false
}

// withChild adds a child to the content of a parent's file. There its full name lacks the parent's.
func withChild(parent element, parentType, section, fullName string, child element) element {
	parent.name = parentType
	_, own, _ := strings.Cut(fullName, ".")
	child.name, child.typ, child.children = section, "", slices.Clone(child.children)
	for i, c := range child.children {
		if c.name == "fullName" {
			child.children[i].text = own
		}
	}
	parent.children = append(parent.children, child)
	return parent
}
