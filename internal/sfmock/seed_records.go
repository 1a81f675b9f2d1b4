package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// seedRecord is one record of a file in the form of "sf data export tree".
type seedRecord struct {
	file   string
	number int // in the file, from 1
	object string
	name   string // referenceId, "" for none
	values map[string]any
}

func (r seedRecord) String() string {
	if r.name != "" {
		return fmt.Sprintf("%s: %s %s", r.file, r.object, r.name)
	}
	return fmt.Sprintf("%s: %s, record %d", r.file, r.object, r.number)
}

func (s *seedFolder) readRecords(folder fs.FS) error {
	files, err := fs.Glob(folder, recordsFolder+"/*.json")
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "-plan.json") { // the order of records is found by trying
			continue
		}
		content, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		if err := s.readRecordFile(file, content); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func (s *seedFolder) readRecordFile(file string, content []byte) error {
	var tree struct {
		Records []map[string]any `json:"records"`
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return err
	}
	for i, values := range tree.Records {
		attributes, _ := values["attributes"].(map[string]any)
		object, _ := attributes["type"].(string)
		name, _ := attributes["referenceId"].(string)
		if object == "" {
			return fmt.Errorf("record %d has no attributes.type", i+1)
		}
		delete(values, "attributes")
		s.records = append(s.records, seedRecord{path.Clean(file), i + 1, object, name, values})
	}
	return nil
}

// insertSeed inserts all records that can be inserted in some order.
func (o *Org) insertSeed(open []seedRecord) error {
	ids := map[string]string{} // by referenceId
	for len(open) > 0 {
		var stuck []seedRecord
		var reasons []error
		for _, r := range open {
			id, err := o.insertSeedRecord(r, ids)
			if err != nil {
				stuck, reasons = append(stuck, r), append(reasons, fmt.Errorf("%s: %w", r, err))
				continue
			}
			if r.name != "" {
				ids[r.name] = id
			}
		}
		if len(stuck) == len(open) {
			return errors.Join(reasons...)
		}
		open = stuck
	}
	return nil
}

func (o *Org) insertSeedRecord(r seedRecord, ids map[string]string) (id string, err error) {
	ob := o.object(r.object)
	if ob == nil || ob.Rows != nil {
		return "", fmt.Errorf("the mock org has no object %q to insert into", r.object)
	}
	values := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(r.values)) {
		column, value, err := o.seedValue(ob, name, r.values[name], ids)
		if err != nil {
			return "", err
		}
		values[column] = value
	}
	rec, refusal := o.insert(nil, ob, values)
	if refusal != nil {
		return "", refusal
	}
	return rec.id, nil
}

// seedValue looks up what a value refers to: "@name" is a record of the folder, an object under a relationship's name is the one record
// that has the value in it.
func (o *Org) seedValue(ob *object, name string, value any, ids map[string]string) (column string, found any, err error) {
	switch v := value.(type) {
	case string:
		reference, isOne := strings.CutPrefix(v, "@")
		if !isOne {
			return name, v, nil
		}
		if ids[reference] == "" {
			return "", nil, fmt.Errorf("%s: there is no record with the referenceId %q", name, reference)
		}
		return name, ids[reference], nil
	case map[string]any:
		i := slices.IndexFunc(ob.Fields, func(f *field) bool { return strings.EqualFold(f.Relationship, name) })
		if i < 0 {
			return "", nil, fmt.Errorf("%s has no relationship %q; records of other objects go into files of their own", ob.Name, name)
		}
		id, err := o.onlyRecord(ob.Fields[i].Reference, v)
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
		return ob.Fields[i].Name, id, nil
	default:
		return name, v, nil
	}
}

// onlyRecord is the record of one of the objects that has a value in a column.
func (o *Org) onlyRecord(objects []string, by map[string]any) (id string, err error) {
	delete(by, "attributes")
	if len(by) != 1 {
		return "", errors.New(`a record is found by one column, as in {"Name": "Standard User"}`)
	}
	var found []string
	for column, value := range by {
		for _, objectName := range objects {
			ob := o.object(objectName)
			if ob == nil || ob.field(column) == nil {
				continue
			}
			for _, rec := range o.rows(objectName) {
				if same(o.get(rec, ob.field(column)), value) {
					found = append(found, rec.id)
				}
			}
		}
		if len(found) != 1 {
			return "", fmt.Errorf("%d records of %s have %s %v, not one", len(found), strings.Join(objects, " or "), column, value)
		}
	}
	return found[0], nil
}
