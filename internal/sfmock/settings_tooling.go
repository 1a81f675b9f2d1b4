package sfmock

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfschema"
)

// settingsObjects are the settings types that the Tooling API shows, each as one row whose id is its durable one.
func settingsObjects() []*object {
	var objects []*object
	for _, typeName := range []string{
		"ConnectedAppSettings", "ExternalClientAppSettings", "MyDomainSettings", "OauthOidcSettings", "SecuritySettings", "UserManagementSettings",
	} {
		objects = append(objects, settingsObject(settingsComponent{plainComponent(typeName)}))
	}
	return objects
}

func settingsObject(s settingsComponent) *object {
	typeName := string(s.plainComponent)
	return &object{
		Name: typeName, Label: words(typeName), Prefix: "000", Updatable: true, Tooling: true, ToolingOnly: true, ToolingWrite: true, WriteWith: "CustomizeApplication", Component: typeName,
		Fields: slices.Concat([]*field{{Name: "DurableId", Type: "string", Label: "Durable ID", Length: 255}},
			metadataColumns(typeName, func(*record) string { return s.member() })),
		Rows: func(o *Org, _ *session) []*record {
			return []*record{o.definition(typeName, s.member(), map[string]any{})}
		},
	}
}

// updateMetadata answers PATCH of a row that is a component: its Metadata column is written like the component itself.
func (c *call) updateMetadata(ob *object) (*reply, *apiError) {
	values, err := c.values()
	if err != nil {
		return nil, err
	}
	rec, err := c.toRead(ob, c.request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !c.org.can(c.session, ob.WriteWith) {
		return nil, errAccess()
	}
	sent, isObject := values["Metadata"].(map[string]any)
	delete(values, "FullName")
	delete(values, "Metadata")
	for _, name := range slices.Sorted(maps.Keys(values)) {
		return nil, errNotWritable(name)
	}
	if !isObject {
		return nil, errRequired("Metadata")
	}
	content := elementOfJSON(ob.Component, ob.Component, sent)
	if err := checkContent(ob.Component, content, c.version); err != nil {
		return nil, refuse("JSON_PARSER_ERROR", err.Message)
	}
	known, _ := c.org.component(ob.Component)
	err = c.org.atomically(func() *apiError {
		_, err := known.write(c.org, c.session, rec.id, tidy(ob.Component, content), toUpdate)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &reply{Status: 204}, nil
}

// elementOfJSON turns the Tooling API's form of a component into an element; null is a field that is not sent.
func elementOfJSON(name, typeName string, value any) element {
	members, isObject := value.(map[string]any)
	if !isObject {
		return leaf(name, fmt.Sprint(value))
	}
	t, _ := sfschema.LookupType(typeName)
	e := branch(name)
	for _, key := range slices.Sorted(maps.Keys(members)) {
		f, _ := t.Field(key)
		items, isList := members[key].([]any)
		if !isList && members[key] != nil {
			items = []any{members[key]}
		}
		for _, item := range items {
			if number, isNumber := item.(json.Number); isNumber {
				item = number.String()
			}
			e.children = append(e.children, elementOfJSON(key, f.Type, item))
		}
	}
	return e
}
