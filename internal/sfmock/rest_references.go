package sfmock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
)

// references are the answers of earlier subrequests, which later ones quote as @{referenceId.path}.
type references map[string]any

var (
	referencePattern = regexp.MustCompile(`@\{([^}]*)\}`)
	referencePath    = regexp.MustCompile(`^(\w+)((?:\.\w+|\[\d+\])*)$`)
	referenceStep    = regexp.MustCompile(`\.(\w+)|\[(\d+)\]`)
	referenceName    = regexp.MustCompile(`^[A-Za-z]\w*$`)
)

// learn keeps the answer of a subrequest.
func (r references) learn(name string, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var plain any
	if decoder.Decode(&plain) == nil {
		r[name] = plain
	}
}

// resolve looks a reference up; path is what stands between the braces.
func (r references) resolve(path string) (any, *apiError) {
	parts := referencePath.FindStringSubmatch(path)
	if parts == nil {
		return nil, errReference(path, path)
	}
	name := parts[1]
	value := r[name]
	for _, step := range referenceStep.FindAllStringSubmatch(parts[2], -1) {
		switch at := value.(type) {
		case map[string]any:
			value = at[step[1]]
		case []any:
			i, err := strconv.Atoi(step[2])
			if err != nil || i >= len(at) {
				return nil, errReference(path, name)
			}
			value = at[i]
		default:
			return nil, errReference(path, name)
		}
	}
	if value == nil {
		return nil, errReference(path, name)
	}
	return value, nil
}

// fill replaces the references in a text. A text that is nothing but one reference takes the value's own type.
func (r references) fill(text string) (any, *apiError) {
	if whole := referencePattern.FindStringSubmatch(text); whole != nil && whole[0] == text {
		return r.resolve(whole[1])
	}
	var failed *apiError
	filled := referencePattern.ReplaceAllStringFunc(text, func(quoted string) string {
		value, err := r.resolve(quoted[2 : len(quoted)-1])
		if err != nil {
			failed = err
		}
		return fmt.Sprint(value)
	})
	return filled, failed
}

// fillIn replaces the references in every text of a decoded JSON value.
func (r references) fillIn(value any) (any, *apiError) {
	switch v := value.(type) {
	case string:
		return r.fill(v)
	case []any:
		filled := make([]any, len(v))
		for i := range v {
			var err *apiError
			if filled[i], err = r.fillIn(v[i]); err != nil {
				return nil, err
			}
		}
		return filled, nil
	case map[string]any:
		filled := make(map[string]any, len(v))
		for name := range v {
			var err *apiError
			if filled[name], err = r.fillIn(v[name]); err != nil {
				return nil, err
			}
		}
		return filled, nil
	default:
		return value, nil
	}
}

// quoted lists the reference ids that a text quotes.
func quoted(text string) []string {
	var names []string
	for _, match := range referencePattern.FindAllStringSubmatch(text, -1) {
		if parts := referencePath.FindStringSubmatch(match[1]); parts != nil {
			names = append(names, parts[1])
		}
	}
	return names
}
