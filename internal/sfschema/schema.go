package sfschema

import (
	_ "embed"
	"slices"
	"sync"
)

// Type is one complex type of the Metadata API: a component type (PermissionSet) or a part of one
// (PermissionSetFieldPermissions). Types of the SOAP calls themselves (DeployResult) are left out.
type Type struct {
	Name      string
	Component bool    // extends Metadata: has a fullName and can be read and written by itself
	Fields    []Field // inherited ones first, then in WSDL (alphabetical) order; shared, read-only
}

// Field is one element of a [Type].
type Field struct {
	Name string

	// Type names another Type, an Enum, or an XML Schema type: string, boolean, int, double, dateTime, base64Binary or
	// anyType. The source does not tell all of these apart: a number is double unless it is documented as int, date and
	// time are given as dateTime, most binary content as string, and anyType is also a type that the public WSDL names
	// without defining it.
	Type string

	List     bool // may appear any number of times, none included
	Required bool // appears exactly once; the guide sometimes calls more fields required than the WSDL
	Since    int  // first API version with the field; 0 = v65, the oldest version compared, has it already
}

//go:embed schema.json.gz
var packed []byte

var load = sync.OnceValue(func() *schema {
	loaded, err := decode(packed)
	if err != nil {
		panic("sfschema: the embedded schema.json.gz is broken: " + err.Error())
	}
	return loaded
})

// Version returns the API version that the schema describes, such as 68 for v68.0.
func Version() int { return load().version }

// LookupType returns the component type, or part of one, with this exact name.
func LookupType(name string) (Type, bool) {
	t, ok := load().types[name]
	return t, ok
}

// Field returns the field of this exact name, inherited ones included.
func (t Type) Field(name string) (Field, bool) {
	i := slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return t.Fields[i], true
}

// Components returns the sorted names of the component types.
func Components() []string { return slices.Clone(load().components) }

// Enum returns the values of the enumeration with this exact name, in the order of the WSDL.
func Enum(name string) (values []string, ok bool) {
	values, ok = load().enums[name]
	return slices.Clone(values), ok
}

// UserPermissions returns the sorted API names of the user permissions, such as ApiEnabled: the boolean Permissions*
// columns of the Tooling API's PermissionSet, without that prefix. An org has only those its edition and licences bring.
func UserPermissions() []string { return slices.Clone(load().userPermissions) }
