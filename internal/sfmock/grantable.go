package sfmock

import (
	"fmt"
	"slices"
	"strings"
)

// grantableObjects are the objects that object permissions may name, sorted.
func (o *Org) grantableObjects() []string {
	var names []string
	for _, ob := range o.objects {
		if ob.grantable() {
			names = append(names, ob.Name)
		}
	}
	slices.Sort(names)
	return names
}

// grantableFields are the columns that field permissions may name, as "Account.Industry", sorted.
func (o *Org) grantableFields() []string {
	var names []string
	for _, ob := range o.objects {
		for _, f := range ob.Fields {
			if f.Permissionable {
				names = append(names, ob.Name+"."+f.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// plural is the object's label for many.
func (ob *object) plural() string {
	label := ob.label()
	stem, isY := strings.CutSuffix(label, "y")
	switch {
	case isY:
		return stem + "ies"
	case strings.HasSuffix(label, "s"):
		return label
	default:
		return label + "s"
	}
}

// dataType is the column's type in the words of Setup.
func (f *field) dataType() string {
	switch {
	case f.Type == "reference" && f.Required && isCustom(f.Name):
		return "Master-Detail(" + strings.Join(f.Reference, ",") + ")"
	case f.Type == "reference":
		return "Lookup(" + strings.Join(f.Reference, ",") + ")"
	}
	name := dataTypes[f.Type]
	if strings.Contains(name, "%d") {
		return fmt.Sprintf(name, f.Length)
	}
	return name
}

// grantable tells whether object permissions may name the object.
func (ob *object) grantable() bool {
	return slices.ContainsFunc(ob.Fields, func(f *field) bool { return f.Permissionable })
}
