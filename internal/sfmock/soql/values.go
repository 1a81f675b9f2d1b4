package soql

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// kind is how the values of a field compare.
type kind int

const (
	textKind kind = iota
	idKind
	booleanKind
	numberKind
	dateKind
	dateTimeKind
	multiKind
)

// fieldTypes gives the kind of each describe type that is not text, and the name that
// error messages use for it.
var fieldTypes = map[string]struct {
	kind kind
	soap string
}{
	"id":            {idKind, "ID"},
	"reference":     {idKind, "ID"},
	"boolean":       {booleanKind, "boolean"},
	"int":           {numberKind, "int"},
	"double":        {numberKind, "double"},
	"currency":      {numberKind, "double"},
	"percent":       {numberKind, "double"},
	"date":          {dateKind, "date"},
	"datetime":      {dateTimeKind, "dateTime"},
	"multipicklist": {multiKind, "string"},
}

func (f Field) kind() kind { return fieldTypes[f.Type].kind }

func (f Field) soapType() string {
	if known, ok := fieldTypes[f.Type]; ok {
		return known.soap
	}
	return "string"
}

// key reduces a value of the field to what comparisons, hash sets and sorting look at:
// nil, a string, a float64 or a bool. Salesforce stores no empty strings.
func (f Field) key(value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		switch {
		case v == "":
			return nil
		case f.kind() == idKind:
			return idKey(v)
		case f.CaseSensitive:
			return v
		}
		return strings.ToLower(v)
	case bool, float64:
		return v
	case int64:
		return float64(v)
	case Date:
		return string(v)
	case time.Time:
		return float64(v.UnixMilli())
	default:
		return fmt.Sprint(v)
	}
}

// compareKeys orders two keys of one field, neither of them nil.
func compareKeys(a, b any) int {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return cmp.Compare(a, b)
		}
	case float64:
		if b, ok := b.(float64); ok {
			return cmp.Compare(a, b)
		}
	case bool:
		if b, ok := b.(bool); ok && a != b {
			if a {
				return 1
			}
			return -1
		}
	}
	return 0
}
