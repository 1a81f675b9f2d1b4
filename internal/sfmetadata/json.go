package sfmetadata

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// ParseJSON reads the content of a component from a JSON object. A null is as good as left out.
func ParseJSON(text string) (Object, error) {
	if len(text) > maxSize {
		return nil, fmt.Errorf("it has %d bytes, and Salesforce takes %d in a request", len(text), maxSize)
	}
	decoder := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, byteOrderMark)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more behind the object")
	}
	node, err := fromJSON(value, "", 0)
	if err != nil {
		return nil, err
	}
	content, ok := node.(Object)
	if !ok {
		return nil, errors.New("it is no object")
	}
	return content, nil
}

func fromJSON(value any, path string, depth int) (Node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it nests more than %d deep", maxDepth)
	}
	switch v := value.(type) {
	case string:
		return Scalar{Text: v}, nil
	case bool:
		return Scalar{Text: strconv.FormatBool(v), Kind: Flag}, nil
	case json.Number:
		return Scalar{Text: v.String(), Kind: Number}, nil
	case []any:
		list := make(List, 0, len(v))
		for i, entry := range v {
			node, err := fromJSON(entry, fmt.Sprintf("%s[%d]", path, i), depth+1)
			switch {
			case err != nil:
				return nil, err
			case node == nil:
				return nil, fmt.Errorf("%s[%d] is null", path, i)
			}
			list = append(list, node)
		}
		return list, nil
	case map[string]any:
		all := make(Object, len(v))
		for name, part := range v {
			if !IsName(name) {
				return nil, fmt.Errorf("%q can't be the name of an element", Join(path, name))
			}
			node, err := fromJSON(part, Join(path, name), depth+1)
			if err != nil {
				return nil, err
			}
			if node != nil {
				all[name] = node
			}
		}
		return all, nil
	}
	return nil, nil //nolint:nilnil // a null is no node
}

// JSON is the content of a component as an indented JSON object.
func JSON(typeName string, content Object) string {
	var text strings.Builder
	writeJSON(&text, typeName, content, "")
	return text.String() + "\n"
}

func writeJSON(to *strings.Builder, typeName string, node Node, indent string) {
	const more = "  "
	quoted := func(text string) string {
		encoded, _ := json.Marshal(text) // a text can always be written
		return string(encoded)
	}
	inside := func(open, end string, n int, item func(i int)) {
		to.WriteString(open)
		for i := range n {
			if i > 0 {
				to.WriteByte(',')
			}
			to.WriteString("\n" + indent + more)
			item(i)
		}
		if n > 0 {
			to.WriteString("\n" + indent)
		}
		to.WriteString(end)
	}
	switch n := node.(type) {
	case Object:
		t, _ := sfschema.LookupType(typeName)
		names := ordered(t, n)
		inside("{", "}", len(names), func(i int) {
			field, _ := t.Field(names[i])
			to.WriteString(quoted(names[i]) + ": ")
			writeJSON(to, field.Type, n[names[i]], indent+more)
		})
	case List:
		inside("[", "]", len(n), func(i int) { writeJSON(to, typeName, n[i], indent+more) })
	case Scalar:
		text := canonical(typeName, n.Text)
		if n.Kind == Word || !json.Valid([]byte(text)) {
			text = quoted(n.Text)
		}
		to.WriteString(text)
	default:
		to.WriteString("null")
	}
}

// Join is the path of a part of what stands at a path.
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// names are those of an object, sorted.
func (o Object) names() []string { return slices.Sorted(maps.Keys(o)) }
