package sfmock

import (
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock/soql"
)

// soqlCatalog shows the org to the query engine as one caller sees it.
type soqlCatalog struct {
	call *call
}

// Object implements soql.Catalog.
func (s soqlCatalog) Object(name string) (soql.Object, bool) {
	ob := s.call.org.object(name)
	if ob == nil || !s.call.serves(ob) || !s.call.org.mayRead(s.call.session, ob) {
		return nil, false
	}
	return soqlObject{s.call, ob}, true
}

// soqlObject is one sObject for the query engine.
type soqlObject struct {
	call   *call
	object *object
}

// Name implements soql.Object.
func (s soqlObject) Name() string { return s.object.Name }

// Field implements soql.Object; a column hidden from the caller does not exist.
func (s soqlObject) Field(name string) (soql.Field, bool) {
	f := s.object.field(name)
	if f == nil || !s.call.sees(f) {
		return soql.Field{}, false
	}
	return soqlField(f), true
}

// Fields implements soql.Object.
func (s soqlObject) Fields() []soql.Field {
	var fields []soql.Field
	for _, f := range s.call.columns(s.object) {
		fields = append(fields, soqlField(f))
	}
	return fields
}

func soqlField(f *field) soql.Field {
	return soql.Field{
		Name: f.Name, Type: f.Type, Filterable: !f.NoFilter, Sortable: f.sortable(), Groupable: f.groupable(),
		Custom: isCustom(f.Name), CaseSensitive: f.CaseSensitive,
	}
}

// Parent implements soql.Object.
func (s soqlObject) Parent(relationship string) (foreignKey string, targets []string, ok bool) {
	for _, f := range s.call.columns(s.object) {
		if f.Relationship != "" && strings.EqualFold(f.Relationship, relationship) {
			return f.Name, f.Reference, true
		}
	}
	return "", nil, false
}

// Child implements soql.Object.
func (s soqlObject) Child(relationship string) (object, foreignKey string, ok bool) {
	for _, child := range s.object.children {
		if strings.EqualFold(child.Name, relationship) {
			return child.Object, child.Field, true
		}
	}
	return "", "", false
}

// Rows implements soql.Object.
func (s soqlObject) Rows() []soql.Row {
	return s.rows(s.call.org.rowsFor(s.call.session, s.object))
}

// DeletedRows implements soql.Archive.
func (s soqlObject) DeletedRows() []soql.Row {
	var deleted []*record
	for _, rec := range s.call.org.byID {
		if rec.deleted && rec.object == s.object {
			deleted = append(deleted, rec)
		}
	}
	return s.rows(deleted)
}

// Row implements soql.Object.
func (s soqlObject) Row(id string) (soql.Row, bool) {
	if s.object.Rows == nil {
		rec := s.call.org.live(id)
		if rec == nil || rec.object != s.object {
			return nil, false
		}
		return soqlRow{s.call.org, rec}, true
	}
	for _, rec := range s.object.Rows(s.call.org, s.call.session) {
		if rec.id == id {
			return soqlRow{s.call.org, rec}, true
		}
	}
	return nil, false
}

func (s soqlObject) rows(records []*record) []soql.Row {
	rows := make([]soql.Row, len(records))
	for i, rec := range records {
		rows[i] = soqlRow{s.call.org, rec}
	}
	return rows
}

// soqlRow is one record for the query engine.
type soqlRow struct {
	org    *Org
	record *record
}

// Value implements soql.Row.
func (s soqlRow) Value(name string) any {
	f := s.record.object.field(name)
	if f == nil {
		return nil
	}
	v := s.org.get(s.record, f)
	if day, isText := v.(string); isText && f.Type == "date" {
		return soql.Date(day)
	}
	return v
}
