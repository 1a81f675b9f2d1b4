package sfmock

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// contentOf turns an element into a map: text is a string, what may repeat an []any, what nests a map.
func contentOf(typeName string, e element) map[string]any {
	t, _ := sfschema.LookupType(typeName)
	content := map[string]any{}
	for _, c := range e.children {
		f, _ := t.Field(c.name)
		var value any = c.text
		if isBranch(f.Type) {
			value = contentOf(f.Type, c)
		}
		if f.List {
			list, _ := content[c.name].([]any)
			list = append(list, value)
			value = list
		}
		content[c.name] = value
	}
	return content
}

// elementOf turns a map as contentOf makes it back; besides strings it takes booleans and numbers, besides []any any slice of
// strings or maps.
func elementOf(name string, content map[string]any) element {
	e := branch(name)
	for _, key := range slices.Sorted(maps.Keys(content)) {
		e.children = append(e.children, elementsOf(key, content[key])...)
	}
	return e
}

func elementsOf(name string, value any) []element {
	var all []element
	switch v := value.(type) {
	case nil:
	case map[string]any:
		all = append(all, elementOf(name, v))
	case []any:
		for _, item := range v {
			all = append(all, elementsOf(name, item)...)
		}
	case []map[string]any:
		for _, item := range v {
			all = append(all, elementOf(name, item))
		}
	case []string:
		for _, item := range v {
			all = append(all, leaf(name, item))
		}
	default:
		all = append(all, leaf(name, fmt.Sprint(v)))
	}
	return all
}

// Component returns a metadata component as an administrator sees it: the elements of its type, text as strings, what may repeat as
// []any of strings or maps. It is false when the org has no such type or component.
func (o *Org) Component(typeName, fullName string) (map[string]any, bool) {
	o.lock()
	defer o.mu.Unlock()
	keeper, ok := o.component(typeName)
	if !ok {
		return nil, false
	}
	found, ok := keeper.read(o, fullName)
	if !ok {
		return nil, false
	}
	return contentOf(typeName, o.present(typeName, found, sfschema.Version())), true
}

// SetComponent creates or changes a metadata component as an administrator does in Setup, which is how drift comes about. Content
// is what Component returns; a profile keeps what it leaves out, other types lose it. The error is a Salesforce refusal, "CODE: message".
func (o *Org) SetComponent(typeName, fullName string, content map[string]any) error {
	o.lock()
	defer o.mu.Unlock()
	keeper, ok := o.component(typeName)
	if !ok {
		return fmt.Errorf("the mock org has no metadata type %q", typeName)
	}
	e := elementOf(typeName, content)
	if !e.has("fullName") {
		e.children = slices.Insert(e.children, 0, leaf("fullName", fullName))
	}
	refusal := o.atomically(func() *apiError {
		if err := checkContent(typeName, e, sfschema.Version()); err != nil {
			return err
		}
		if err := checkEntries(typeName, e); err != nil {
			return err
		}
		_, err := keeper.write(o, nil, strings.TrimSpace(fullName), tidy(typeName, e), toUpsert)
		return err
	})
	if refusal != nil {
		return refusal
	}
	return nil
}

// RemoveComponent deletes a metadata component as an administrator does in Setup. The error is a Salesforce refusal, "CODE: message".
func (o *Org) RemoveComponent(typeName, fullName string) error {
	o.lock()
	defer o.mu.Unlock()
	keeper, ok := o.component(typeName)
	if !ok {
		return fmt.Errorf("the mock org has no metadata type %q", typeName)
	}
	if refusal := o.atomically(func() *apiError { return keeper.remove(o, nil, fullName) }); refusal != nil {
		return refusal
	}
	return nil
}

// RenameComponent gives a metadata component another name as an administrator does in Setup. The error is a Salesforce refusal, "CODE: message".
func (o *Org) RenameComponent(typeName, from, to string) error {
	o.lock()
	defer o.mu.Unlock()
	keeper, _ := o.component(typeName)
	able, ok := keeper.(renamer)
	if !ok {
		return fmt.Errorf("the mock org can't rename a component of the type %q", typeName)
	}
	if refusal := o.atomically(func() *apiError { return able.rename(o, nil, from, to) }); refusal != nil {
		return refusal
	}
	return nil
}

// HideComponent lets reads of a component answer as if there were none, as for one that the caller may not see; listings and writes
// know it still.
func (o *Org) HideComponent(typeName, fullName string, hidden bool) {
	o.lock()
	defer o.mu.Unlock()
	o.hidden[typeName+" "+strings.ToLower(fullName)] = hidden
}
