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

// grantableField completes the name of a column as Object.Field, where a look-up may lack its Id; full is "" for an unknown one.
func (o *Org) grantableField(name string) (full string, grantable bool) {
	objectName, column, _ := strings.Cut(name, ".")
	ob := o.object(objectName)
	if ob == nil {
		return "", false
	}
	f := ob.field(column)
	if lookup := ob.field(column + "Id"); f == nil && lookup != nil && lookup.Type == "reference" {
		f = lookup
	}
	if f == nil {
		return "", false
	}
	return ob.Name + "." + f.Name, f.Permissionable
}

func isGrantableField(o *Org, name string) bool {
	_, grantable := o.grantableField(name)
	return grantable
}

// metadataField is the name of Object.Field in metadata, where standard look-ups drop their Id.
func (o *Org) metadataField(name string) string {
	objectName, column, _ := strings.Cut(name, ".")
	if ob := o.object(objectName); ob != nil && !isCustom(column) {
		if f := ob.field(column); f != nil && f.Type == "reference" {
			return strings.TrimSuffix(name, "Id")
		}
	}
	return name
}
