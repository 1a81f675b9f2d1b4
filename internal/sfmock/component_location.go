package sfmock

import (
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// settingsFamily is what package.xml calls the types of all settings; a member of it drops their common suffix: Security.
const settingsFamily = "Settings"

// fileLocation is where the components of a type lie in an archive: folder/Full_Name.suffix.
type fileLocation struct{ folder, suffix string }

// otherLocations are those of types that the schema doesn't place but that others refer to (Metadata API guide, Metadata types).
var otherLocations = map[string]fileLocation{
	"ApexClass":          {"classes", "cls"},
	"ApexPage":           {"pages", "page"},
	"ApexTrigger":        {"triggers", "trigger"},
	"CustomApplication":  {"applications", "app"},
	"CustomObject":       {"objects", "object"},
	"CustomTab":          {"tabs", "tab"},
	"ExternalDataSource": {"dataSources", "dataSource"},
	"Flow":               {"flows", "flow"},
	"Layout":             {"layouts", "layout"},
	"StaticResource":     {"staticresources", "resource"},
}

// childTypes lie in the files of other components, as entries of a list.
var childTypes = map[string]struct{ parent, section string }{
	"CustomField": {"CustomObject", "fields"},
}

// location is where a type's components lie in an archive, false for one without files of its own.
func location(typeName string) (folder, suffix string, ok bool) {
	if other, ok := otherLocations[typeName]; ok {
		return other.folder, other.suffix, true
	}
	return sfschema.Location(typeName)
}

// componentPath is the file of a component. The file of a child is its parent's; a type that has none gets a name in the style of files.
func componentPath(typeName, fullName string) string {
	if child, ok := childTypes[typeName]; ok {
		parent, _, _ := strings.Cut(fullName, ".")
		return componentPath(child.parent, parent)
	}
	folder, suffix, ok := location(typeName)
	if !ok {
		suffix = strings.ToLower(typeName[:1]) + typeName[1:]
		folder = suffix + "s"
	}
	return folder + "/" + fullName + "." + suffix
}

// metaSuffix ends the name of the file that describes a component whose own file is its content.
const metaSuffix = "-meta.xml"

// hasContent tells whether a type's files are something else than XML, which a -meta.xml file beside them describes.
func hasContent(typeName string) bool {
	t, _ := sfschema.LookupType(typeName)
	f, _ := t.Field("content")
	return f.Type == "base64Binary"
}

func isSettings(typeName string) bool {
	folder, _, _ := location(typeName)
	return folder == "settings" && typeName != settingsFamily
}

// manifestTypes are the types that package.xml may name, but for children.
func manifestTypes() []string {
	names := []string{settingsFamily}
	for _, typeName := range sfschema.Components() {
		if _, _, ok := location(typeName); ok && !isSettings(typeName) {
			names = append(names, typeName)
		}
	}
	slices.Sort(names)
	return names
}

// typeOf translates a type as package.xml names it to the component's own, false for a type that the org doesn't have.
func (o *Org) typeOf(named, fullName string) (typeName string, ok bool) {
	if named == settingsFamily {
		typeName = fullName + settingsFamily
		return typeName, isSettings(typeName)
	}
	_, _, ok = location(named)
	_, isChild := childTypes[named]
	return named, ok || isChild
}

// everyComponent lists what the org has of a type as package.xml names it, sorted.
func (o *Org) everyComponent(named string) []packageMember {
	typeNames := []string{named}
	if named == settingsFamily {
		typeNames = slices.DeleteFunc(sfschema.Components(), func(typeName string) bool { return !isSettings(typeName) })
	}
	var found []packageMember
	for _, typeName := range typeNames {
		if keeper, ok := o.component(typeName); ok {
			for _, fullName := range slices.Sorted(slices.Values(keeper.names(o))) {
				found = append(found, packageMember{named, typeName, fullName})
			}
		}
	}
	return found
}
