package sfmock

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// stamped is a component type that knows its members' ids and dates.
type stamped interface {
	stampOf(o *Org, fullName string) stamp
}

func (p permissionSetComponent) stampOf(o *Org, fullName string) stamp {
	return recordStamp(p.find(o, fullName))
}

func (p profileComponent) stampOf(o *Org, fullName string) stamp {
	return recordStamp(p.find(o, fullName))
}

func recordStamp(rec *record) stamp {
	if rec == nil {
		return stamp{}
	}
	created, _ := rec.values["CreatedDate"].(time.Time)
	modified, _ := rec.values["LastModifiedDate"].(time.Time)
	return stamp{rec.id, created, modified}
}

// maxListQueries is how many types one listMetadata may ask for.
const maxListQueries = 3

// list answers with FileProperties. The org keeps no authors: whoever asks is named.
func (m *metadataCall) list() ([]element, *apiError) {
	queries := m.request.all("queries")
	if len(queries) > maxListQueries {
		return nil, soapFault(unsureListLimitCode, unsureListLimit)
	}
	var results []element
	for _, query := range queries {
		named := query.value("type")
		if _, ok := m.org.component(named); !ok && named != settingsFamily {
			return nil, errNoType()
		}
		for _, found := range m.org.everyComponent(named) {
			keeper, _ := m.org.component(found.typeName)
			results = append(results, m.org.fileProperties(m.session, found.typeName, found.fullName, keeper))
		}
	}
	m.org.random.Shuffle(len(results), func(i, j int) { results[i], results[j] = results[j], results[i] })
	return results, nil
}

func (o *Org) fileProperties(caller *session, typeName, fullName string, keeper component) element {
	var s stamp
	if known, ok := keeper.(stamped); ok {
		s = known.stampOf(o, fullName)
	}
	shown := typeName
	if isSettings(typeName) {
		shown = settingsFamily // the sf CLI takes no other
	}
	user := caller.user
	name := personName(user)
	managed := []element{leaf("manageableState", "unmanaged")}
	if namespace := sfschema.Namespace(typeName, fullName); namespace != "" {
		managed = []element{leaf("manageableState", "installed"), leaf("namespacePrefix", namespace)}
	}
	return branch("result", slices.Concat([]element{
		leaf("createdById", user.id), leaf("createdByName", name), leaf("createdDate", soapTime(s.created)),
		leaf("fileName", componentPath(typeName, fullName)), leaf("fullName", fullName), leaf("id", s.id),
		leaf("lastModifiedById", user.id), leaf("lastModifiedByName", name), leaf("lastModifiedDate", soapTime(s.modified)),
	}, managed, []element{leaf("type", shown)})...)
}

func soapTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0) // as Salesforce dates what it brought along
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// personName is how answers name a user.
func personName(user *record) string {
	return strings.TrimSpace(user.str("FirstName") + " " + user.str("LastName"))
}

func (m *metadataCall) describe() ([]element, *apiError) {
	answer := branch("result")
	for _, typeName := range manifestTypes() {
		folder, suffix, _ := location(typeName)
		described := branch("metadataObjects")
		for _, child := range slices.Sorted(maps.Keys(childTypes)) {
			if childTypes[child].parent == typeName {
				described.children = append(described.children, leaf("childXmlNames", child))
			}
		}
		described.children = append(described.children, leaf("directoryName", folder), flagLeaf("inFolder", false),
			flagLeaf("metaFile", hasContent(typeName)), leaf("suffix", suffix), leaf("xmlName", typeName))
		answer.children = append(answer.children, described)
	}
	answer.children = append(answer.children, leaf("organizationNamespace", ""), flagLeaf("partialSaveAllowed", true), flagLeaf("testRequired", false))
	return []element{answer}, nil
}

// describeType answers what the WSDL says of a type.
func (m *metadataCall) describeType() ([]element, *apiError) {
	typeName := strings.TrimPrefix(m.request.value("type"), "{"+metadataSpace+"}")
	t, ok := sfschema.LookupType(typeName)
	if !ok {
		return nil, errNoType()
	}
	answer := branch("result", flagLeaf("apiCreatable", t.Component), flagLeaf("apiDeletable", t.Component), flagLeaf("apiReadable", t.Component), flagLeaf("apiUpdatable", t.Component))
	answer.children = append(answer.children, describeFields(t)...)
	return []element{answer}, nil
}

// describeFields stops at the first level: what a part of a type looks like is asked for by the part's own name.
func describeFields(t sfschema.Type) []element {
	var fields []element
	for _, f := range t.Fields {
		one := branch("valueTypeFields", flagLeaf("isForeignKey", false), flagLeaf("isNameField", f.Name == "fullName"))
		if !f.List {
			one.children = append(one.children, leaf("maxOccurs", "1"))
		}
		minimum, soapType := "0", f.Type
		if f.Required {
			minimum = "1"
		}
		one.children = append(one.children, leaf("minOccurs", minimum), leaf("name", f.Name))
		values, isEnum := sfschema.Enum(f.Type)
		for _, value := range values {
			one.children = append(one.children, branch("picklistValues", flagLeaf("active", true), flagLeaf("defaultValue", false), leaf("value", value)))
		}
		if isEnum {
			soapType = "picklist"
		}
		one.children = append(one.children, leaf("soapType", soapType), flagLeaf("valueRequired", f.Required))
		fields = append(fields, one)
	}
	return fields
}
