package sfmock

import (
	"slices"
	"strings"
)

// object is what describe says of an sObject, plus the rules that its records obey.
type object struct {
	Name, Label, Prefix string
	Fields              []*field
	Creatable           bool // the API's verbs, whoever calls
	Updatable           bool
	Deletable           bool
	Setup               bool     // may not share a transaction with ordinary records (MIXED_DML_OPERATION)
	Tooling             bool     // also served under /tooling
	ToolingWrite        bool     // for writers too, with the same verbs
	ToolingOnly         bool     // and not by the data API
	Component           string   // metadata type of a virtual object whose Metadata column may be written, "" for none
	WriteWith           string   // user permission that a writer needs, "" for none
	PageRows, MostRows  int      // that a query hands out on a page and in all, 0 for what queries of other objects do
	ReadWith            string   // user permission without which the object does not exist for the caller, "" for none
	OthersWith          []string // user permissions of which a reader needs one to see rows whose UserId is somebody else's
	Indexes             []string // columns, or several separated by spaces, that records are looked up by; see Org.indexed
	Rules               rules    `json:"-"`
	// Rows makes the rows of a virtual object for one caller (nil is the org itself) instead of reading stored records; their object and id are set.
	Rows func(*Org, *session) []*record `json:"-"`
	// Implied makes the rows that callers find beside the stored records.
	Implied func(*Org) []*record `json:"-"`

	byName   map[string]*field // by lower-case name
	children []child
}

// field is one column. The zero value is a read-only, nillable, filterable column.
type field struct {
	Name, Type, Label string
	Length            int
	Create, Update    bool
	Required          bool // must be sent at create and may not become null
	Permissionable    bool // field permissions may name it: not ids, required, system or master-detail columns
	NotNull           bool // never null: defaulted at create
	NoFilter          bool // refused in WHERE
	NoSort, NoGroup   bool
	Unique            bool // no two records, ignoring case
	CaseSensitive     bool
	IDLookup          bool                    // upserts and reads may address a record by it; unique custom columns, which are external ids, need no mark
	Picklist          []string                // restricted values
	Values            func(*Org) []string     `json:"-"` // restricted values that depend on the org
	Allows            func(*Org, string) bool `json:"-"` // replaces the search in Values, where those are many or have other spellings
	Reference         []string                // objects that the id may point to
	Relationship      string                  // the parent's name in paths
	ChildName         string                  // the relationship's name seen from the parent, "" for none
	Default           any                     // at create
	Compute           func(*Org, *record) any `json:"-"` // never stored
	ToolingOnly       bool                    // the column does not exist outside the Tooling API
	VisibleWith       string                  // user permission without which the column does not exist for the caller
}

// child is a relationship seen from its parent.
type child struct {
	Name, Object, Field string
}

// rules are called with the generic checks (columns, types, lengths, references, uniqueness) already passed.
type rules struct {
	BeforeSave   func(*change) *apiError // may fill or correct change.rec.values
	AfterSave    func(*change) *apiError
	BeforeDelete func(*change) *apiError
	AfterDelete  func(*change) *apiError
}

// change is one record being written.
type change struct {
	org    *Org
	caller *session       // nil when the org itself or a test (as an administrator in Setup) writes
	rec    *record        // with the new values
	old    map[string]any // values before, nil at create
}

// changed tells whether the write sets field to another value than before; at create, whether it has a value.
func (c *change) changed(field string) bool {
	if c.old == nil {
		return c.rec.values[field] != nil
	}
	return c.old[field] != c.rec.values[field]
}

func (ob *object) field(name string) *field { return ob.byName[strings.ToLower(name)] }

// values are the restricted picklist values of the column in this org, nil when any value goes.
func (f *field) values(o *Org) []string {
	if f.Values != nil {
		return f.Values(o)
	}
	return f.Picklist
}

// allows tells whether the column takes a value.
func (f *field) allows(o *Org, value string) bool {
	if f.Allows != nil {
		return f.Allows(o, value)
	}
	allowed := f.values(o)
	return allowed == nil || slices.Contains(allowed, value)
}

// catalog links the objects' tables of facts: names, and children from references.
func catalog(objects []*object) map[string]*object {
	byName := make(map[string]*object, len(objects))
	for _, ob := range objects {
		ob.Fields = slices.Concat(systemFields(), ob.Fields)
		ob.byName = make(map[string]*field, len(ob.Fields))
		for _, f := range ob.Fields {
			if f.Label == "" {
				f.Label = f.Name
			}
			ob.byName[strings.ToLower(f.Name)] = f
			if f.Unique && !slices.Contains(ob.Indexes, f.Name) {
				ob.Indexes = append(ob.Indexes, f.Name)
			}
		}
		byName[strings.ToLower(ob.Name)] = ob
	}
	for _, ob := range objects {
		for _, f := range ob.Fields {
			for _, target := range f.Reference {
				if parent := byName[strings.ToLower(target)]; parent != nil && f.ChildName != "" {
					parent.children = append(parent.children, child{f.ChildName, ob.Name, f.Name})
				}
			}
		}
	}
	return byName
}

func systemFields() []*field {
	return []*field{
		{Name: "Id", Type: "id", Length: 18, NotNull: true},
		{Name: "CreatedDate", Type: "datetime", NotNull: true},
		{Name: "LastModifiedDate", Type: "datetime", NotNull: true},
		{Name: "SystemModstamp", Type: "datetime", NotNull: true},
	}
}
