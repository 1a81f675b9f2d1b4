package sfschema

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// schema is the decoded content of schema.json.gz.
type schema struct {
	version         int
	types           map[string]Type
	components      []string
	enums           map[string][]string
	userPermissions []string
}

func decode(packed []byte) (*schema, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	var content struct {
		Version int
		Types   map[string]struct {
			Component bool
			Fields    string
		}
		Enums           map[string][]string
		UserPermissions []string
	}
	if err := json.NewDecoder(reader).Decode(&content); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}

	decoded := &schema{
		version:         content.Version,
		types:           make(map[string]Type, len(content.Types)),
		enums:           content.Enums,
		userPermissions: content.UserPermissions,
	}
	for _, name := range slices.Sorted(maps.Keys(content.Types)) {
		described := content.Types[name]
		fields, err := decodeFields(described.Fields)
		if err != nil {
			return nil, fmt.Errorf("type %s: %w", name, err)
		}
		decoded.types[name] = Type{Name: name, Component: described.Component, Fields: fields}
		if described.Component {
			decoded.components = append(decoded.components, name)
		}
	}
	return decoded, nil
}

// decodeFields reads a list of words name:type, each with the marks [] for a list, ! for a required field and @68 for
// one that is new in v68, in this order.
func decodeFields(words string) ([]Field, error) {
	fields := make([]Field, 0, 1+strings.Count(words, " "))
	for word := range strings.FieldsSeq(words) {
		name, marked, ok := strings.Cut(word, ":")
		if !ok {
			return nil, fmt.Errorf("field %q has no type", word)
		}
		field := Field{Name: name}
		marked, since, dated := strings.Cut(marked, "@")
		if dated {
			version, err := strconv.Atoi(since)
			if err != nil {
				return nil, fmt.Errorf("field %q: %w", word, err)
			}
			field.Since = version
		}
		marked, field.Required = strings.CutSuffix(marked, "!")
		field.Type, field.List = strings.CutSuffix(marked, "[]")
		fields = append(fields, field)
	}
	return fields, nil
}
