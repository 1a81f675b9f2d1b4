package sfmock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// packageMember is one component that a package.xml names.
type packageMember struct {
	named    string // the type in package.xml
	typeName string // the component's own type, which differs for settings
	fullName string // or everyMember
}

// everyMember stands for all components of a type.
const everyMember = "*"

// packageManifest is the content of a package.xml, or of a file of destructive changes.
type packageManifest struct {
	version int // 0 for none
	members []packageMember
}

// readManifest reads the Package element. The second result are types that the org doesn't know.
func (o *Org) readManifest(e element) (packageManifest, []string) {
	var manifest packageManifest
	var unknown []string
	if version, err := strconv.ParseFloat(e.value("version"), 64); err == nil {
		manifest.version = int(version)
	}
	for _, types := range e.all("types") {
		named := types.value("name")
		for _, m := range types.all("members") {
			fullName := strings.TrimSpace(m.text)
			typeName, known := o.typeOf(named, fullName)
			if named == settingsFamily && fullName == everyMember {
				typeName, known = settingsFamily, true
			}
			if !known && !slices.Contains(unknown, named) {
				unknown = append(unknown, named)
			}
			if known {
				manifest.members = append(manifest.members, packageMember{named, typeName, fullName})
			}
		}
	}
	return manifest, unknown
}

// distinct drops members that are named again.
func distinct(members []packageMember) []packageMember {
	seen := map[packageMember]bool{}
	return slices.DeleteFunc(members, func(m packageMember) bool {
		again := seen[m]
		seen[m] = true
		return again
	})
}

// names tells whether the manifest names a component. Its wildcard of CustomObject stands for custom ones only.
func (p packageManifest) names(typeName, fullName string) bool {
	return slices.ContainsFunc(p.members, func(m packageMember) bool {
		return m.typeName == typeName && (m.fullName == fullName || m.fullName == everyMember && (typeName != "CustomObject" || isCustom(fullName)))
	})
}

// packageElement is the package.xml of some components.
func packageElement(members []packageMember, version int) element {
	e := branch("Package")
	byType := map[string][]string{}
	var order []string
	for _, m := range members {
		if byType[m.named] == nil {
			order = append(order, m.named)
		}
		byType[m.named] = append(byType[m.named], m.fullName)
	}
	slices.Sort(order)
	for _, named := range order {
		types := branch("types")
		for _, fullName := range slices.Sorted(slices.Values(byType[named])) {
			types.children = append(types.children, leaf("members", fullName))
		}
		types.children = append(types.children, leaf("name", named))
		e.children = append(e.children, types)
	}
	e.children = append(e.children, leaf("version", versionNumber(version)))
	return e
}

// checkPackageVersion refuses a version that the org doesn't serve.
func (o *Org) checkPackageVersion(version int) *apiError {
	if version > o.newest || version != 0 && version < firstVersion {
		return refuse("UNSUPPORTED_API_VERSION", fmt.Sprintf(unsurePackageVersion, versionNumber(version)))
	}
	return nil
}
