package sfmock

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// assign checks the sent values column by column and stores them in canonical form.
func (o *Org) assign(caller *session, rec *record, values map[string]any, creating bool) *apiError {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "attributes" {
			continue
		}
		f := rec.object.field(name)
		if f == nil || !o.visible(caller, f) {
			return errNoColumn(rec.object.Name, name)
		}
		if caller != nil && (creating && !f.Create || !creating && !f.Update) {
			return errNotWritable(f.Name)
		}
		v, err := o.canonical(f, values[name])
		if err != nil {
			return err
		}
		rec.values[f.Name] = v
	}
	return nil
}

// visible tells whether the column exists for the caller.
func (o *Org) visible(caller *session, f *field) bool {
	return caller == nil || f.VisibleWith == "" || o.can(caller, f.VisibleWith)
}

// canonical converts a decoded JSON value to the column's type and checks length, picklist and reference.
func (o *Org) canonical(f *field, v any) (any, *apiError) {
	if v == nil {
		return nil, nil
	}
	wrong := func() *apiError {
		return refuse("JSON_PARSER_ERROR", fmt.Sprintf("Cannot deserialize instance of %s from %T value %v", f.Type, v, v), f.Name)
	}
	switch f.Type {
	case "boolean":
		b, ok := v.(bool)
		if s, isString := v.(string); isString {
			b, ok = strings.EqualFold(s, "true"), strings.EqualFold(s, "true") || strings.EqualFold(s, "false")
		}
		if !ok {
			return nil, wrong()
		}
		return b, nil
	case "int":
		switch n := v.(type) {
		case json.Number:
			if i, err := n.Int64(); err == nil {
				return i, nil
			}
		case int64:
			return n, nil
		case int:
			return int64(n), nil
		}
		return nil, wrong()
	case "double", "currency", "percent":
		switch n := v.(type) {
		case json.Number:
			if d, err := n.Float64(); err == nil {
				return d, nil
			}
		case float64:
			return n, nil
		}
		return nil, wrong()
	case "datetime":
		switch t := v.(type) {
		case time.Time:
			return t.UTC().Truncate(time.Second), nil
		case string:
			for _, layout := range []string{time.RFC3339, datetimeLayout, "2006-01-02"} {
				if parsed, err := time.Parse(layout, t); err == nil {
					return parsed.UTC().Truncate(time.Second), nil
				}
			}
		}
		return nil, wrong()
	}
	s, ok := v.(string)
	if !ok {
		if n, isNumber := v.(json.Number); isNumber {
			s, ok = n.String(), true
		}
	}
	if !ok {
		return nil, wrong()
	}
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	if f.Type == "reference" {
		return o.reference(f, s)
	}
	if f.Length > 0 && len([]rune(s)) > f.Length {
		return nil, errTooLong(f.Label, s, f.Length, f.Name)
	}
	if !f.allows(o, s) {
		return nil, errBadPicklist(f.Label, s, f.Name)
	}
	return s, nil
}

// reference checks that an id is well-formed, of a type the column takes, and there.
func (o *Org) reference(f *field, s string) (any, *apiError) {
	id, ok := normalID(s)
	if !ok {
		return nil, errMalformedID(f.Label, s, f.Name)
	}
	matches := len(f.Reference) == 0
	for _, target := range f.Reference {
		if ob := o.objects[strings.ToLower(target)]; ob != nil && ob.Prefix == id[:3] {
			matches = true
		}
	}
	if !matches {
		return nil, errMalformedID(f.Label, s, f.Name)
	}
	if rec := o.byID[id]; rec == nil || rec.deleted {
		return nil, errCrossReference(f.Name)
	}
	return id, nil
}

const datetimeLayout = "2006-01-02T15:04:05.000-0700"
