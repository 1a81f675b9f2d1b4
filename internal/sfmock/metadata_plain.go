package sfmock

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// plainComponent is a metadata type without rules of its own: what was written is kept and given back.
type plainComponent string

// stored is one plain component.
type stored struct {
	fullName string
	content  element
	stamp    stamp
}

// stamp is what a listing tells of a component besides its name.
type stamp struct {
	id                string
	created, modified time.Time
}

// find returns what was written. Of a type with records it is what the record shows, which others may have changed or made; what has
// no column is as it was written.
func (p plainComponent) find(o *Org, fullName string) *stored {
	written := o.components[string(p)][strings.ToLower(fullName)]
	face, has := twins[p]
	if !has {
		return written
	}
	rec := p.twinOf(o, fullName)
	if rec == nil {
		return nil
	}
	s := stored{content: branch(string(p)), stamp: recordStamp(rec)}
	if written != nil {
		s.content = written.content
	}
	s.fullName = packageName(rec, face.Name)
	s.content = s.content.with(leaf("fullName", s.fullName))
	for column, name := range face.Columns {
		s.content = s.content.without(name)
		if v := rec.values[column]; v != nil {
			s.content = s.content.with(leaf(name, fmt.Sprint(jsonValue(v))))
		}
	}
	s.content = withDefaults(string(p), s.content)
	return &s
}

// put keeps a component under a name, nil for none any more.
func (p plainComponent) put(o *Org, fullName string, s *stored) {
	key := strings.ToLower(fullName)
	if o.components[string(p)] == nil {
		o.components[string(p)] = map[string]*stored{}
	}
	before, was := o.components[string(p)][key]
	o.undo(func() {
		if delete(o.components[string(p)], key); was {
			o.components[string(p)][key] = before
		}
	})
	if delete(o.components[string(p)], key); s != nil {
		o.components[string(p)][key] = s
	}
}

func (p plainComponent) names(o *Org) []string {
	var names []string
	if face, has := twins[p]; has {
		for _, rec := range o.rows(face.Object) {
			names = append(names, packageName(rec, face.Name))
		}
		return names
	}
	for _, s := range o.components[string(p)] {
		names = append(names, s.fullName)
	}
	return names
}

func (p plainComponent) read(o *Org, fullName string) (element, bool) {
	s := p.find(o, fullName)
	if s == nil {
		return element{}, false
	}
	return s.content, true
}

func (p plainComponent) write(o *Org, _ *session, fullName string, content element, how verb) (created bool, err *apiError) {
	before := p.find(o, fullName)
	if err := settle(string(p), fullName, before != nil, how); err != nil {
		return false, err
	}
	s := &stored{fullName: fullName, content: withDefaults(string(p), content), stamp: stamp{modified: o.now()}}
	if before != nil {
		s.stamp.id, s.stamp.created = before.stamp.id, before.stamp.created
	} else {
		s.stamp.id, s.stamp.created = o.newID(plainPrefix), o.now()
	}
	p.put(o, fullName, s)
	return before == nil, p.saveTwin(o, s)
}

// plainPrefix begins the ids of plain components, whose objects this org doesn't have.
const plainPrefix = "0M0"

func (p plainComponent) remove(o *Org, _ *session, fullName string) *apiError {
	s := p.find(o, fullName)
	if s == nil {
		return errNoComponent(string(p), fullName)
	}
	p.put(o, s.fullName, nil)
	if rec := p.twinOf(o, fullName); rec != nil {
		return o.remove(nil, rec)
	}
	return nil
}

func (p plainComponent) rename(o *Org, _ *session, from, to string) *apiError {
	before := p.find(o, from)
	if before == nil {
		return errNoComponent(string(p), from)
	}
	s := *before
	s.fullName, s.stamp.modified = to, o.now()
	s.content.children = nil
	for _, c := range before.content.children {
		if c.name == "fullName" {
			c.text = to
		}
		s.content.children = append(s.content.children, c)
	}
	p.put(o, from, nil)
	p.put(o, to, &s)
	if rec := p.twinOf(o, from); rec != nil {
		return o.update(nil, rec, map[string]any{twins[p].Name: to})
	}
	return nil
}

// stampOf implements stamped.
func (p plainComponent) stampOf(o *Org, fullName string) (s stamp) {
	if known := p.find(o, fullName); known != nil {
		s = known.stamp
	}
	return s
}

// twin is the sObject face of a plain type: the column of the full name, and columns filled from elements.
type twin struct {
	Object, Name string
	Columns      map[string]string
}

var twins = map[plainComponent]twin{
	"ApexClass":           {"ApexClass", "Name", map[string]string{"ApiVersion": "apiVersion", "Status": "status"}},
	"ApexPage":            {"ApexPage", "Name", map[string]string{"ApiVersion": "apiVersion", "MasterLabel": "label"}},
	"CustomPermission":    {"CustomPermission", "DeveloperName", map[string]string{"MasterLabel": "label", "Description": "description", "IsLicensed": "isLicensed"}},
	"MutingPermissionSet": {"MutingPermissionSet", "DeveloperName", map[string]string{"MasterLabel": "label", "Description": "description"}},
	"Flow":                {"FlowDefinition", "DeveloperName", map[string]string{"MasterLabel": "label", "Description": "description"}},
}

func (p plainComponent) twinOf(o *Org, fullName string) *record {
	face, has := twins[p]
	if !has {
		return nil
	}
	return o.named(face.Object, face.Name, fullName)
}

// named is the record of a full name, which begins with the namespace of the package that the record came with.
func (o *Org) named(objectName, column, fullName string) *record {
	namespace, local, managed := strings.Cut(fullName, "__")
	if !managed {
		namespace, local = "", fullName
	}
	for _, rec := range o.tables[strings.ToLower(objectName)] {
		if strings.EqualFold(rec.str(column), local) && strings.EqualFold(rec.str("NamespacePrefix"), namespace) {
			return rec
		}
	}
	return nil
}

// packageName is the full name of a record.
func packageName(rec *record, column string) string {
	if namespace := rec.str("NamespacePrefix"); namespace != "" {
		return namespace + "__" + rec.str(column)
	}
	return rec.str(column)
}

func (p plainComponent) saveTwin(o *Org, s *stored) *apiError {
	face, has := twins[p]
	if !has {
		return nil
	}
	ob := o.object(face.Object)
	values := map[string]any{face.Name: s.fullName}
	if namespace, local, managed := strings.Cut(s.fullName, "__"); managed {
		values[face.Name], values["NamespacePrefix"] = local, namespace
	}
	for column, name := range face.Columns {
		value := s.content.value(name)
		if values[column] = value; ob.field(column).Type == "double" {
			values[column] = json.Number(value)
		}
	}
	if rec := p.twinOf(o, s.fullName); rec != nil {
		return o.update(nil, rec, values)
	}
	_, err := o.insert(nil, ob, values)
	return err
}
