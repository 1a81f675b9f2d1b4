package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// savedRecord is a record, its values without those that are null.
type savedRecord struct {
	Object   string
	ID       string
	Deleted  bool `json:",omitempty"`
	Values   map[string]any
	Sections map[string][]map[string]any `json:",omitempty"`
}

// savedComponent is a plain component, its content as XML.
type savedComponent struct {
	Type, FullName    string
	Content           string
	ID                string
	Created, Modified time.Time
	DefaultPolicyOf   int `json:",omitempty"` // number of the request that it came along with
}

func (o *Org) savedRecords() []savedRecord {
	var all []savedRecord
	for _, id := range slices.Sorted(maps.Keys(o.byID)) {
		rec := o.byID[id]
		values := maps.Clone(rec.values)
		maps.DeleteFunc(values, func(column string, value any) bool { return value == nil || rec.object.field(column) == nil })
		all = append(all, savedRecord{rec.object.Name, rec.id, rec.deleted, values, rec.sections})
	}
	return all
}

func (o *Org) restoreRecords(saved []savedRecord) error {
	for _, s := range saved {
		ob := o.object(s.Object)
		if ob == nil {
			return fmt.Errorf("record %s: there is no object %q", s.ID, s.Object)
		}
		id, ok := normalID(s.ID)
		if !ok || o.byID[id] != nil {
			return fmt.Errorf("the id %q of an object %s is malformed or used twice", s.ID, s.Object)
		}
		rec := &record{object: ob, id: id, deleted: s.Deleted, values: map[string]any{}, sections: s.Sections}
		if rec.sections == nil {
			rec.sections = map[string][]map[string]any{}
		}
		for column, value := range s.Values {
			f := ob.field(column)
			if f == nil {
				return fmt.Errorf("record %s: %s has no column %q", s.ID, ob.Name, column)
			}
			v, err := columnValue(f, value)
			if err != nil {
				return fmt.Errorf("record %s, column %s: %w", s.ID, column, err)
			}
			rec.values[f.Name] = v
		}
		if rec.deleted {
			o.byID[id] = rec
		} else {
			o.put(rec)
		}
	}
	return nil
}

// danglingReference tells of an id that no record has.
func (o *Org) danglingReference() error {
	for _, rec := range o.byID {
		for _, f := range rec.object.Fields {
			if id := rec.str(f.Name); f.Type == "reference" && f.Reference != nil && id != "" && o.byID[id] == nil {
				return fmt.Errorf("record %s, column %s: there is no record %q", rec.id, f.Name, id)
			}
		}
	}
	return nil
}

// columnValue is a decoded JSON value as records keep it.
func columnValue(f *field, value any) (any, error) {
	switch v := value.(type) {
	case bool:
		return v, nil
	case json.Number:
		if f.Type == "int" {
			return v.Int64()
		}
		return v.Float64()
	case string:
		if f.Type == "datetime" {
			return time.Parse(time.RFC3339, v)
		}
		return v, nil
	default:
		return nil, errors.New("a value is a text, a number or a boolean")
	}
}

func (o *Org) savedComponents() []savedComponent {
	var all []savedComponent
	for _, typeName := range slices.Sorted(maps.Keys(o.components)) {
		for _, key := range slices.Sorted(maps.Keys(o.components[typeName])) {
			s := o.components[typeName][key]
			all = append(all, savedComponent{typeName, s.fullName, xmlText(s.content), s.stamp.id, s.stamp.created, s.stamp.modified, o.defaultPolicies[s]})
		}
	}
	return all
}

func (o *Org) restoreComponents(saved []savedComponent) error {
	for _, s := range saved {
		content, err := readXMLText(s.Content)
		if err != nil {
			return fmt.Errorf("the content of %s %s: %w", s.Type, s.FullName, err)
		}
		one := &stored{fullName: s.FullName, content: content, stamp: stamp{s.ID, s.Created, s.Modified}}
		if s.DefaultPolicyOf != 0 {
			o.defaultPolicies[one] = s.DefaultPolicyOf
		}
		plainComponent(s.Type).put(o, s.FullName, one)
	}
	return nil
}

// xmlText is an element within one that declares the namespace of what it may say of nil and types.
func xmlText(e element) string {
	var text bytes.Buffer
	text.WriteString(`<content xmlns:xsi="` + instanceSpace + `">`)
	e.write(&text)
	text.WriteString("</content>")
	return text.String()
}

func readXMLText(text string) (element, error) {
	around, err := parseXML([]byte(text))
	if err != nil {
		return element{}, err
	}
	if len(around.children) != 1 {
		return element{}, errors.New("it is not one element")
	}
	return around.children[0], nil
}
