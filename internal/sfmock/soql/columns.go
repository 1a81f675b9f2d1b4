package soql

import "fmt"

// Column describes one column of a query's answer.
type Column struct {
	Name, Display string
	Type          string // of the field; empty for a parent, a sub-query or a function
	Aggregate     bool   // a function or a sub-query
	Joined        []Column
}

// Columns describes what a run of the query against the catalog answers, in SELECT order. Names have the API's case as far as
// the catalog knows them.
func (q *Query) Columns(c Catalog) []Column {
	from, _ := c.Object(q.from.text)
	var columns []Column
	functions := 0
	for _, s := range q.selection {
		switch {
		case s.child != nil:
			columns = append(columns, Column{Name: s.child.from.text, Display: s.child.from.text, Aggregate: true, Joined: s.child.Columns(childCatalog{c, from})})
		case s.group != "" && from != nil:
			for _, f := range from.Fields() {
				if s.group == "ALL" || (s.group == "CUSTOM") == f.Custom {
					columns = append(columns, Column{Name: f.Name, Display: f.Name, Type: f.Type})
				}
			}
		case s.function != "":
			column := Column{Name: s.alias.text, Display: s.String(), Aggregate: true}
			if column.Name == "" {
				column.Name = fmt.Sprintf("expr%d", functions)
				functions++
			}
			columns = append(columns, column)
		default:
			columns = append(columns, pathColumn(c, from, s.parts))
		}
	}
	return columns
}

// pathColumn describes a field, within the parents that lead to it.
func pathColumn(c Catalog, ob Object, parts []string) Column {
	column := Column{Name: parts[0], Display: parts[0]}
	if len(parts) == 1 {
		if ob != nil {
			if f, ok := ob.Field(parts[0]); ok {
				column.Name, column.Display, column.Type = f.Name, f.Name, f.Type
			}
		}
		return column
	}
	var parent Object
	if ob != nil {
		if _, targets, ok := ob.Parent(parts[0]); ok && len(targets) > 0 {
			parent, _ = c.Object(targets[0])
		}
	}
	column.Joined = []Column{pathColumn(c, parent, parts[1:])}
	return column
}

// childCatalog finds the object of a sub-query, which names a relationship of its parent.
type childCatalog struct {
	Catalog
	parent Object
}

// Object implements Catalog.
func (c childCatalog) Object(name string) (Object, bool) {
	if c.parent != nil {
		if child, _, ok := c.parent.Child(name); ok {
			name = child
		}
	}
	return c.Catalog.Object(name)
}
