package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// savedSchema is how the objects differ from those that every org has: objects of its own, and the columns of others to which one
// was added, changed or removed.
func (o *Org) savedSchema() (objects []*object, columns map[string][]*field) {
	standard := catalog(allObjects())
	columns = map[string][]*field{}
	for _, name := range slices.Sorted(maps.Keys(o.objects)) {
		switch ob := o.objects[name]; {
		case standard[name] == nil:
			own := *ob
			own.Fields = ob.Fields[len(systemFields()):]
			objects = append(objects, &own)
		case !slices.EqualFunc(ob.Fields, standard[name].Fields, alike):
			columns[ob.Name] = ob.Fields
		}
	}
	return objects, columns
}

// restoreSchema makes the objects differ again. A standard column stays, as this sfmock knows it; a custom one that is as it is in every
// org stays too, with the functions that JSON lacks.
func (o *Org) restoreSchema(objects []*object, columns map[string][]*field) error {
	for _, ob := range objects {
		if ob == nil || ob.Name == "" || o.object(ob.Name) != nil || len(ob.Prefix) != prefixLength || slices.Contains(ob.Fields, nil) {
			return errors.New("a custom object has no name or a standard one's, no key prefix or an empty column")
		}
	}
	maps.Copy(o.objects, catalog(objects))
	for name, fields := range columns {
		ob := o.object(name)
		if ob == nil || slices.Contains(fields, nil) {
			return fmt.Errorf("%q is no object, or has an empty column", name)
		}
		standard := ob.byName
		ob.Fields, ob.byName = slices.DeleteFunc(ob.Fields, func(f *field) bool { return isCustom(f.Name) }), map[string]*field{}
		for _, f := range fields {
			known := standard[strings.ToLower(f.Name)]
			if known != nil && alike(known, f) {
				f = known
			}
			if known == nil || isCustom(f.Name) {
				ob.Fields = append(ob.Fields, f)
			}
		}
		for _, f := range ob.Fields {
			ob.byName[strings.ToLower(f.Name)] = f
		}
	}
	return nil
}

// prefixLength is how many characters of an id tell the object, and as many tell the pod.
const prefixLength = 3

// alike compares columns but for their functions.
func alike(a, b *field) bool {
	one, err1 := json.Marshal(a)
	other, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(one, other)
}
