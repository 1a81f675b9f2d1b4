package sfmock

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// partOfObject tells which section of which object a file of source format is: objects/Account/fields/Code__c.field-meta.xml.
func partOfObject(name string) (object, section string, ok bool) {
	parts := strings.Split(name, "/")
	n := len(parts)
	if n < 4 || parts[n-4] != objectsFolder || !strings.HasSuffix(name, metaSuffix) {
		return "", "", false
	}
	t, _ := sfschema.LookupType("CustomObject")
	f, known := t.Field(parts[n-2])
	return parts[n-3], parts[n-2], known && f.List
}

// addPart puts a part into the file that metadata format has for the whole object. Of an object that the folder doesn't
// describe itself only the custom fields are of use.
func (s *seedFolder) addPart(name, object, section string, content []byte) error {
	part, err := parseXML(content)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fullName := part.value("fullName")
	at := componentPath("CustomObject", object)
	if section == "fields" {
		if !isCustom(fullName) {
			s.leftOut = append(s.leftOut, name)
			return nil
		}
		s.add(name, packageMember{"CustomField", "CustomField", object + "." + fullName})
	}
	part.name = section
	whole := s.objects[at]
	whole.name = cmp.Or(whole.name, "CustomObject")
	whole.children = append(whole.children, part)
	s.objects[at] = whole
	return nil
}

// addObject adds an object's own file, which in metadata format has the fields in it.
func (s *seedFolder) addObject(name string, m packageMember, file element) {
	at := componentPath(m.typeName, m.fullName)
	for _, entry := range file.all("fields") {
		if own := entry.value("fullName"); isCustom(own) {
			s.add(name, packageMember{"CustomField", "CustomField", m.fullName + "." + own})
		}
	}
	whole := s.objects[at]
	file.children = slices.Concat(file.children, whole.children)
	s.objects[at] = file
	s.add(name, m)
}
