package sfmetadata

import (
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// keyElements name the element by which the entries of a list are told apart, whichever of them comes first that all entries have and
// no two share. They are those of the lists in profiles, permission sets, apps, credentials and custom objects.
var keyElements = []string{
	"fullName", "name", "field", "object", "application", "apexClass", "apexPage", "tab", "recordType", "flow", "agentName",
	"externalDataSource", "externalCredentialPrincipal", "servicePresenceStatus", "configName", "dataCategoryGroup", "customPermission",
	"parameterName", "layout", "actionName", "startAddress", "start", "developerName", "masterLabel", "label",
}

// pairs tells for each wanted entry of a list which of the org's it is about, -1 for none: that of the same key, else one that agrees, else
// the next one that is left over. Order means nothing.
func pairs(typeName string, org, wanted List) []int {
	found := make([]int, len(wanted))
	for i := range found {
		found[i] = -1
	}
	taken := make([]bool, len(org))
	if key := keyOf(typeName, org, wanted); key != "" {
		positions := make(map[string]int, len(org))
		for i, entry := range org {
			positions[keyText(entry, key)] = i
		}
		for i, entry := range wanted {
			if position, there := positions[keyText(entry, key)]; there {
				found[i] = position
			}
		}
		return found
	}
	agreeing(typeName, org, wanted, found, taken)
	if _, branches := sfschema.LookupType(typeName); !branches {
		return found
	}
	next := 0
	for i := range found {
		for found[i] < 0 && next < len(org) {
			if !taken[next] {
				found[i], taken[next] = next, true
			}
			next++
		}
	}
	return found
}

// keyOf is the element that tells the entries of both lists apart, "" if none does.
func keyOf(typeName string, org, wanted List) string {
	for _, key := range keyElements {
		if _, known := partOf(typeName, key); known && distinct(wanted, key) && distinct(org, key) {
			return key
		}
	}
	return ""
}

func distinct(entries List, key string) bool {
	seen := make(map[string]bool, len(entries))
	for _, entry := range entries {
		text := keyText(entry, key)
		if text == "" || seen[text] {
			return false
		}
		seen[text] = true
	}
	return true
}

func keyText(entry Node, key string) string {
	all, _ := entry.(Object)
	value, _ := all[key].(Scalar)
	return strings.ToLower(strings.TrimSpace(value.Text))
}

// agreeing pairs the entries that mean the same. To look at few of the org's for each, it sorts those by the texts that the wanted one
// writes. Those that say most come first, and get the ones that say least besides.
func agreeing(typeName string, org, wanted List, found []int, taken []bool) {
	sorted := map[string]map[string][]int{} // by which elements, by their values
	shortest := bySize(org, 1)
	for _, i := range bySize(wanted, -1) {
		entry, paths := wanted[i], scalarsOf(wanted[i])
		form := strings.Join(paths, " ")
		if sorted[form] == nil {
			sorted[form] = map[string][]int{}
			for _, position := range shortest {
				values := valuesOf(typeName, org[position], paths)
				sorted[form][values] = append(sorted[form][values], position)
			}
		}
		values := valuesOf(typeName, entry, paths)
		candidates := sorted[form][values]
		for len(candidates) > 0 && taken[candidates[0]] {
			candidates = candidates[1:]
		}
		sorted[form][values] = candidates
		for _, position := range candidates {
			if !taken[position] && agrees(typeName, org[position], entry) {
				found[i], taken[position] = position, true
				break
			}
		}
	}
}

// bySize are the positions of a list, those of the entries with the fewest texts first, or last for a negative sign.
func bySize(entries List, sign int) []int {
	positions, sizes := make([]int, len(entries)), make([]int, len(entries))
	for i, entry := range entries {
		positions[i], sizes[i] = i, len(scalarsOf(entry))
	}
	slices.SortStableFunc(positions, func(a, b int) int { return sign * (sizes[a] - sizes[b]) })
	return positions
}

// scalarsOf are the paths of the scalars of an entry, also of those in the objects that it holds.
func scalarsOf(entry Node) []string {
	all, _ := entry.(Object)
	var paths []string
	for _, name := range all.names() {
		switch part := all[name].(type) {
		case Scalar:
			paths = append(paths, name)
		case Object:
			for _, inner := range scalarsOf(part) {
				paths = append(paths, name+"/"+inner)
			}
		}
	}
	return paths
}

func valuesOf(typeName string, entry Node, paths []string) string {
	if value, is := entry.(Scalar); is {
		return canonical(typeName, value.Text)
	}
	values := make([]string, len(paths))
	for i, path := range paths {
		values[i] = valueAt(typeName, entry, path)
	}
	return strings.Join(values, "\x00")
}

// valueAt is the text of the scalar at a path of scalarsOf in its one form, "" for what is empty or off.
func valueAt(typeName string, entry Node, path string) string {
	name, inner, deeper := strings.Cut(path, "/")
	all, _ := entry.(Object)
	field, _ := partOf(typeName, name)
	if deeper {
		return valueAt(field.Type, all[name], inner)
	}
	value, _ := all[name].(Scalar)
	if isEmpty(field.Type, value) {
		return ""
	}
	return canonical(field.Type, value.Text)
}

// listOf is an element as a list, which a single one of an unknown name may be.
func listOf(node Node) List {
	switch n := node.(type) {
	case nil:
		return nil
	case List:
		return n
	}
	return List{node}
}
