package sfmock

import (
	"slices"
	"strings"
)

// index lists the records that have the same values in its columns, by those values; a record with an empty column is not in it.
type index map[string][]*record

// indexed returns the live records whose columns (one of the object's Indexes, names separated by a space) have the given values, nil if there are none.
func (o *Org) indexed(objectName, columns string, values ...any) []*record {
	key, ok := indexKey(values)
	if !ok {
		return nil
	}
	return slices.Clone(o.indexes[strings.ToLower(objectName)][columns][key])
}

// reindex moves a record from the place of its old values to that of its new ones; nil is no place.
func (o *Org) reindex(rec *record, old, now map[string]any) {
	table := strings.ToLower(rec.object.Name)
	for _, columns := range rec.object.Indexes {
		from, was := indexKey(columnValues(columns, old))
		to, is := indexKey(columnValues(columns, now))
		if was == is && from == to {
			continue
		}
		if o.indexes[table] == nil {
			o.indexes[table] = map[string]index{}
		}
		if o.indexes[table][columns] == nil {
			o.indexes[table][columns] = index{}
		}
		places := o.indexes[table][columns]
		if was {
			places.drop(from, rec)
		}
		if is {
			places[to] = append(places[to], rec)
		}
	}
}

// drop looks from the end: whoever takes many records away does well to go backward.
func (x index) drop(key string, rec *record) {
	for i, other := range slices.Backward(x[key]) {
		if other != rec {
			continue
		}
		if x[key] = slices.Delete(x[key], i, i+1); len(x[key]) == 0 {
			delete(x, key)
		}
		return
	}
}

func columnValues(columns string, values map[string]any) []any {
	var picked []any
	for column := range strings.SplitSeq(columns, " ") {
		picked = append(picked, values[column])
	}
	return picked
}

// indexKey joins strings, ignoring their case; ok is false when one of the values is no string.
func indexKey(values []any) (key string, ok bool) {
	parts := make([]string, len(values))
	for i, v := range values {
		s, isString := v.(string)
		if !isString {
			return "", false
		}
		parts[i] = strings.ToLower(s)
	}
	return strings.Join(parts, "\x00"), true
}
