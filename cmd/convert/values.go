package main

import (
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmetadata"
)

// references are the resources of a configuration by type and what others know them by.
type references map[[2]string]*thing

// namedBy are attributes that hold what other resources are known by.
var namedBy = map[string]struct{ resource, attribute string }{
	parentRole:             {"salesforce_user_role", "id"},
	"custom_permissions":   {"salesforce_custom_permission", "name"},
	"permission_sets":      {"salesforce_permission_set", "name"},
	"profile":              {"salesforce_profile", "name"},
	"profiles":             {"salesforce_profile", "name"},
	"required_permissions": {"salesforce_custom_permission", "name"},
}

// parentRole is the only attribute with an id, which is another one in the real org.
const parentRole = "parent_role_id"

func referencesTo(things []*thing) references {
	known := references{}
	for _, t := range things {
		for _, by := range namedBy {
			if by.resource == t.resource {
				known[[2]string{t.resource, stringOf(t.state[by.attribute])}] = t
			}
		}
	}
	return known
}

// to is the reference to what an attribute names, nil where the folder doesn't have it.
func (known references) to(attribute, value string) hclwrite.Tokens {
	by := namedBy[attribute]
	t := known[[2]string{by.resource, value}]
	if t == nil {
		return nil
	}
	return hclwrite.TokensForTraversal(traversal(t.resource, t.name, by.attribute))
}

// defaults are attributes that mean the same when they are left out.
var defaults = map[string]string{"check_only": "false", "has_activation_required": "false"}

// leftOut are attributes that say what Terraform does, not what the file holds.
var leftOut = []string{"on_destroy"}

// writer writes the values of a thing.
type writer struct {
	*thing
	known references
}

// attribute is the text of an attribute, nil for one that goes without saying. What is empty is: it grants or sets nothing.
func (w writer) attribute(a *tfprotov6.SchemaAttribute, v tftypes.Value) hclwrite.Tokens {
	switch {
	case v.IsNull() || slices.Contains(leftOut, a.Name) || !a.Required && (isEmpty(v) || defaults[a.Name] != "" && plain(v) == defaults[a.Name]):
		return nil
	case a.Name == parentRole:
		return w.known.to(a.Name, stringOf(v))
	case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
		return w.object(a, v)
	}
	if w.resource == metadataResource && a.Name == "source" {
		return linesOf(w.ownedXML(stringOf(v)))
	}
	return w.value(a.Name, w.owned(a.Name, v))
}

func (w writer) object(a *tfprotov6.SchemaAttribute, v tftypes.Value) hclwrite.Tokens {
	var entries []hclwrite.ObjectAttrTokens
	inner := elements[map[string]tftypes.Value](v)
	for _, one := range ordered(a.NestedType.Attributes) {
		if tokens := w.attribute(one, inner[one.Name]); tokens != nil {
			entries = append(entries, entry(one.Name, tokens))
		}
	}
	if entries == nil && !a.Required {
		return nil
	}
	return hclwrite.TokensForObject(entries)
}

// owned is the content of a component without the elements that are not the resource's.
func (w writer) owned(attribute string, v tftypes.Value) tftypes.Value {
	if w.resource != metadataResource || attribute != "content" || !v.Type().Is(tftypes.Object{}) {
		return v
	}
	inner, kinds := elements[map[string]tftypes.Value](v), map[string]tftypes.Type{}
	for _, element := range w.others {
		delete(inner, element)
	}
	for name, one := range inner {
		kinds[name] = one.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, inner)
}

// ownedXML is the same for the source of a component, which the provider writes as XML.
func (w writer) ownedXML(source string) string {
	typeName, content, err := sfmetadata.ParseXML(source)
	if err != nil {
		return source
	}
	for _, element := range w.others {
		delete(content, element)
	}
	return sfmetadata.XML(typeName, content)
}

// value is the text of a value; key is the attribute that it is in.
func (w writer) value(key string, v tftypes.Value) hclwrite.Tokens {
	kind := v.Type()
	switch {
	case v.IsNull():
		return hclwrite.TokensForIdentifier("null")
	case kind.Is(tftypes.String):
		text := stringOf(v)
		if reference := w.known.to(key, text); reference != nil {
			return reference
		}
		return hclwrite.TokensForValue(cty.StringVal(text))
	case kind.Is(tftypes.Bool):
		return hclwrite.TokensForValue(cty.BoolVal(elements[bool](v)))
	case kind.Is(tftypes.Number):
		return hclwrite.TokensForValue(cty.NumberVal(elements[*big.Float](v)))
	case kind.Is(tftypes.Map{}), kind.Is(tftypes.Object{}):
		return w.mapping(key, elements[map[string]tftypes.Value](v))
	}
	var entries []hclwrite.Tokens
	for _, one := range elements[[]tftypes.Value](v) {
		entries = append(entries, w.value(key, one))
	}
	if kind.Is(tftypes.Set{}) {
		slices.SortFunc(entries, func(a, b hclwrite.Tokens) int { return strings.Compare(string(a.Bytes()), string(b.Bytes())) })
	}
	return listTokens(entries)
}

func (w writer) mapping(key string, values map[string]tftypes.Value) hclwrite.Tokens {
	var entries []hclwrite.ObjectAttrTokens
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if v := values[name]; !v.IsNull() {
			entries = append(entries, entry(name, w.value(key, v)))
		}
	}
	return hclwrite.TokensForObject(entries)
}

func entry(name string, value hclwrite.Tokens) hclwrite.ObjectAttrTokens {
	shown := hclwrite.TokensForValue(cty.StringVal(name))
	if plainKey.MatchString(name) && name != "for" { // which would begin an expression
		shown = hclwrite.TokensForIdentifier(name)
	}
	return hclwrite.ObjectAttrTokens{Name: shown, Value: value}
}

// plainKey is a key that needs no quotes.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// elements is what a known value holds, the zero value if it is of another kind.
func elements[T any](v tftypes.Value) (held T) {
	_ = v.As(&held)
	return held
}

func stringOf(v tftypes.Value) string { return elements[string](v) }

// plain is the text of a text or a switch.
func plain(v tftypes.Value) string {
	if v.Type().Is(tftypes.Bool) {
		if elements[bool](v) {
			return "true"
		}
		return "false"
	}
	return stringOf(v)
}

func isEmpty(v tftypes.Value) bool {
	switch kind := v.Type(); {
	case kind.Is(tftypes.Map{}):
		return len(elements[map[string]tftypes.Value](v)) == 0
	case kind.Is(tftypes.List{}), kind.Is(tftypes.Set{}):
		return len(elements[[]tftypes.Value](v)) == 0
	}
	return false
}
