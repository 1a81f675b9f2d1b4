package soql

import "strings"

// maxParentDepth is how many relationships a field path may follow.
const maxParentDepth = 5

// scope resolves the field paths of one query against the object it reads.
type scope struct {
	catalog Catalog
	query   *Query
	object  Object
}

// column is a field path, or an aggregate of one, that can be read from the rows of an object.
type column struct {
	Field
	pos  int
	own  bool // a field of the object itself, not of a parent
	read func(Row) any
}

func (c column) key(row Row) any { return c.Field.key(c.read(row)) }

// parts are the elements of a path without the object's alias or name in front.
func (s scope) parts(p path) []string {
	if len(p.parts) < 2 {
		return p.parts
	}
	if _, _, isParent := s.object.Parent(p.parts[0]); isParent {
		return p.parts
	}
	if strings.EqualFold(p.parts[0], s.query.alias) || strings.EqualFold(p.parts[0], s.object.Name()) {
		return p.parts[1:]
	}
	return p.parts
}

func (s scope) column(p path) (column, *Error) {
	parts := s.parts(p)
	if len(parts) > maxParentDepth+1 {
		return column{}, failAt(s.query.text, p.pos, invalidField,
			"SOQL statements cannot query parent relationships more than %d levels away from the root entity object.", maxParentDepth)
	}
	found, err := s.bind(s.object, parts, p.pos)
	found.pos, found.own = p.pos, len(parts) == 1
	return found, err
}

// plain resolves an operand of WHERE.
func (s scope) plain(e expression) (column, *Error) { return s.column(e.path) }

// bind follows parts from object. A polymorphic relationship leads to whatever object the
// id belongs to, and understands a field that any of its targets has.
func (s scope) bind(object Object, parts []string, pos int) (column, *Error) {
	if len(parts) == 1 {
		field, ok := object.Field(parts[0])
		if !ok {
			return column{}, noSuchColumn(s.query.text, pos, parts[0], object.Name())
		}
		return column{Field: field, read: func(row Row) any { return row.Value(field.Name) }}, nil
	}
	foreignKey, targets := s.parents(object, parts[0])
	if len(targets) == 0 {
		return column{}, failAt(s.query.text, pos, invalidField, "Didn't understand relationship '%s' in field path."+appendRelationship, parts[0])
	}
	type branch struct {
		target Object
		column column
	}
	var branches []branch
	var refused *Error
	for _, target := range targets {
		next, err := s.bind(target, parts[1:], pos)
		if err != nil {
			refused = err
			continue
		}
		branches = append(branches, branch{target, next})
	}
	if len(branches) == 0 {
		return column{}, refused
	}
	read := func(row Row) any {
		id, _ := row.Value(foreignKey).(string)
		for _, branch := range branches {
			if parent, ok := branch.target.Row(id); ok {
				return branch.column.read(parent)
			}
		}
		return nil
	}
	return column{Field: branches[0].column.Field, read: read}, nil
}

// parents resolves a relationship to the objects that the catalog knows.
func (s scope) parents(object Object, relationship string) (foreignKey string, targets []Object) {
	foreignKey, names, _ := object.Parent(relationship)
	for _, name := range names {
		if target, ok := s.catalog.Object(name); ok {
			targets = append(targets, target)
		}
	}
	return foreignKey, targets
}
