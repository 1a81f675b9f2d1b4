package soql

import (
	"slices"
	"strings"
)

// shape is how the records of one object are put together.
type shape struct {
	scope       scope
	url         string // start of attributes.url
	polymorphic bool
	slots       []*slot
}

// slot is one key of a record: a field, the record of a parent, or child records.
type slot struct {
	name       string
	foreignKey string
	parents    []*shape
	children   *children
}

// polymorphicType is what Salesforce calls the type of a polymorphic parent record.
const polymorphicType = "Name"

func (r *run) shape(s scope) (*shape, *Error) {
	result := r.emptyShape(s)
	for _, element := range s.query.selection {
		var err *Error
		switch {
		case element.child != nil:
			err = r.addChildren(result, element.child)
		case element.group != "":
			err = result.addGroup(element.group)
		case element.alias.text != "":
			err = failAt(s.query.text, element.alias.pos, malformedQuery, "only aggregate expressions use field aliasing")
		default:
			err = result.addPath(element.path)
		}
		if err != nil {
			return nil, err
		}
	}
	return result, nil
}

func (r *run) emptyShape(s scope) *shape {
	url := r.options.Path
	if r.options.Tooling {
		url += "/tooling"
	}
	return &shape{scope: s, url: url + "/sobjects/"}
}

func (s *shape) slot(name string) *slot {
	i := slices.IndexFunc(s.slots, func(slot *slot) bool { return strings.EqualFold(slot.name, name) })
	if i < 0 {
		return nil
	}
	return s.slots[i]
}

func (s *shape) addGroup(group string) *Error {
	for _, field := range s.scope.object.Fields() {
		if group == "ALL" || field.Custom == (group == "CUSTOM") {
			if !s.add([]string{field.Name}) {
				return duplicateField(field.Name)
			}
		}
	}
	return nil
}

func (s *shape) addPath(p path) *Error {
	if _, err := s.scope.column(p); err != nil {
		return err
	}
	if !s.add(s.scope.parts(p)) {
		return duplicateField(p.String())
	}
	return nil
}

func duplicateField(field string) *Error {
	return fail(invalidField, "duplicate field selected: %s", field)
}

// add makes room for a field that the scope has resolved, and is false for a duplicate.
// Where only some targets of a polymorphic relationship have the field, the others show null.
func (s *shape) add(parts []string) bool {
	if len(parts) == 1 {
		name := parts[0]
		if field, ok := s.scope.object.Field(name); ok {
			name = field.Name
		}
		if s.slot(name) != nil {
			return false
		}
		s.slots = append(s.slots, &slot{name: name})
		return true
	}
	foreignKey, targets := s.scope.parents(s.scope.object, parts[0])
	name := relationshipName(foreignKey, parts[0])
	parent := s.slot(name)
	if parent == nil {
		parent = &slot{name: name, foreignKey: foreignKey}
		for _, target := range targets {
			parent.parents = append(parent.parents, &shape{
				scope: scope{s.scope.catalog, s.scope.query, target}, url: s.url, polymorphic: len(targets) > 1,
			})
		}
		s.slots = append(s.slots, parent)
	}
	added := true
	for _, target := range parent.parents {
		added = target.add(parts[1:]) && added
	}
	return added
}

func (r *run) addChildren(s *shape, q *Query) *Error {
	found, err := r.children(s.scope, q)
	if err != nil {
		return err
	}
	if s.slot(q.relationship()) != nil {
		return duplicateField(q.relationship())
	}
	s.slots = append(s.slots, &slot{name: q.relationship(), children: found})
	return nil
}

// record reads a row.
func (s *shape) record(row Row) Record {
	record := Record{typeName: s.scope.object.Name(), cells: make([]cell, len(s.slots))}
	if id, _ := row.Value("Id").(string); id != "" {
		record.url = s.url + record.typeName + "/" + id
	}
	if s.polymorphic {
		record.typeName = polymorphicType
	}
	for i, slot := range s.slots {
		record.cells[i] = cell{slot.name, slot.read(row)}
	}
	return record
}

func (s *slot) read(row Row) any {
	switch {
	case s.children != nil:
		return s.children.of(row)
	case s.foreignKey == "":
		return row.Value(s.name)
	}
	id, _ := row.Value(s.foreignKey).(string)
	for _, parent := range s.parents {
		if found, ok := parent.scope.object.Row(id); ok {
			return parent.record(found)
		}
	}
	return nil
}

// relationshipName is the API name of the relationship of a foreign key, "ProfileId" or
// "Team__c", when that is what the statement spelled in another case.
func relationshipName(foreignKey, spelled string) string {
	name, custom := strings.CutSuffix(foreignKey, "__c")
	if custom {
		name += "__r"
	} else {
		name = strings.TrimSuffix(name, "Id")
	}
	if strings.EqualFold(name, spelled) {
		return name
	}
	return spelled
}
