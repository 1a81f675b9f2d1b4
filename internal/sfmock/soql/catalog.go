// Package soql parses SOQL statements and runs them over the rows of a mock org,
// with the semantics and the error texts of Salesforce's REST query resource.
package soql

import "time"

// Catalog is what an org knows of its objects. Look-ups ignore case.
type Catalog interface {
	Object(name string) (Object, bool)
}

// Object is one queryable type. Look-ups ignore case.
type Object interface {
	// Name is the API name in its own case.
	Name() string
	Field(name string) (Field, bool)
	// Fields lists the fields in describe order, which is the order of FIELDS(ALL).
	Fields() []Field
	// Parent resolves a child-to-parent relationship: "Profile" is the foreign key
	// "ProfileId" and the target "Profile". Polymorphic look-ups name several targets.
	Parent(relationship string) (foreignKey string, targets []string, ok bool)
	// Child resolves a parent-to-child relationship to the child object and the
	// field of it that points back.
	Child(relationship string) (object, foreignKey string, ok bool)
	// Rows returns the live rows in no particular order.
	Rows() []Row
	// Row finds a live row by its 18-character id.
	Row(id string) (Row, bool)
}

// Archive is an Object that also remembers deleted rows, which queryAll sees.
type Archive interface {
	Object
	DeletedRows() []Row
}

// Field describes one column. Type is a describe type: id, reference, string, textarea,
// picklist, multipicklist, email, phone, url, boolean, int, double, currency, percent,
// date, datetime; anything else compares as a string.
type Field struct {
	Name, Type                                             string
	Filterable, Sortable, Groupable, Custom, CaseSensitive bool
}

// Row is one record.
type Row interface {
	// Value returns the field named in its API case: nil, string, bool, int64,
	// float64, time.Time (datetime, in UTC) or Date. Ids have 18 characters.
	Value(field string) any
}

// Date is a calendar day, "2006-01-02".
type Date string

// Options are the circumstances of one run.
type Options struct {
	Now     time.Time // what TODAY and its relatives refer to
	Path    string    // "/services/data/v68.0", the start of attributes.url
	Tooling bool      // the statement came in through the Tooling API
	All     bool      // queryAll: deleted rows too
}

// Result is what a statement returned, before it is cut into pages.
type Result struct {
	TotalSize int
	Records   []Record
	CountOnly bool // SELECT COUNT(): TotalSize is the answer, there are no records
}
